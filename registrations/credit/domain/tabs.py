"""The documents page's tabs, counted and listed by the database, so that only a page of people is weighed.

It says the same as `readiness`, whose gates it puts in a condition each; a property test holds them together.
"""

from fractions import Fraction
from math import ceil
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual

from partners.models import by_name
from partners.models.people.person import NAMES
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.readiness import Kind, NetworkFacts
from registrations.models import Document, Registration, Seen
from stemnet.plain_names import has_words

Rows = QuerySet[Any, Any]  # a person with what the gates ask of them
NOBODY = Q(there__lt=0)
SURE = F("attendances__minutes_counted") - F("attendances__minutes_rounded_up")
ALL, READY, WAITING, ISSUED, REVIEW = TABS = ("", "ready", "waiting", "issued", "review")


def count_tabs(course: NetworkFacts) -> dict[str, int]:
    """Return how many people each tab has, in one statement."""
    counts = {name or "people": Count("person", filter=_shown_in(course, name)) for name in TABS}
    found: dict[str, int] = _everyone(course).aggregate(**counts)
    return {name: found[name or "people"] for name in TABS}


def people_of(course: NetworkFacts, tab: str, query: str = "") -> "QuerySet[Registration, int]":
    """Return the keys of the people in ``tab`` whose names have every word of ``query``, by name."""
    named = has_words(query, plain=[f"person__{name}" for name in NAMES])
    everyone = _everyone(course).filter(_shown_in(course, tab), named)
    return everyone.order_by(*by_name("person__")).values_list("person", flat=True)


def _everyone(course: NetworkFacts) -> Rows:
    """Return everyone who ever registered, once each, with what the gates ask."""
    counts = Q(attendances__meeting__status="scheduled", attendances__meeting__starts_at__lte=course.at)
    there = Q(attendances__status=Seen.PRESENT)
    presenting = Q(attendances__presenting=True)
    return (
        course.network.registrations.order_by()
        .values("person")
        .annotate(
            seated=Count("pk", filter=Q(status=Registration.Status.SEATED)),
            marks=Count("attendances", filter=counts),
            there=Count("attendances", filter=counts & there),
            minutes=Coalesce(Sum("attendances__minutes_counted", filter=counts), 0),
            presented=Coalesce(Sum("attendances__minutes_counted", filter=counts & presenting), 0),
            sure=Coalesce(Sum(SURE, filter=counts), 0),
            sure_presented=Coalesce(Sum(SURE, filter=counts & presenting), 0),
            evaluated=Count("evaluation_completions"),
            demonstrated=Count("demonstrated_at"),
        )
    )


def _shown_in(course: NetworkFacts, tab: str) -> Q:
    """Return the condition of one tab."""
    confirmed, certified = _passed(course)
    valid = Document.objects.valid().filter(network=course.network)
    has_confirmation, has_certificate, reviewed = (
        Q(person__in=documents.values("person"))
        for documents in (
            valid.filter(kind=Kind.ATTENDANCE),
            valid.filter(kind=Kind.PDP),
            valid.to_be_reviewed(),
        )
    )
    condition = {
        ALL: Q(),
        READY: (confirmed & ~has_confirmation) | (certified & ~has_certificate),
        WAITING: (~confirmed & ~has_confirmation) | (~certified & ~has_certificate),
        ISSUED: has_confirmation | has_certificate,
        REVIEW: reviewed,
    }[tab]
    return (Q(seated__gt=0) | Q(marks__gt=0)) & condition


def _passed(course: NetworkFacts) -> tuple[Q, Q]:
    """Return who lacks nothing for the confirmation, and who lacks nothing for the certificate."""
    confirmed = Q(there__gt=0)
    if course.waits_for_evaluation:
        confirmed &= Q(evaluated__gt=0)
    elif course.unfinished:
        confirmed = NOBODY
    if course.version is None or course.lacks:
        return confirmed, NOBODY
    certified = confirmed & _earns_units(course.rule)
    return confirmed, certified & Q(
        demonstrated__gt=0
    ) if course.network.requires_demonstration else certified


def _earns_units(rule: Rule) -> Q:
    """Return who has the minimum without what rounding added, and the least units that `summing` gives."""
    least = _least_units(rule)
    if least is None:
        return NOBODY
    if rule.minimum_basis == "contact_hours":
        enough = Q(sure__gte=ceil(Fraction(rule.minimum) * 60))
    else:
        enough = _has_units(
            Fraction(rule.minimum), rule, F("sure") - F("sure_presented"), F("sure_presented")
        )
    return enough & _has_units(least, rule, F("minutes") - F("presented"), F("presented"))


def _least_units(rule: Rule) -> Fraction | None:
    """Return the least exact units that are rounded to any that are shown; None where there are none."""
    step, seen = Fraction(rule.total_increment), Fraction(1, 100)
    least = ceil(seen / step) * step if step else seen
    if not rule.multiplier or (rule.cap is not None and rule.cap < least):
        return None
    return least - step / 2 if rule.total_rounding == "nearest" else least


def _has_units(units: Fraction, rule: Rule, counted: CombinedExpression, presented: Any) -> Q:
    """Return who has at least these exact units; what presenting gives has a multiplier and a cap."""
    if not units:
        return Q()
    times, wanted = Fraction(rule.presenter_multiplier), units / rule.units_a_minute
    weighted = counted * times.denominator + presented * times.numerator
    enough = Q(GreaterThanOrEqual(weighted, ceil(wanted * times.denominator)))
    if rule.presenter_cap is None:
        return enough
    alone = ceil(wanted - Fraction(rule.presenter_cap) / rule.units_a_minute)
    return enough & Q(GreaterThanOrEqual(counted, alone))
