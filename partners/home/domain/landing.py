"""Which pages of a partner are somebody's own: those of contacts, drafters and signatories."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partners.home.domain import own_place
from partners.models import Organization, Person, Signature, Stage, local_day
from partners.models.people.organization import OrganizationQuerySet
from partners.people.permissions import may_see_people_of
from stemnet.landing import OwnPage

LOOKED_AT = 3


def with_own_page(organizations: OrganizationQuerySet) -> OrganizationQuerySet:
    """Return those of ``organizations`` that have a page of their own: with a part, or a partner."""
    return organizations.current().filter(Q(mou_roles__isnull=False) | Q(stage=Stage.PARTNER)).distinct()


def own_pages(person: Person, /, *, at: datetime) -> Iterable[OwnPage]:
    """Return the page of somebody's partner, the choice among several, and a signature that waits."""
    if "is_asked_to_sign" in person.roles:
        for signature in asked_to_sign(person).select_related("document__mou").order_by("asked_at")[:1]:
            yield OwnPage(_("My signature"), signature.get_absolute_url(), lambda: True)
    if "speaks_for_organization" not in person.roles:
        return
    spoken_for = Organization.objects.spoken_for_by(person)
    ours = list(with_own_page(spoken_for).order_by("plain_name", "pk")[: LOOKED_AT + 1])
    if len(ours) == 1:
        url = reverse("mine_of", args=[ours[0].slug])
        yield OwnPage(str(ours[0]), url, partial(_has_due, ours, person, at))
    elif ours:
        yield OwnPage(_("My partners"), reverse("mine"), partial(_has_due, ours[:LOOKED_AT], person, at))


def asked_to_sign(person: Person) -> QuerySet[Signature]:
    """Return the signatures that wait for somebody at an address that they proved."""
    proved = person.emails.filter(verified_at__isnull=False)
    return Signature.objects.asked().filter(signatory_email__in=proved.values("address"))


def _has_due(ours: list[Organization], person: Person, at: datetime) -> bool:
    """Return whether something waits for one of these organizations."""
    today = local_day(at)
    return any(
        own_place.due_things(
            one,
            own_place.lines_of(one, today=today),
            confirms=may_see_people_of(person, one),
            today=today,
        )
        for one in ours
    )
