"""Why a meeting counts as many minutes as it does, in words that are built from the rule."""

from django.utils.translation import gettext as _

from registrations.credit.domain.credit_words import number_words
from registrations.credit.domain.credits import Reason, Rule


def reason_words(reason: str, rule: Rule, *, presenting: bool = False) -> str:
    """Return in words why a meeting counts as it does; nothing where it simply counts in full."""
    times = presenter_words(rule) if presenting and reason != Reason.PRESENTED else ""
    return "; ".join(filter(None, [minutes_words(reason, rule), times]))


def presenter_words(rule: Rule) -> str:
    """Return how often the hours of who presents count, where it is not once."""
    if rule.presenter_multiplier in (0, 1):
        return ""
    if rule.presenter_multiplier == 2:
        return _("presented, which counts twice towards %(label)s") % {"label": rule.unit_label_plural}
    words = {"times": number_words(rule.presenter_multiplier), "label": rule.unit_label_plural}
    return _("presented, which counts %(times)s times towards %(label)s") % words


def minutes_words(reason: str, rule: Rule) -> str:
    """Return in words why as many minutes count as do."""
    words = {
        Reason.ROUNDED: rounded_words(rule.session_increment_min, nearest=rule.session_rounding == "nearest"),
        Reason.TOO_SHORT: too_short_words(rule.session_min_percent_for_any_credit),
        Reason.ABSENT: _("absent"),
        Reason.BREAKS: _("only there during breaks, which don't count"),
        Reason.ELSEWHERE: _("the time also spent at another meeting counts there"),
        Reason.PRESENTED: _("presenting doesn't count as taking part"),
        Reason.GROUPS_EXCLUDED: _("working groups don't count under this rule"),
        Reason.NOT_COUNTED: _("the hours of this meeting don't count"),
        Reason.OTHER_TOPIC: _("the working group is on another topic"),
    }
    return words.get(Reason(reason), "") if reason else ""


def rounded_words(increment: int, *, nearest: bool = False) -> str:
    """Say how the minutes of a meeting are rounded."""
    if nearest and increment > 1:
        return nearest_words(increment)
    steps = {
        0: _("time attended"),
        1: _("time attended, in full minutes"),
        15: _("time attended, in full quarter hours"),
        30: _("time attended, in full half hours"),
        60: _("time attended, in full hours"),
    }
    return steps.get(increment) or _("time attended, in steps of %(minutes)s minutes") % {
        "minutes": increment
    }


def nearest_words(increment: int) -> str:
    """Say to what the minutes of a meeting are rounded, up or down."""
    steps = {
        15: _("time attended, to the nearest quarter hour"),
        30: _("time attended, to the nearest half hour"),
        60: _("time attended, to the nearest hour"),
    }
    return steps.get(increment) or _("time attended, to the nearest %(minutes)s minutes") % {
        "minutes": increment
    }


def too_short_words(percent: int) -> str:
    """Say how much of a meeting is too little."""
    parts = {
        25: _("less than a quarter of the meeting, so no hours count"),
        50: _("less than half of the meeting, so no hours count"),
        75: _("less than three quarters of the meeting, so no hours count"),
        100: _("not the whole meeting, so no hours count"),
    }
    return parts.get(percent) or _("less than %(percent)s percent of the meeting, so no hours count") % {
        "percent": percent
    }
