"""How hours and units are said to people: "7.25 of 10 hours, no PDPs yet", "12 hours, 12 PDPs"."""

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from registrations.credit.domain.credits import Total, decimal_down


def number_words(value: Fraction | Decimal | int) -> str:
    """Return ``value`` with at most two decimals, cut, in the reader's notation: 12, 7.25."""
    shown = decimal_down(Fraction(value))
    return str(number_format(f"{shown:f}", use_l10n=True))


def hours_words(hours: Fraction | Decimal | int) -> str:
    """Return "1 hour" or "7.25 hours"."""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {
        "hours": number_words(hours)
    }


def attendance_words(hours: Fraction | Decimal | int) -> str:
    """Return "7.25 hours of attendance", which is all that may be said where no units can be awarded."""
    return ngettext(
        "%(hours)s hour of attendance", "%(hours)s hours of attendance", 1 if hours == 1 else 2
    ) % {"hours": number_words(hours)}


def units_words(total: Total) -> str:
    """Return "1 PDP" or "12 PDPs", with the words of the rule."""
    label = total.unit_label if total.units == 1 else total.unit_label_plural
    return _("%(units)s %(label)s") % {"units": number_words(total.units), "label": label}


def total_words(total: Total, *, awards_units: bool = True) -> str:
    """Return the one line for a total; ``awards_units`` is false while the network cannot award any."""
    if not awards_units or not total.unit_label:
        return attendance_words(total.hours)
    if total.below_minimum:
        return _("%(hours)s of %(minimum)s hours, no %(label)s yet") % {
            "hours": number_words(total.hours),
            "minimum": number_words(total.minimum),
            "label": total.unit_label_plural,
        }
    return _("%(hours)s, %(units)s") % {"hours": hours_words(total.hours), "units": units_words(total)}
