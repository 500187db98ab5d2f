"""Changing the credit rule of a network after people were marked: who gains or loses, then the act.

See docs/rules.md 2.5.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor, Person, acted
from registrations.credit.domain import deriving, versions
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_words import total_words
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.credit.domain.readiness import NetworkFacts, Readiness, course_of, weighed
from registrations.credit.domain.reviewing import agrees
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.snapshots import figures_now
from registrations.credit.domain.summing import Total
from registrations.credit.domain.totals import that_count, total_of
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Attendance, CreditRule, Document, RuleChange
from registrations.seats.domain import seats
from stemnet.history import say_reason


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What another rule does to one person: the totals, and the documents that it has reviewed."""

    person: Person
    before: Total
    after: Total
    to_review: list[Document]

    @property
    def is_any(self) -> bool:
        """Return whether anything changes."""
        return figures(self.before) != figures(self.after) or bool(self.to_review)

    @property
    def before_words(self) -> str:
        """Return what the person has now."""
        return total_words(self.before)

    @property
    def after_words(self) -> str:
        """Return what the person would have."""
        return total_words(self.after)

    @property
    def gains(self) -> bool:
        """Return whether the person has more units afterwards, or else more minutes."""
        return figures(self.after) > figures(self.before)

    @property
    def loses(self) -> bool:
        """Return whether the person has fewer."""
        return figures(self.after) < figures(self.before)


def figures(total: Total) -> tuple[Decimal, Fraction]:
    """Return what of a total is compared: the units, then the minutes."""
    return total.units, total.minutes_counted


def preview(network: Network, version: CreditRule | None, *, at: datetime) -> list[Effect]:
    """Work out what ``version`` (None: hours only) would do to whom it would touch; write nothing."""
    now = course_of(network, at=at)
    then = replace(now, version=version, rule=rule_of(network, version), lacks=lacking(network, version))
    derived = deriving.derive(network, then.rule, at=at)
    rows = {**derived.known, **derived.wanted}
    meetings = {meeting.pk: meeting for meeting in network.meetings.select_related("working_group")}
    earned: dict[int, list[Attendance]] = {}
    for row in rows.values():
        row.meeting = meetings[row.meeting_id]
        earned.setdefault(derived.people[row.registration_id], []).append(row)
    effects = [_effect(one, earned.get(one.person.pk, []), then) for one in weighed(now)]
    return sorted(
        (one for one in effects if one.is_any),
        key=lambda one: (one.gains, one.person.sort_key),
    )


def _effect(before: Readiness, rows: list[Attendance], then: NetworkFacts) -> Effect:
    """Return what the course ``then`` makes of one person's rows."""
    attendances = that_count(rows, at=then.at)
    total = total_of(attendances, then.rule, then.network)
    after = replace(before, course=then, attendances=attendances, total=total)
    review = [
        document
        for document in before.documents.values()
        if not agrees(document, figures_now(after, kind=document.kind))
    ]
    return Effect(person=before.person, before=before.total, after=total, to_review=review)


@transaction.atomic
def change_rule(
    network: Network, version: CreditRule | None, *, reason: str, by: Actor, at: datetime
) -> None:
    """Let ``network`` go by ``version`` (None: hours only) from now on, for all its meetings.

    Raises IssuingRefused without a reason, which its history keeps, and where it goes by that already.
    """
    locked = seats.lock_network(network)
    before = CreditRule.objects.version_for(locked)
    if not reason.strip():
        raise IssuingRefused(sentence=_("Say why. We keep the reason with the network."))
    if before == version and locked.credit_code == (version.code if version else ""):
        raise IssuingRefused(sentence=_("The network already uses this rule."))
    locked.credit_code = version.code if version else ""
    say_reason(locked, reason.strip()[:100])
    locked.save(update_fields=["credit_code"])
    if version:
        versions.keep(locked, version, at=at)
    words = {"before": before or _("none"), "after": version or _("none")}
    RuleChange.objects.create(
        network=locked,
        from_status=str(words["before"]),
        to_status=str(words["after"]),
        at=at,
        reason=reason.strip(),
        **acted(by),
    )
    because = _("The credit rule of the network was changed from %(before)s to %(after)s") % words
    figures_may_have_changed(locked, because=because, at=at)
