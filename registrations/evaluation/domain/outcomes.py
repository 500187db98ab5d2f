"""What was done with an evaluation, in words of the network's staff, for the people who answered it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Actor
from registrations.evaluation.exceptions import EvaluationRefused
from registrations.models import Evaluation, Outcome

MOST = 20


def can_be_written(network: Network) -> bool:
    """Return whether anything was asked and closed, so that there is something to answer."""
    return Evaluation.objects.filter(network=network, closed_at__isnull=False).exists()


@transaction.atomic
def write_outcome(
    network: Network, *, said: str, done: str, uid: UUID | None, by: Actor, at: datetime
) -> Outcome:
    """Tell people what was done; the same ``uid`` twice is told once. Raises EvaluationRefused."""
    Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    sent = Outcome.objects.filter(uid=uid).first() if uid is not None else None
    if sent is not None and sent.network_id == network.pk:
        return sent
    if not can_be_written(network):
        raise EvaluationRefused(sentence=_("You can write this once an evaluation or a pulse has closed."))
    if network.outcomes.count() >= MOST:
        raise EvaluationRefused(
            sentence=_("There are %(most)d of these already. Change or delete one.") % {"most": MOST}
        )
    named = {"uid": uid} if uid is not None and sent is None else {}
    return Outcome.objects.create(
        network=network, said=said, done=done, written_at=at, by_name=str(by)[:200], **named
    )


@transaction.atomic
def change_outcome(
    network: Network, uid: UUID, *, said: str, done: str, seen: int, by: Actor, at: datetime
) -> Outcome:
    """Say it otherwise, from a page that showed the edition ``seen``. Raises EvaluationRefused."""
    outcome = Outcome.objects.select_for_update().filter(network=network, uid=uid).first()
    if outcome is None:
        raise EvaluationRefused(sentence=_("This was deleted while you had it open."))
    if outcome.edition != seen and (outcome.said, outcome.done) != (said, done):
        words = _(
            "%(who)s changed this while you had it open. Save again to replace that with what's typed here."
        )
        raise EvaluationRefused(sentence=words % {"who": outcome.by_name})
    outcome.said, outcome.done, outcome.by_name = said, done, str(by)[:200]
    outcome.written_at, outcome.edition = at, outcome.edition + 1
    outcome.save(update_fields=["said", "done", "by_name", "written_at", "edition"])
    return outcome


def delete_outcome(network: Network, uid: UUID) -> None:
    """Tell it no longer; once or twice is the same."""
    Outcome.objects.filter(network=network, uid=uid).delete()


def outcomes_of(network: Network) -> Iterable[Outcome]:
    """Return what people of a network read: its own, and what the network that it continues told."""
    networks = [key for key in (network.pk, network.cloned_from_id) if key is not None]
    return Outcome.objects.filter(network__in=networks).select_related("network")[:MOST]
