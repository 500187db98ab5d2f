"""How hours, units and the rule behind them are said to people; every sentence is built from the rule."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.credit.domain.credits import Rule
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.summing import Total

Number = Fraction | Decimal | int


def number_words(value: Number) -> str:
    """Return ``value`` with at most two decimals, cut, in the reader's notation: 12, 7.25."""
    return str(number_format(f"{decimal_down(Fraction(value)):f}", use_l10n=True))


def hours_words(hours: Number) -> str:
    """Return "1 hour" or "7.25 hours"."""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {
        "hours": number_words(hours)
    }


def attendance_words(hours: Number) -> str:
    """Return "7.25 hours of attendance", which is all that may be said where no units can be awarded."""
    return ngettext(
        "%(hours)s hour of attendance", "%(hours)s hours of attendance", 1 if hours == 1 else 2
    ) % {"hours": number_words(hours)}


def units_number(units: Number, rule: Rule) -> str:
    """Return a number of units: 12 or 14.5; a rule that gives tenths always shows them, as in 1.0."""
    step = rule.total_increment.normalize()
    places = -int(step.as_tuple().exponent)
    if places < 1 or step.as_tuple().digits != (1,):
        return number_words(units)
    return str(number_format(decimal_down(Fraction(units), places), decimal_pos=places, use_l10n=True))


def units_words(units: Number, rule: Rule) -> str:
    """Return "1 PDP", "12 PDPs" or "0.3 CEUs", with the words of the rule."""
    label = rule.unit_label if units == 1 else rule.unit_label_plural
    return _("%(units)s %(label)s") % {"units": units_number(units, rule), "label": label}


def minimum_words(rule: Rule) -> str:
    """Return where units begin, in what the minimum is tested on: "10 hours" or "0.1 CEUs"."""
    if rule.minimum_basis == "contact_hours":
        return hours_words(rule.minimum)
    return units_words(rule.minimum, rule)


def minimum_hours_words(rule: Rule) -> str:
    """Return how many hours of a participant reach the minimum, never too few: "10 hours"."""
    return hours_words(Fraction(ceil(rule.minimum_minutes / 60 * 100), 100))


def measure_words(total: Total) -> str:
    """Return how far somebody is: "9 of 10 hours" or "0.05 of 0.1 CEUs"."""
    return _("%(measure)s of %(minimum)s") % {
        "measure": number_words(total.measure),
        "minimum": minimum_words(total.rule),
    }


def total_words(total: Total, *, awards_units: bool = True) -> str:
    """Return the one line for a total; ``awards_units`` is false while the network cannot award any."""
    rule = total.rule
    if not awards_units or not rule.unit_label:
        return attendance_words(total.hours)
    if not total.below_minimum:
        words = {"hours": hours_words(total.hours), "units": units_words(total.units, rule)}
        if total.is_capped:
            return _("%(hours)s, %(units)s: no more can be earned") % words
        return _("%(hours)s, %(units)s") % words
    if rule.minimum_basis == "contact_hours":
        words = {"measure": measure_words(total), "label": rule.unit_label_plural}
        return _("%(measure)s, no %(label)s yet") % words
    words = {
        "hours": hours_words(total.hours),
        "label": rule.unit_label_plural,
        "minimum": units_number(rule.minimum, rule),
    }
    return _("%(hours)s, no %(label)s yet (they start at %(minimum)s)") % words


def beginning_words(rule: Rule) -> str:
    """Return "No PDPs yet: they start at 10 hours on one topic."."""
    words = {"label": rule.unit_label_plural, "minimum": minimum_words(rule)}
    if on_topic(rule):
        return _("No %(label)s yet: they start at %(minimum)s on one topic.") % words
    words["minimum"] = beginning_number(rule)
    return _("No %(label)s yet: they start at %(minimum)s.") % words


def on_topic(rule: Rule) -> bool:
    """Return whether the minimum is one of hours that share a topic, as in Massachusetts."""
    return rule.minimum_basis == "contact_hours" and rule.minimum_scope == "topic"


def beginning_number(rule: Rule) -> str:
    """Return where units begin, beside their name: "0.1", or the hours that it takes."""
    return minimum_words(rule) if rule.minimum_basis == "contact_hours" else units_number(rule.minimum, rule)


def ring_caption(rule: Rule, value: Number, maximum: Number, *, awards: bool) -> str:
    """Return what stands under the number of the ring: "of 10 hours", "of 0.1 CEUs", or the unit alone."""
    in_units = awards and rule.minimum and rule.minimum_basis == "units"
    if value < maximum:
        words = units_words(maximum, rule) if in_units else hours_words(maximum)
        return _("of %(maximum)s") % {"maximum": words}
    if in_units:
        return rule.unit_label if value == 1 else rule.unit_label_plural
    return ngettext("hour", "hours", 1 if value == 1 else 2)


