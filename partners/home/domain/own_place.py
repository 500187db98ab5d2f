"""What a partner finds on its own page: its parts, the first steps, what is due, and what it signed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.exchange.domain import match_reminders
from partners.exchange.emails import match_reminders as match_letters
from partners.memorandum.domain import part_board, renewing
from partners.memorandum.domain.part_board import PartLine
from partners.models import (
    Contribution,
    Match,
    Mou,
    MouRole,
    Need,
    Organization,
    Publicity,
    Signature,
    Stage,
    zone_of_partnership,
)
from partners.models.memorandum import binding
from partners.models.memorandum.signature import SignatureQuerySet
from partners.people.domain import confirming_positions

SOON = timedelta(days=90)


@dataclass(frozen=True)
class Step:
    """One step of the list for beginners."""

    done: bool
    words: str
    url: str


@dataclass(frozen=True)
class Due:
    """Something that waits for this partner."""

    words: str
    url: str
    on: date | None = None
    overdue: bool = False


_later_steps: list[Callable[[Organization], Step]] = []


def add_step(step: Callable[[Organization], Step]) -> None:
    """Let an upper app say in ``ready()`` a step that comes after ours; one query each."""
    if step not in _later_steps:
        _later_steps.append(step)


def lines_of(organization: Organization, *, today: date) -> list[PartLine]:
    """Return the parts of the memoranda that the partner has, newest first, with their states."""
    roles = organization.mou_roles.select_related("mou", "organization", "lead_contact", "drafter")
    return part_board.lines_of(list(roles.order_by("-pk")), today=today)


def first_steps(organization: Organization, lines: list[PartLine]) -> list[Step]:
    """Return the steps of a beginner, from the contacts to what upper apps add.

    Without a memorandum nobody is asked for a part, so its two steps are left out.
    """
    roles = [one.role for one in lines if one.role.status != MouRole.Status.WITHDRAWN]
    newest = roles[0] if roles else None
    own = reverse("mine_edit", args=[organization.slug])
    has_rows = any(
        model.objects.filter(organization=organization, withdrawn_at=None).exists()
        for model in (Need, Contribution)
    )
    named = newest is not None and bool(newest.lead_contact_id and newest.drafter_id)
    submitted = newest is not None and newest.status not in MouRole.EDITABLE
    hand_over = reverse("mine_hand_over", args=[organization.slug])
    of_part = [
        Step(named, _("Name a lead contact and a drafter"), hand_over),
        Step(submitted, _("Submit your part of the MOU"), newest.get_absolute_url() if newest else ""),
    ]
    return [
        *(of_part if newest or Mou.objects.exists() else []),
        Step(bool(organization.about), _("Say who you are on your public page"), own),
        Step(organization.publicity != Publicity.UNSAID, _("Tell us whether we can show your logo"), own),
        Step(has_rows, _("List a need or a contribution"), rows_url(organization, lines)),
        *(step(organization) for step in _later_steps),
    ]


def rows_url(organization: Organization, lines: list[PartLine]) -> str:
    """Return where the partner writes what it needs and gives: until it is a partner, in its part."""
    if organization.stage == Stage.PARTNER:
        return reverse("needs_of", args=[organization.slug])
    standing = [one.role for one in lines if one.role.status != MouRole.Status.WITHDRAWN]
    if organization.stage != Stage.DRAFTING or not standing:
        return ""
    return reverse("mou_part_rows", args=[standing[0].mou.slug, organization.slug])


def due_things(
    organization: Organization, lines: list[PartLine], *, confirms: bool, today: date
) -> list[Due]:
    """Return what waits for this partner, what is late first; ``confirms`` adds people to confirm."""
    found = [*due_parts(lines), *due_signatures(lines, today=today), *due_matches(organization)]
    found += [*due_renewals(lines, today=today)]
    found += due_deliveries(organization, today=today)
    found += due_people(organization, today=today) if confirms else []
    return sorted(found, key=lambda due: (not due.overdue, due.on or date.max))


def renewal_url(role: MouRole) -> str:
    """Return where the partner says whether it renews."""
    return reverse("mou_renewal", args=[role.mou.slug, role.organization.slug])


def due_parts(lines: list[PartLine]) -> list[Due]:
    """Return the parts that are not submitted yet."""
    return [
        Due(
            _("Submit your part of “%(mou)s”") % {"mou": one.role.mou},
            one.role.get_absolute_url(),
            one.due,
            overdue=one.overdue,
        )
        for one in lines
        if one.missing
    ]


def due_renewals(lines: list[PartLine], *, today: date) -> list[Due]:
    """Return the memoranda whose last day, as the partner signed it, is near, and that it does not leave."""
    return [
        Due(
            _("“%(mou)s” is ending. Tell us whether you'll renew.") % {"mou": one.role.mou},
            renewal_url(one.role),
            one.bond.last,
        )
        for one in lines
        if one.bond.binds and one.bond.last and one.bond.last <= today + SOON
        if not one.role.withdrawn_on and not renewing.has_said(one.role, last=one.bond.last)
    ]


def due_signatures(lines: list[PartLine], *, today: date) -> list[Due]:
    """Return the signatures that are waited for, each with what was signed before."""
    asked = [(line, line.bond.asked) for line in lines if line.bond.asked is not None]
    return [
        Due(
            signing_words(line),
            one.get_absolute_url(),
            one.due_on,
            overdue=one.due_on is not None and one.due_on < today,
        )
        for line, one in asked
        if one is not None
    ]


def signing_words(line: PartLine) -> str:
    """Say who needs to sign what, and that something signed before is in effect until then."""
    asked, bond = line.bond.asked, line.bond
    if asked is None:
        return ""
    who = {"who": asked.signatory_name, "mou": asked.document.mou, "number": asked.document.number}
    if not bond.binds or bond.document is None:
        return _("%(who)s needs to sign “%(mou)s”") % who
    said = _(
        "%(who)s needs to sign document no. %(number)s of “%(mou)s”. Document no. "
        "%(before)s is in effect until then."
    )
    return said % {**who, "before": bond.document.number}


def due_matches(organization: Organization) -> list[Due]:
    """Return the matches that this partner has to confirm."""
    waiting = Match.objects.filter(
        contribution__organization=organization,
        contribution__withdrawn_at=None,
        need__withdrawn_at=None,
        state__in=[Match.State.PROPOSED, Match.State.INTRODUCED],
    ).exclude(need__organization__stage=Stage.FORMER)
    waiting = waiting.select_related("need__organization", "need__category")
    return [
        Due(
            _("%(who)s needs “%(what)s”. Say whether you can provide it.")
            % {"who": one.need.organization, "what": one.need.category},
            reverse("match", args=[one.uid]),
        )
        for one in waiting
    ]


def due_deliveries(organization: Organization, *, today: date) -> list[Due]:
    """Return the confirmed matches of which it is time to say whether they were delivered."""
    return [
        Due(match_letters.question(one), reverse("match", args=[one.uid]))
        for one, _day in match_reminders.standing_still(today=today, organization=organization)
        if one.state == Match.State.CONFIRMED
    ]


def due_people(organization: Organization, *, today: date) -> list[Due]:
    """Return how many people ask the partner to confirm that they work there."""
    waiting = confirming_positions.positions_waiting(today=today).at(organization).count()
    said = ngettext(
        "%(number)d person is asking you to confirm that they work here",
        "%(number)d people are asking you to confirm that they work here",
        waiting,
    )
    url = reverse("mine_colleagues", args=[organization.slug])
    return [Due(said % {"number": waiting}, url)] if waiting else []


def signatures_of(organization: Organization) -> SignatureQuerySet:
    """Return the signatures under this partner's parts, newest first."""
    found = Signature.objects.filter(part__role__organization=organization)
    return found.select_related("document__mou").order_by("-asked_at", "-pk")


def signed_copies(organization: Organization) -> list[tuple[Signature, date | None]]:
    """Return what the partner signed, newest first, each with the day from which it is in force."""
    given = list(signatures_of(organization).signed())
    days = binding.first_days(given, zone=zone_of_partnership())
    return [(one, days[one.pk]) for one in given]
