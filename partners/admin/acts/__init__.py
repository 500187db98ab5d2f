"""What coordinators do to a selection of partners or parts, by the same functions as the pages."""