def length_words(minutes: int) -> str:
    """Return "One hour", "10 hours" or "50 minutes"."""
    if minutes == 60:
        return _("One hour")
    if minutes % 15 == 0:
        return hours_words(Fraction(minutes, 60))
    return _("%(minutes)s minutes") % {"minutes": minutes}


def worth_words(rule: Rule) -> str:
    """Return what the minutes of a unit give: "one PDP", or "1.5 PDPs" under a multiplier."""
    if rule.multiplier == 1:
        return _("one %(label)s") % {"label": rule.unit_label}
    return f"{number_words(rule.multiplier)} {rule.unit_label_plural}"


def rate_words(rule: Rule) -> str:
    """Return "one PDP an hour" or "one CEU for 10 hours"."""
    if rule.minutes_per_unit == 60:
        return _("%(worth)s an hour") % {"worth": worth_words(rule)}
    words = {"worth": worth_words(rule), "length": length_words(rule.minutes_per_unit)}
    return _("%(worth)s for %(length)s") % words


def rule_sentence(rule: Rule) -> str:
    """Say what an hour is worth, where units begin, and what does not count."""
    words = {
        "length": length_words(rule.minutes_per_unit),
        "worth": worth_words(rule),
        "units": rule.unit_label_plural,
        "minimum": minimum_words(rule),
    }
    if rule.minutes_per_unit == 60:
        worth = _("%(length)s of attendance is %(worth)s") % words
    else:
        worth = _("%(length)s of attendance are %(worth)s") % words
    if not rule.minimum:
        sentence = _("%(worth)s, from the first hour.") % {"worth": worth}
    elif not on_topic(rule):
        words["minimum"] = beginning_number(rule)
        sentence = _("%(worth)s, and %(units)s start at %(minimum)s.") % {**words, "worth": worth}
    else:
        sentence = _(
            "%(worth)s, but only once you have %(minimum)s on one topic. The state doesn't give "
            "%(units)s for less, so we confirm anything under %(minimum)s as hours of attendance."
        ) % {**words, "worth": worth}
    return " ".join([sentence, *limits(rule)])


def limits(rule: Rule) -> list[str]:
    """Return in sentences what does not count, how much can be earned at most, and whether it is reported."""
    cap = "" if rule.cap is None else units_words(rule.cap, rule)
    found = [
        breaks_words(rule),
        _("At most %(units)s can be earned.") % {"units": cap} if cap else "",
        presenter_limit_words(rule),
        rule.suspended,
    ]
    return [sentence for sentence in found if sentence]


def breaks_words(rule: Rule) -> str:
    """Say that breaks don't count; where the provider chooses, also that they do."""
    if not rule.count_breaks:
        return _("Breaks don't count.")
    return _("Breaks count.") if rule.breaks_by_choice else ""


def presenter_limit_words(rule: Rule) -> str:
    """Say how much presenting gives at most; nothing where it gives nothing or has no limit."""
    if rule.presenter_cap is None or not rule.presenter_multiplier:
        return ""
    return _("Presenting gives %(units)s at most.") % {"units": units_words(rule.presenter_cap, rule)}


def presented_words(total: Total) -> str:
    """Return "3 hours presented, 6 PDPs of the total"; nothing where no hours of presenting count."""
    if not total.minutes_presented:
        return ""
    words = {"hours": hours_words(total.minutes_presented / 60)}
    if not total.rule.unit_label:
        return _("%(hours)s presented") % words
    words["units"] = units_words(total.presenter_units, total.rule)
    if total.presenting_is_capped:
        return _("%(hours)s presented, %(units)s: presenting gives no more") % words
    return _("%(hours)s presented, %(units)s") % words


def statement_words(rule: Rule) -> str:
    """Return what documents say of the rule: its sentence, and what its row adds."""
    return f"{rule_sentence(rule)} {rule.statement}".strip() if rule.unit_label else rule.statement


def make_up_words(minutes: int, approved_by: str) -> str:
    """Return "make-up work, 60 minutes, approved by …", or nothing where none counts."""
    if not minutes:
        return ""
    words = {"minutes": minutes, "by": approved_by}
    return (
        ngettext(
            "make-up work, %(minutes)s minute, approved by %(by)s",
            "make-up work, %(minutes)s minutes, approved by %(by)s",
            minutes,
        )
        % words
    )
