"""The layouts of meeting tools: what each is called, and how far its figures can be trusted."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registrations.attendance.imports.lines import Doubt


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One layout: ``doubt`` holds where a row is first, last and total; ``total`` is how the tool rounds.

    ``has_original`` says that a name in brackets is the one somebody was called before.
    """

    code: str
    label: str | Promise
    doubt: Doubt = Doubt.NONE
    total: str = ""  # "up" and "down" to whole minutes
    has_original: bool = False
    is_utc: bool = False


ALL = (
    Layout(code="zoom", label=_("Zoom meeting"), has_original=True, total="up"),
    Layout(
        code="zoom_unique", label=_("Zoom meeting, unique users"), has_original=True, doubt=Doubt.NO_TIMES
    ),
    Layout(code="zoom_webinar", label=_("Zoom webinar"), has_original=True, total="up"),
    Layout(code="teams_actions", label=_("Teams list of joins and leaves")),
    Layout(code="teams_summary", label=_("Teams meeting summary (2021)"), total="down"),
    Layout(code="teams", label=_("Teams attendance report"), total="down"),
    Layout(
        code="teams_first_last", label=_("Teams attendance report, without its visits"), doubt=Doubt.DEVICES
    ),
    Layout(code="teams_live", label=_("Teams live event"), is_utc=True),
    Layout(code="webex", label=_("Webex meeting report"), total="up"),
    Layout(code="meet", label=_("Google Meet attendance report"), doubt=Doubt.AWAY),
    Layout(code="gotomeeting", label=_("GoToMeeting attendee report"), total="down"),
    Layout(code="bigbluebutton", label=_("BigBlueButton learning dashboard"), doubt=Doubt.DEVICES),
    Layout(code="collaborate", label=_("Class Collaborate attendee report"), doubt=Doubt.AWAY, is_utc=True),
    Layout(code="adobe", label=_("Adobe Connect attendance report")),
    Layout(code="totals", label=_("Names with a total and no times"), doubt=Doubt.NO_TIMES),
    Layout(code="names", label=_("Names without times"), doubt=Doubt.NO_TIMES),
    Layout(code="pointed", label=_("Table whose columns you pointed at"), doubt=Doubt.AWAY),
    Layout(code="other", label=_("Table of joins and leaves"), doubt=Doubt.AWAY),
)
LAYOUTS = {layout.code: layout for layout in ALL}
