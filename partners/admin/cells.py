"""Cells that several lists of partners share."""

from django.utils.safestring import SafeString

from partners.models import Match
from stemnet.admin.cells import tag

LOOKS = {
    Match.State.PROPOSED: "info",
    Match.State.INTRODUCED: "info",
    Match.State.CONFIRMED: "ok",
    Match.State.DELIVERED: "ok",
    Match.State.DROPPED: "bad",
}


def match_tag(match: Match) -> SafeString:
    """Return the state of a match as a tag."""
    return tag(match.get_state_display(), LOOKS[Match.State(match.state)])
