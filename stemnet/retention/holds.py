"""Legal holds: what they cover isn't deleted, by a clock or on request (docs/rules.md 11.8)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stemnet.exceptions import HoldRefused
from stemnet.models import LegalHold
from stemnet.retention.policies import lock_all
from stemnet.retention.registry import Held

Reach = Callable[[Collection[str]], tuple[str, Iterable[str]]]
_reaches: dict[str, Reach] = {}


def reaches(kind: str, read: Reach) -> None:
    """Let a hold on objects of a kind cover others: ``read`` of their names returns a kind and its names."""
    _reaches[kind] = read


def held(at: datetime) -> Held:
    """Return what is on hold at a moment, by kind, with what those holds reach."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in LegalHold.objects.standing(at).values_list("object", flat=True):
        kind, _colon, rest = name.partition(":")
        found[kind].add(rest)
    for kind, read in _reaches.items():
        if kind in found:
            other, names = read(found[kind])
            found[other].update(names)
    return found


def standing(at: datetime) -> list[LegalHold]:
    """Return the holds that stand at a moment."""
    return list(LegalHold.objects.standing(at))


@transaction.atomic
def set_hold(
    object: str, *, label: str, reason: str, ask: str, until: datetime | None, by: str, at: datetime
) -> LegalHold:
    """Keep what is about an object; a batch that is deleting ends first, the next one leaves it.

    Raises HoldRefused where one stands already, or its end has passed.
    """
    if until is not None and until <= at:
        raise HoldRefused(sentence=_("Choose a last day that is still ahead, or leave it empty."))
    lock_all()
    if LegalHold.objects.standing(at).filter(object=object).exists():
        raise HoldRefused(
            sentence=_("%(what)s is already on hold. Lift that hold first to change it.") % {"what": label}
        )
    LegalHold.objects.filter(object=object, lifted_at=None).update(lifted_at=at)  # its last day has passed
    return LegalHold.objects.create(
        object=object, label=label, reason=reason, ask=ask, begins_at=at, until=until, set_by=by
    )


def lift_hold(hold: LegalHold, *, by: str, at: datetime) -> None:
    """End a hold; twice does no harm."""
    LegalHold.objects.filter(pk=hold.pk, lifted_at=None).update(lifted_at=at, lifted_by=by[:200])
