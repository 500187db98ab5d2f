"""Seats: registering, the waitlist, leaving, and reminders of meetings."""
