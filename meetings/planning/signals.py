"""The one signal of the house: meetings moved or were cancelled; registrations hears it."""

from django.dispatch import Signal

# Sent with: changes (list of MeetingChange made in one act), by (Actor), at (datetime).
meetings_changed = Signal()
