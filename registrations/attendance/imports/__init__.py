"""Attendance reports of meeting tools, read into lines and visits; nothing here asks the database."""
