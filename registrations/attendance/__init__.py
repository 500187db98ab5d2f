"""Attendance: the desk, marks and walk-ins."""
