"""The hours of each category in words, by the categories of the rule (docs/rules.md 2.2)."""

from django.utils.translation import gettext as _

from registrations.credit.domain.credit_words import hours_words
from registrations.credit.domain.credits import MeetingCredit, Rule
from registrations.credit.domain.summing import Total


def label_of(code: str, rule: Rule) -> str:
    """Return what a category is called under ``rule``; one of another rule by its code."""
    return dict(rule.categories).get(code, code) or _("Without a category")


def category_words(total: Total) -> str:
    """Return "Content: 6 hours; Pedagogy: 3 hours", where the rule counts hours by category."""
    minutes, rule = total.minutes_by_category, total.rule
    order = {code: place for place, (code, _label) in enumerate(rule.categories)}
    codes = sorted(minutes, key=lambda code: (not code, order.get(code, len(order)), code))
    return "; ".join(
        _("%(category)s: %(hours)s")
        % {"category": label_of(code, rule), "hours": hours_words(minutes[code] / 60)}
        for code in codes
    )


def parts_words(credit: MeetingCredit, rule: Rule) -> str:
    """Return "STEM 100, Equity 50 minutes" of a meeting whose hours have several categories."""
    if len(credit.categories) < 2 or not rule.hours_by_category:
        return ""
    parts = [f"{label_of(code, rule)} {int(minutes)}" for code, minutes in credit.minutes_by_category.items()]
    return _("%(parts)s minutes") % {"parts": ", ".join(parts)}
