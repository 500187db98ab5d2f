"""A contact leaves: what they looked after for a partner moves to somebody else in one step."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.exchange.domain import exchange
from partners.memorandum.domain import part_contacts, sign_requests
from partners.memorandum.emails import handing_over as letters
from partners.memorandum.exceptions import HandOverRefused
from partners.models import (
    Match,
    MouRole,
    Organization,
    Person,
    Position,
    RoleChange,
    acted,
    local_day,
)
from partners.models.memorandum import binding
from partners.models.people.position import PositionQuerySet
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
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
    left: bool = False,
) -> Person:
    """Move every part and every open match from ``leaver`` to who holds ``address``; write to both.

    ``left`` says that the leaver works there no longer, and ends the positions. Who signs stays: each mail
    says which parts name the leaver as signatory, since only a leader of the partner can sign instead.

    Raises HandOverRefused where the leaver looks after nothing here, or it is the same person; MouRefused
    where whoever would draft a part is named to sign it.
    """
    successor = part_contacts.person_at(address, first_name=first_name, last_name=last_name)
    if successor == leaver:
        raise HandOverRefused(sentence=_("That's the same person. Name somebody else to take over."))
    roles = list(parts_to_move(organization, leaver))
    spoken = list(positions_to_move(organization, leaver, on=local_day(at)))
    if not roles and not spoken:
        raise HandOverRefused(
            sentence=_("%(name)s no longer has anything to hand over here.") % {"name": leaver}
        )
    for role in roles:
        move_part(role, leaver=leaver, successor=successor, by=by, at=at)
    if spoken:
        move_contact(organization, spoken, successor=successor, by=by, at=at)
    moved = move_matches(organization, leaver=leaver, successor=successor, by=by, at=at)
    if left:
        end_positions(organization, leaver, on=local_day(at))
    signs = signs_still(organization, leaver, on=local_day(at))
    tell(
        letters.handed_over,
        organization,
        leaver=leaver,
        successor=successor,
        matches=moved,
        signs=signs,
        left=left,
        at=at,
    )
    return successor


def parts_to_move(organization: Organization, leaver: Person) -> QuerySet[MouRole]:
    """Hold the parts that name the leaver as lead contact or drafter."""
    held = MouRole.objects.of(leaver).filter(organization=organization)
    return held.select_for_update(of=("self",)).select_related("mou", "organization").order_by("pk")


def positions_to_move(organization: Organization, leaver: Person, *, on: date) -> PositionQuerySet:
    """Hold the positions by which the leaver is the contact without a part."""
    held: PositionQuerySet = leaver.positions.speaking(on).filter(organization=organization)
    return held.select_for_update(of=("self",)).order_by("pk")


def move_contact(
    organization: Organization, positions: list[Position], *, successor: Person, by: Person, at: datetime
) -> None:
    """Let the successor be the contact instead, in the position they hold there or a new one."""
    for position in positions:
        position.is_contact = False
        position.save(update_fields=["is_contact"])
    mine = successor.positions.current(local_day(at)).filter(organization=organization)
    held = mine.select_for_update(of=("self",)).first() or Position(
        person=successor, organization=organization
    )
    held.confirmed_at, held.confirmed_by = held.confirmed_at or at, held.confirmed_by or by
    held.is_contact = True
    held.save()


def end_positions(organization: Organization, person: Person, *, on: date) -> None:
    """End what the person holds at the organization or a part of it; one by one, for the history.

    They are confirmed no longer: who takes such a position up again the same day has to ask. Who held none is
    kept as somebody who left.
    """
    held = list(person.positions.at(organization).current(on).select_for_update(of=("self",)))
    for position in held or [Position(person=person, organization=organization)]:
        position.ended_on = on
        position.confirmed_at = position.confirmed_by = position.asked_at = None
        position.is_contact = False
        position.save()


def signs_still(organization: Organization, person: Person, *, on: date) -> list[MouRole]:
    """Return the parts that name the person as the signatory and that are to be signed, or signed anew."""
    named = MouRole.objects.signed_by(person).filter(organization=organization)
    bonds = binding.bonds(named.select_related("mou", "organization").order_by("pk"), on=on)
    return [one.role for one in bonds.values() if one.asked is not None or one.signature is None]


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
        exchange.write_match_history(match, before=match.state, by=by, at=at, reason=reason)
        moved += 1
    return moved


def open_matches(organization: Organization, owner: Person) -> QuerySet[Match]:
    """Return the matches of this partner that ``owner`` follows up and that are not over."""
    over = [Match.State.DELIVERED, Match.State.DROPPED]
    return Match.objects.of(organization).filter(owner=owner).exclude(state__in=over)
