"""What meetings add up to, and what the rule gives for it, in sentences; docs/rules.md 2.5.

My learning and documents say the same ones, after those of `explaining`.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from registrations.credit.domain.credit_words import (
    attendance_words,
    beginning_words,
    hours_words,
    measure_words,
    presented_words,
    rate_words,
    units_words,
)
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.summing import Total


def total_sentences(total: Total, topics: Mapping[str, int], *, awards: bool) -> list[str]:
    """Say what the meetings add up to, and what the rule gives for it; ``topics`` are minutes on others."""
    rule = total.rule
    added = [_("All meetings together: %(hours)s.") % {"hours": hours_words(total.hours)}]
    added += [
        _("On the topic “%(topic)s”: another %(hours)s.")
        % {"hours": hours_words(Fraction(minutes, 60)), "topic": topic}
        for topic, minutes in topics.items()
    ]
    if not awards or not rule.unit_label:
        words = {"hours": attendance_words(total.hours)}
        return [*added, _("They are confirmed as %(hours)s.") % words, *suspended_words(rule)]
    return [*added, *rounding_up_words(total), *unit_sentences(total), *suspended_words(rule)]


def rounding_up_words(total: Total) -> Iterable[str]:
    """Say that what rounding added reaches no minimum."""
    added = total.minutes_counted - total.sure_minutes
    if not added or not total.rule.minimum:
        return
    words = {"hours": hours_words(added / 60), "units": total.rule.unit_label_plural}
    yield _("Rounding up added %(hours)s of these, which don't help to reach the first %(units)s.") % words


def unit_sentences(total: Total) -> Iterable[str]:
    """Say what the hours give in units, or how far it is to the first."""
    rule = total.rule
    if total.below_minimum:
        yield beginning_words(rule)
        yield _("You have %(measure)s.") % {"measure": measure_words(total)}
        return
    if presented := presented_words(total):
        yield _("Of these: %(presented)s.") % {"presented": presented}
    words = {"rate": rate_words(rule), "units": units_words(total.units, rule)}
    if total.is_capped:
        yield _("The rule gives %(rate)s, but no more than %(units)s.") % words
    elif Fraction(total.units) == total.exact_units:
        yield _("The rule gives %(rate)s, which makes %(units)s.") % words
    else:
        words |= {"step": units_words(rule.total_increment, rule)}
        yield rounded_words(rule) % words


def rounded_words(rule: Rule) -> str:
    """Return the sentence about units that were rounded, as the rule rounds them."""
    if not rule.total_increment:
        return _("The rule gives %(rate)s, which makes %(units)s.")
    if rule.total_rounding == "nearest":
        return _("The rule gives %(rate)s; rounded to the nearest %(step)s, that is %(units)s.")
    return _("The rule gives %(rate)s; rounded down in steps of %(step)s, that is %(units)s.")


def suspended_words(rule: Rule) -> list[str]:
    """Return what the state says of points that it doesn't ask for now."""
    return [rule.suspended] if rule.suspended else []
