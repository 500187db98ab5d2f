"""The demonstration of learning of one person: accepted, or taken back (docs/rules.md 2.1)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.credit.exceptions import IssuingRefused
from registrations.models import Registration
from registrations.seats.domain import seats
from stemnet.history import say_reason


def accept_demonstration(*, registration: Registration, by: Actor, at: datetime, reason: str) -> Registration:
    """Write down that the demonstration of learning was accepted; ``reason`` says what it was."""
    unsaid = _("Say what the person showed, such as a lesson plan.")
    return _demonstrated(registration, accepted=True, reason=reason, unsaid=unsaid, by=by, at=at)


def take_back_demonstration(
    *, registration: Registration, by: Actor, at: datetime, reason: str
) -> Registration:
    """Take back that the demonstration was accepted, for a reason; a certificate is then to be reviewed."""
    unsaid = _("Say why the demonstration doesn't count after all.")
    return _demonstrated(registration, accepted=False, reason=reason, unsaid=unsaid, by=by, at=at)


@transaction.atomic
def _demonstrated(
    registration: Registration, *, accepted: bool, reason: str, unsaid: str, by: Actor, at: datetime
) -> Registration:
    """Write what became of the demonstration; the same again changes nothing. Raises IssuingRefused."""
    network = seats.lock_network(registration.network)
    fresh = Registration.objects.select_for_update().get(pk=registration.pk)
    if (fresh.demonstrated_at is not None) == accepted:
        return fresh
    if not reason.strip():
        raise IssuingRefused(sentence=unsaid)
    fresh.demonstrated_at = at if accepted else None
    say_reason(fresh, f"{by}: {reason.strip()}"[:200])
    fresh.save(update_fields=["demonstrated_at"])
    follow_demonstration(network, fresh, at=at)
    return fresh


def follow_demonstration(network: seats.Locked, registration: Registration, *, at: datetime) -> None:
    """Let the documents of one person follow their demonstration, which was accepted or taken back."""
    accepted = registration.demonstrated_at is not None
    because = _("A demonstration of learning was accepted") if accepted else None
    figures_may_have_changed(
        network,
        because=because or _("The demonstration of learning no longer counts"),
        at=at,
        people=[registration.person_id],
    )
