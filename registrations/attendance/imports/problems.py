"""What is worth knowing about a report before anybody believes it, in sentences."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One remark: its code, how many rows it is about, and words that the sentence needs."""

    code: str
    count: int = 0
    words: str = ""

    @property
    def sentence(self) -> str:
        """Return it as a sentence."""
        return _sentence(self.code, self.count) % {"n": self.count, "words": self.words}


def _sentence(code: str, n: int) -> str:
    return {
        "other_days": ngettext(
            "%(n)s row is of another day and was left out: %(words)s.",
            "%(n)s rows are of other days and were left out: %(words)s.",
            n,
        ),
        "next_day": _("The times in this file are of %(words)s. Check its time zone."),
        "no_times": _(
            "This file has only how long people were there, not when. Nothing can be credited from it. "
            "Download the report that says when people joined and left, and upload that."
        ),
        "unique_users": _(
            "This file has no times, because it was saved with “Show unique users”. Nothing can be credited "
            "from it. Uncheck that in Zoom, export the report again and upload that."
        ),
        "left_first": ngettext(
            "In %(n)s row somebody leaves before joining. Decide what counts for them.",
            "In %(n)s rows people leave before joining. Decide what counts for them.",
            n,
        ),
        "midnight": ngettext(
            "In %(n)s row the time of leaving is before that of joining. We read it as past midnight.",
            "In %(n)s rows the time of leaving is before that of joining. We read it as past midnight.",
            n,
        ),
        "unread": ngettext(
            "We couldn't read the times of %(n)s row: line %(words)s.",
            "We couldn't read the times of %(n)s rows: lines %(words)s.",
            n,
        ),
        "totals_differ": ngettext(
            "In %(n)s row the tool's own duration differs from its times. We go by the times.",
            "In %(n)s rows the tool's own duration differs from its times. We go by the times.",
            n,
        ),
        "sums_differ": ngettext(
            "For %(n)s person the visits don't add up to the total that Teams says: %(words)s.",
            "For %(n)s people the visits don't add up to the total that Teams says: %(words)s.",
            n,
        ),
        "several_meetings": _("This file has %(n)s meetings of that day: %(words)s."),
        "turned_days": _(
            "A spreadsheet program has swapped day and month in this file. We swapped them back."
        ),
    }[code]
