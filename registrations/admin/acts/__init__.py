"""What coordinators do to a selection of registrations or meetings, by the same functions as the pages."""
