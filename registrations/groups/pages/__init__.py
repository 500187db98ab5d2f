"""What the pages of a group show."""
