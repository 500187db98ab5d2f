"""The signals of the house: what registrations hears of meetings."""

from django.dispatch import Signal

# Sent with: changes (list of MeetingChange made in one act), typed_follow (bool: times typed at the desk move
# by the same hours; False where left out), by (Actor), at (datetime).
meetings_changed = Signal()

# Sent with: network (Network whose hours count otherwise from now on), because (str, what changed, in half a
# sentence), at (datetime).
counting_changed = Signal()
