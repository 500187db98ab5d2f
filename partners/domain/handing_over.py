"""A contact leaves: what they looked after for a partner moves to somebody else in one step."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from partners.domain import exchange, part_contacts, sign_requests
from partners.emails import handing_over as letters
from partners.exceptions import HandOverRefused
from partners.models import Match, MouRole, Organization, Person, RoleChange, acted


@transaction.atomic
def hand_over(
    organization: Organization,
    *,
    leaver: Person,
    address: str,
    first_name: str,
    last_name: str,
    by: Person,
    at: datetime,
) -> Person:
    """Move every part and every open match from ``leaver`` to who holds ``address``; write to both.

    Raises:
        HandOverRefused: the leaver looks after nothing here, or it is the same person.
        MouRefused: whoever would draft a part is named to sign it.
    """
    successor = part_contacts.person_at(address, first_name=first_name, last_name=last_name)
    if successor == leaver:
        raise HandOverRefused(_("This is the same person. Name whoever takes over."))
    roles = list(
        MouRole.objects.of(leaver)
        .filter(organization=organization)
        .select_for_update(of=("self",))
        .select_related("mou", "organization")
        .order_by("pk")
    )
    if not roles:
        raise HandOverRefused(_("%(name)s looks after nothing here any more.") % {"name": leaver})
    for role in roles:
        move_part(role, leaver=leaver, successor=successor, by=by, at=at)
    moved = move_matches(organization, leaver=leaver, successor=successor, by=by, at=at)
    letters.handed_over(organization, leaver=leaver, successor=successor, matches=moved, at=at)
    return successor


def move_part(role: MouRole, *, leaver: Person, successor: Person, by: Person, at: datetime) -> None:
    """Name the successor in one part wherever it names the leaver, with a row of history."""
    said = []
    if role.lead_contact_id == leaver.pk:
        role.lead_contact = successor
        said.append(_("Lead contact: %(old)s, now %(new)s.") % {"old": leaver, "new": successor})
    if role.drafter_id == leaver.pk:
        role.drafter = successor
        said.append(_("Drafter: %(old)s, now %(new)s.") % {"old": leaver, "new": successor})
        if role.signatory_email:
            sign_requests.check_signatory(role, name=role.signatory_name, address=role.signatory_email)
    role.save(update_fields=["lead_contact", "drafter"])
    RoleChange.objects.create(
        role=role,
        from_status=role.status,
        to_status=role.status,
        at=at,
        reason=" ".join(said)[:500],
        **acted(by),
    )


def move_matches(
    organization: Organization, *, leaver: Person, successor: Person, by: Person, at: datetime
) -> int:
    """Let the successor follow up the open matches of the leaver; return how many."""
    matches = open_matches(organization, leaver).select_for_update(of=("self",)).order_by("pk")
    moved = 0
    for match in matches:
        match.owner = successor
        match.save(update_fields=["owner"])
        reason = _("Followed up by %(new)s instead of %(old)s.") % {"old": leaver, "new": successor}
        exchange.note(match, before=match.state, by=by, at=at, reason=reason)
        moved += 1
    return moved


def open_matches(organization: Organization, owner: Person) -> QuerySet[Match]:
    """Return the matches of this partner that ``owner`` follows up and that are not over."""
    ours = Q(need__organization=organization) | Q(contribution__organization=organization)
    over = [Match.State.DELIVERED, Match.State.DROPPED]
    return Match.objects.filter(ours, owner=owner).exclude(state__in=over)


def contacts_of(organization: Organization) -> list[Person]:
    """Return the lead contacts and drafters of a partner's standing parts, each once."""
    named = MouRole.objects.filter(organization=organization).exclude(status=MouRole.Status.WITHDRAWN)
    keys = named.values("lead_contact"), named.values("drafter")
    return list(Person.objects.filter(Q(pk__in=keys[0]) | Q(pk__in=keys[1])).distinct())
