"""How the hours of a meeting were worked out, in sentences: seen, clipped, rounded (docs/rules.md 2.5).

Every figure in them is one that is stored, so a sentence and a figure can't disagree. My learning and
documents say the same ones; `explaining_totals` says what they add up to.
"""

from fractions import Fraction
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from registrations.credit.domain.credit_words import make_up_words
from registrations.credit.domain.credits import Reason, Rule
from registrations.credit.domain.intervals import from_pairs, subtract
from registrations.credit.domain.rounding import rounded
from registrations.models import Attendance, Seen
from stemnet import wording


def meeting_sentences(attendance: Attendance, meeting: Meeting, rule: Rule) -> list[str]:
    """Say how the hours of one person at ``meeting`` were worked out, step by step."""
    if attendance.status != Seen.PRESENT:
        return [_("You were marked as absent, so no hours count.")]
    steps = [
        seen_words(attendance, meeting),
        _("You presented at this meeting.") if attendance.presenting else "",
        inside_words(attendance, meeting, rule),
        made_up_words(attendance),
        outcome_words(attendance, rule),
        presenting_words(attendance, rule),
    ]
    return [step for step in steps if step]


def seen_words(attendance: Attendance, meeting: Meeting) -> str:
    """Return "You were seen from 8:52 a.m. to 10:45 a.m.", with every coming and going."""
    if attendance.arrived_at is None or attendance.left_at is None:
        return ""
    spans = subtract([(attendance.arrived_at, attendance.left_at)], from_pairs(attendance.away))
    zone = ZoneInfo(meeting.zone)
    pairs = [
        _("from %(start)s to %(end)s")
        % {name: wording.clock(getattr(span, name).astimezone(zone)) for name in ("start", "end")}
        for span in spans
    ]
    return ended(_("You were seen %(times)s") % {"times": _(" and ").join(pairs)})


def inside_words(attendance: Attendance, meeting: Meeting, rule: Rule) -> str:
    """Say how much of it lies inside the meeting, and what was cut off."""
    if attendance.arrived_at is None or attendance.left_at is None:
        return ""
    inside = time_words(attendance.minutes_attended - attendance.minutes_made_up)
    cut = [*ends_words(attendance, meeting), *breaks_words(attendance, meeting, rule)]
    if not cut and is_whole(attendance):
        return ""
    if not cut:
        return _("That is %(time)s of the meeting.") % {"time": inside}
    return " ".join([*cut, _("So %(time)s lie inside it.") % {"time": inside}])


def is_whole(attendance: Attendance) -> bool:
    """Return whether somebody was seen at the whole meeting and all of it counts, which one sentence says."""
    seen = attendance.minutes_attended - attendance.minutes_made_up
    return attendance.reason == Reason.FULL and seen == attendance.minutes_scheduled


def ends_words(attendance: Attendance, meeting: Meeting) -> list[str]:
    """Say when the meeting began or ended, where somebody was seen before or after it."""
    zone, found = ZoneInfo(meeting.zone), []
    if attendance.arrived_at and attendance.arrived_at < meeting.starts_at:
        start = wording.clock(meeting.starts_at.astimezone(zone))
        found.append(ended(_("The meeting began at %(time)s") % {"time": start}))
    if attendance.left_at and attendance.left_at > meeting.ends_at:
        end = wording.clock(meeting.ends_at.astimezone(zone))
        found.append(ended(_("The meeting ended at %(time)s") % {"time": end}))
    return found


def breaks_words(attendance: Attendance, meeting: Meeting, rule: Rule) -> list[str]:
    """Say how many minutes of breaks don't count, where any were taken out of the meeting."""
    whole = int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)
    taken = whole - attendance.minutes_scheduled
    if rule.count_breaks or taken <= 0:
        return []
    words = {"breaks": time_words(taken), "rest": time_words(attendance.minutes_scheduled)}
    return [_("Breaks of %(breaks)s don't count, so the meeting has %(rest)s.") % words]


def made_up_words(attendance: Attendance) -> str:
    """Say what make-up work adds."""
    words = make_up_words(attendance.minutes_made_up, attendance.made_up_by)
    if not words:
        return ""
    together = time_words(attendance.minutes_attended)
    return _("Added: %(work)s. Together, that is %(time)s.") % {"work": words, "time": together}


def outcome_words(attendance: Attendance, rule: Rule) -> str:
    """Say what counts, and why just that."""
    counted = hours_of(attendance.minutes_counted)
    plain = {
        Reason.FULL: lambda: full_words(attendance, rule),
        Reason.ROUNDED: lambda: step_words(attendance, rule),
        Reason.TOO_SHORT: lambda: short_words(attendance, rule),
        Reason.ABSENT: lambda: _("None of this lies inside the meeting, so no hours count."),
        Reason.BREAKS: lambda: _("You were there only during breaks, so no hours count."),
        Reason.ELSEWHERE: lambda: elsewhere_words(attendance),
        Reason.PRESENTED: lambda: _("Presenting doesn't count as taking part, so no hours count."),
        Reason.GROUPS_EXCLUDED: lambda: _("Working groups don't count under this rule, so no hours count."),
        Reason.NOT_COUNTED: lambda: _("The hours of this meeting don't count in this network."),
        Reason.OTHER_TOPIC: lambda: other_topic_words(attendance),
    }
    if not attendance.reason:
        return _("%(hours)s counted.") % {"hours": counted}
    return plain[Reason(attendance.reason)]()


