"""The one place that hears when what a network's figures stand on may have changed.

Marks, meetings and their breaks, groups, credit rules, merges of people, accepted demonstrations: whoever
changes one of them says so here. Only a merge writes figures itself, into the journal that takes it back.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from registrations.credit.domain import deriving, reviewing, versions
from registrations.credit.domain.rules import rule_of
from registrations.models import Attendance, CreditRule, Document, Evidence, KeptRule, Registration
from registrations.seats.domain import seats

People = Collection[int] | QuerySet[Any, int]  # keys of persons, or a query for them


def figures_may_have_changed(
    network: seats.Locked,
    *,
    because: str,
    at: datetime,
    meetings: Collection[int] | None = None,
    people: People | None = None,
) -> None:
    """Work out anew what counts in ``network``, and have documents reviewed that no longer agree.

    ``because`` says in half a sentence what changed, such as "“Opening” was cancelled". ``meetings`` (keys)
    are those whose marks changed, None for all; ``people`` (keys) those it can concern, None for everyone.
    """
    version = versions.keep_version(network, at=at)
    derived = deriving.derive(network, rule_of(network, version), at=at, meetings=meetings, people=people)
    changed = deriving.write(derived)
    looked_at = people if meetings is None else changed
    if meetings is not None and not changed:
        return
    reviewing.review_documents(network, people=looked_at, changed=changed, because=because, at=at)
    earned = Attendance.objects.filter(meeting__network=network).values("registration")
    news = Registration.objects.filter(pk__in=earned, news_at__isnull=True)
    if looked_at is not None:
        news = news.filter(person__in=looked_at)
    news.update(news_at=at)


def count_what_began(*, at: datetime) -> int:
    """Let the hours count of whoever was marked before a meeting that has begun since; return how many began.

    A sweep, which is safe to run late or twice; a day is more than it is ever late.
    """
    early = Evidence.objects.standing().filter(meeting=OuterRef("pk"), at__lt=OuterRef("starts_at"))
    begun = Meeting.objects.standing().filter(starts_at__lte=at, starts_at__gt=at - timedelta(days=1))
    number = 0
    for meeting in begun.filter(Exists(early), network__documents__status=Document.Status.VALID).distinct():
        if meeting.network:
            with transaction.atomic():
                because = _("“%(meeting)s” has begun") % {"meeting": meeting.title}
                network = seats.lock_network(meeting.network)
                figures_may_have_changed(network, because=because, at=at)
            number += 1
    return number


def rules_may_have_changed(rule: CreditRule, *, because: str, at: datetime) -> None:
    """Let the figures follow of every network that goes by the rule whose version ``rule`` was changed.

    Networks that keep another version go on by that.
    """
    earned = Attendance.objects.filter(meeting__network__credit_code=rule.code)
    keep_another = KeptRule.objects.filter(version__code=rule.code).exclude(version=rule.pk)
    networks = Network.objects.filter(pk__in=earned.values("meeting__network"))
    for network in networks.exclude(pk__in=keep_another.values("network")).order_by("pk"):
        figures_may_have_changed(seats.lock_network(network), because=because, at=at)
