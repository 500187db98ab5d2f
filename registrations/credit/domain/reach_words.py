"""How the way to the minimum of a rule is said: on My learning, and in the reminder of a meeting."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting
from registrations.credit.domain.credit_words import minimum_words, total_words
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.reaching import Reach, Reaching, Way
from stemnet import wording

FEW_DAYS = 4


def goal_words(rule: Rule) -> str:
    """Return "the 10 hours that PDPs start at" or "the minimum of 0.1 CEUs"."""
    words = {"minimum": minimum_words(rule), "units": rule.unit_label_plural}
    if rule.minimum_basis == "contact_hours":
        return _("the %(minimum)s that %(units)s start at") % words
    return _("the minimum of %(minimum)s") % words


def reach_words(reach: Reach, *, here: Sequence[Meeting] = ()) -> str:
    """Say how the person gets to the minimum; ``here`` are the meetings of the mail that says it.

    Nothing where the rule has no minimum.
    """
    goal = {"goal": goal_words(reach.total.rule)}
    if reach.state == Reaching.REACHED:
        return _("You already have %(goal)s: %(total)s so far.") % {**goal, "total": total_words(reach.total)}
    if reach.state == Reaching.PLANNED:
        return promise_words(reach, here)
    if reach.state == Reaching.POSSIBLE:
        return " ".join([planned_words(reach), ways_words(reach)])
    if reach.state == Reaching.OUT:
        return out_words(reach)
    return ""


def promise_words(reach: Reach, here: Sequence[Meeting]) -> str:
    """Name the meetings that are enough."""
    words = {"goal": goal_words(reach.total.rule), "number": len(reach.meetings)}
    if set(here) == set(reach.meetings):
        sentence = ngettext(
            "Attend this meeting in full, and you'll have %(goal)s.",
            "Attend these meetings in full, and you'll have %(goal)s.",
            len(here),
        )
        return sentence % words
    sentence = ngettext(
        "Attend one more meeting in full (%(days)s), and you'll have %(goal)s.",
        "Attend %(number)s more meetings in full (%(days)s), and you'll have %(goal)s.",
        len(reach.meetings),
    )
    return sentence % {**words, "days": days_words(reach.meetings)}


def days_words(meetings: Sequence[Meeting]) -> str:
    """Return the days of ``meetings``: "Dec 1 and Jan 5", or of many the first and the last."""
    days = list(dict.fromkeys(wording.short_day(meeting.on) for meeting in meetings))
    if len(days) > FEW_DAYS:
        return _("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}
    return listed(days, _("%(first)s and %(last)s"))


def listed(parts: Sequence[str], last: str) -> str:
    """Return ``parts`` with commas between, the last one joined as the pattern ``last`` does."""
    if len(parts) < 2:
        return "".join(parts)
    return last % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def planned_words(reach: Reach) -> str:
    """Say that the meetings that the person is coming to are not enough."""
    words = {"goal": goal_words(reach.total.rule)}
    if not reach.most_minutes:
        return _("None of your upcoming meetings brings you to %(goal)s.") % words
    words["hours"] = wording.hours_phrase(reach.most_minutes)
    return _("Your upcoming meetings give at most %(hours)s more. That isn't enough for %(goal)s.") % words


def ways_words(reach: Reach) -> str:
    """Say what could still bring the person there."""
    ways = [way_words(way, meetings) for way, meetings in reach.ways]
    last = _("%(first)s and %(last)s") if reach.together else _("%(first)s or %(last)s")
    return _("You can still get there if %(ways)s.") % {"ways": listed(ways, last)}


def way_words(way: Way, meetings: Sequence[Meeting]) -> str:
    """Return one thing that could happen, after "if"."""
    days = {"days": days_words(meetings)}
    if way == Way.MISSED:
        return _("you can come after all on %(days)s") % days
    if way == Way.GROUP:
        return (
            ngettext(
                "you join a working group that meets on %(days)s",
                "you join the working groups that meet on %(days)s",
                len({meeting.working_group_id for meeting in meetings}),
            )
            % days
        )
    if way == Way.SEAT:
        return _("you get a seat")
    return _("your attendance on %(days)s, which isn't final yet, counts") % days


def out_words(reach: Reach) -> str:
    """Say that it is too late, what the hours are, and what can be done."""
    return _(
        "You can no longer reach %(goal)s with the meetings that are left. Your hours count as hours of "
        "attendance. If you missed a meeting, ask the network's staff whether you can make it up."
    ) % {"goal": goal_words(reach.total.rule)}


def also_words(rule: Rule, *, demonstration: bool, evaluation: bool) -> str:
    """Say what the certificate needs besides hours and is missing; nothing where nothing is."""
    things = [
        _("a demonstration of learning") if demonstration else "",
        _("your answers to the network evaluation") if evaluation else "",
    ]
    missing = [thing for thing in things if thing]
    if not missing:
        return ""
    return _("The %(unit)s certificate also needs %(things)s.") % {
        "unit": rule.unit_label,
        "things": listed(missing, _("%(first)s and %(last)s")),
    }
