"""The signals of the house: what registrations hears of meetings."""

from django.dispatch import Signal

# Sent with: changes (list of MeetingChange made in one act), by (Actor), at (datetime).
meetings_changed = Signal()

# Sent with: meetings (list of Meeting whose hours are counted otherwise from now on), at (datetime).
counting_changed = Signal()
