"""What of the memorandum is in the way of deleting somebody's data: who is to sign, and who answers alone."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import MouRole, Organization, Person, Position, Signature, contacts_of, local_day
from partners.people.domain.deletion import Block


def to_sign(person: Person, /, *, at: datetime) -> Iterable[Block]:
    """Yield a block for each partner for which somebody is asked or named to sign."""
    addresses = list(person.emails.values_list("address", flat=True))
    asked = Signature.objects.asked().filter(signatory_email__in=addresses, document__unlocked_at=None)
    open_ones = list(asked.select_related("document__mou", "part__role"))
    for one in open_ones:
        words = _(
            "You're asked to sign the MOU for %(organization)s. Sign, decline, or have somebody else named."
        )
        yield Block(
            words % {"organization": one.organization_name}, one.get_absolute_url(), _("My signature")
        )
    known = [one.part.role_id for one in open_ones]
    named = MouRole.objects.standing().filter(signatory_email__in=addresses).exclude(pk__in=known)
    to_come = named.filter(status__in=["submitted", "accepted"]).select_related("mou", "organization")
    for role in to_come:
        words = _(
            "You're named to sign the MOU for %(organization)s. Ask its contacts to name somebody else."
        )
        yield Block(
            words % {"organization": role.organization}, role.get_absolute_url(), _("Part of the MOU")
        )


def only_contact(person: Person, /, *, at: datetime) -> Iterable[Block]:
    """Yield a block for each partner that has nobody else who answers for it, or whose part names them."""
    today = local_day(at)
    named = MouRole.objects.standing().filter(Q(lead_contact=person) | Q(drafter=person))
    speaking = Position.objects.speaking(today).filter(person=person)
    places = Organization.objects.filter(
        Q(pk__in=named.values("organization")) | Q(pk__in=speaking.values("organization"))
    )
    by_part = set(named.values_list("organization", flat=True))
    for place in places.order_by("plain_name", "pk"):
        alone = not contacts_of(place, on=today).exclude(pk=person.pk).exists()
        if place.pk in by_part or alone:
            words = _("You answer for %(organization)s. Hand that over to a colleague first.")
            yield Block(
                words % {"organization": place}, reverse("mine_hand_over", args=[place.slug]), _("Hand over")
            )