def full_words(attendance: Attendance, rule: Rule) -> str:
    """Say that the whole meeting counts, also where a few minutes were missed."""
    missed = attendance.minutes_scheduled - attendance.minutes_attended
    words = {"hours": hours_of(attendance.minutes_counted), "missed": time_words(missed)}
    if missed <= 0:
        return _("That is the whole meeting: %(hours)s counted.") % words
    words["grace"] = time_words(rule.session_grace_min)
    return (
        _("You missed %(missed)s. Up to %(grace)s may be missed, so the whole meeting counts: %(hours)s.")
        % words
    )


def step_words(attendance: Attendance, rule: Rule) -> str:
    """Say how the time was rounded; where another meeting took a part of it, say that first."""
    counted = hours_of(attendance.minutes_counted)
    words = {"hours": counted, "step": increment_words(rule.session_increment_min)}
    first = "" if is_plain_rounding(attendance, rule) else _("Part of this time counts at another meeting.")
    if not rule.session_increment_min:
        sentence = _("%(hours)s counted.") % words
    elif rule.session_rounding == "nearest":
        sentence = _("Rounded to the nearest %(step)s, that is %(hours)s.") % words
    else:
        words["step"] = increments_words(rule.session_increment_min)
        sentence = _("Rounded down to full %(step)s, that is %(hours)s.") % words
    return " ".join(filter(None, [first, sentence]))


def is_plain_rounding(attendance: Attendance, rule: Rule) -> bool:
    """Return whether rounding alone makes what counts out of what was attended, whose seconds are cut."""
    step, most = Fraction(rule.session_increment_min), Fraction(attendance.minutes_scheduled)
    low, high = (
        int(rounded(Fraction(minutes), step, rule.session_rounding, most=most))
        for minutes in (attendance.minutes_attended, attendance.minutes_attended + 1)
    )
    return low <= attendance.minutes_counted <= high


def short_words(attendance: Attendance, rule: Rule) -> str:
    """Say that too little of the meeting was attended."""
    percent, scheduled = rule.session_min_percent_for_any_credit, attendance.minutes_scheduled
    first = ""
    if attendance.minutes_attended * 100 >= scheduled * percent:
        first = _("Part of this time counts at another meeting.")
    words = {"percent": percent, "meeting": time_words(scheduled)}
    sentence = (
        _("That is less than %(percent)s percent of the meeting's %(meeting)s, so no hours count.") % words
    )
    return " ".join(filter(None, [first, sentence]))


def elsewhere_words(attendance: Attendance) -> str:
    """Say that another meeting at the same time counts the rest, or all of it."""
    if not attendance.minutes_counted:
        return _("All of this time counts at another meeting that was held at the same time.")
    return _(
        "The time that you spent at another meeting counts there. What is left counts here: %(hours)s."
    ) % {"hours": hours_of(attendance.minutes_counted)}


def other_topic_words(attendance: Attendance) -> str:
    """Say that the group's hours stand on a topic of their own."""
    return _("The working group is on another topic, so its %(hours)s count on that topic.") % {
        "hours": hours_of(attendance.minutes_other_topic)
    }


def presenting_words(attendance: Attendance, rule: Rule) -> str:
    """Say how often the hours of a presenter count towards units, where it is not once."""
    if not (attendance.presenting and attendance.minutes_counted) or rule.presenter_multiplier in (0, 1):
        return ""
    return _("A presenter's hours count %(times)s times towards %(units)s.") % {
        "times": f"{rule.presenter_multiplier.normalize():f}",
        "units": rule.unit_label_plural,
    }


def ended(words: str) -> str:
    """Return a sentence with its full stop, which a time such as "10:45 a.m." brings along."""
    return words if words.endswith(".") else f"{words}."


def hours_of(minutes: int) -> str:
    """Return minutes as hours, as every total says them: "1.75 hours"."""
    return wording.hours_phrase(minutes)


def time_words(minutes: int) -> str:
    """Return "1 hour 45 minutes", "3 hours" or "8 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours})
    if rest or not hours:
        parts.append(ngettext("%(number)s minute", "%(number)s minutes", rest) % {"number": rest})
    return " ".join(parts)


def increment_words(minutes: int) -> str:
    """Return one step of rounding: "quarter hour"."""
    names = {1: _("minute"), 15: _("quarter hour"), 30: _("half hour"), 60: _("hour")}
    return names.get(minutes) or _("%(minutes)s minutes") % {"minutes": minutes}


def increments_words(minutes: int) -> str:
    """Return steps of rounding: "quarter hours"."""
    names = {1: _("minutes"), 15: _("quarter hours"), 30: _("half hours"), 60: _("hours")}
    return names.get(minutes) or _("steps of %(minutes)s minutes") % {"minutes": minutes}
