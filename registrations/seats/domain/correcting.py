"""Staff correct what somebody typed about themselves: a name, where they work, the group they are in."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import WorkingGroup
from partners.models import Actor, Person, Position, local_day
from partners.people.domain import positions
from partners.people.domain.organizations import Workplace
from registrations.models import Registration, StaffAct
from registrations.seats.domain import groups, seats, staff_acts
from registrations.seats.emails import staff_acts as emails
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs
from stemnet.history import say_reason
from stemnet.telling import tell

LONGEST = 500
NAMES = ("first_name", "last_name", "certificate_name")


@dataclass(frozen=True, kw_only=True)
class Corrections:
    """What should stand there; ``seen`` is the fingerprint of what stood there when the form was opened."""

    first_name: str
    last_name: str
    certificate_name: str = ""
    workplace: Workplace
    job: str = ""
    group: WorkingGroup | None = None
    seen: str = ""


def standing_in(registration: Registration) -> Corrections:
    """Return what stands in a registration now."""
    person, position = registration.person, registration.position
    memberships = [one for one in registration.group_memberships.all() if one.left_at is None]
    return Corrections(
        first_name=person.first_name,
        last_name=person.last_name,
        certificate_name=person.certificate_name,
        workplace=Workplace(
            position.organization, "" if position.organization else position.organization_words
        )
        if position
        else Workplace(),
        job=position.job if position else "",
        group=memberships[0].working_group if memberships else None,
    )


def fingerprint(registration: Registration) -> str:
    """Return what a form carries to notice that somebody else corrected the same meanwhile."""
    now = standing_in(registration)
    place = now.workplace.organization.pk if now.workplace.organization else now.workplace.words
    group = now.group.pk if now.group else ""
    return "|".join(str(part) for part in (*(getattr(now, name) for name in NAMES), place, now.job, group))


def check_unchanged(registration: Registration, seen: str) -> None:
    """Raise RegistrationRefused where a registration is not as it was ``seen``."""
    if seen and seen != fingerprint(registration):
        raise _changed_meanwhile()


def _changed_meanwhile() -> RegistrationRefused:
    words = _("Somebody else changed this while you had it open. Look at what's here now, and save again.")
    return RegistrationRefused(sentence=words)


@jobs.finishing()
@transaction.atomic
def correct(registration: Registration, wanted: Corrections, *, by: Actor, at: datetime) -> list[str]:
    """Write what differs from ``wanted``, tell the person, and return in words what was corrected.

    The history of the registration says what stood there before; it can be undone for a week. Documents keep
    the name that was printed. Raises RegistrationRefused where the group is full or somebody corrected the
    same meanwhile.
    """
    seats.lock_network(registration.network)
    before = _kept(standing_in(_fresh(registration)))
    said = write(registration, wanted, by=by, at=at)
    if said:
        fresh, reason = _fresh(registration), "; ".join(said)[:LONGEST]
        act = staff_acts.note(
            StaffAct.Kind.CORRECTED,
            fresh,
            by=by,
            at=at,
            reason=reason,
            before=before,
            after=fingerprint(fresh),
        )
        tell(emails.staff_acted, act, at=at)
    return said


def _kept(corrections: Corrections) -> dict[str, Any]:
    """Return what stood there in a shape that a row can keep."""
    place, group = corrections.workplace, corrections.group
    return {
        **{name: getattr(corrections, name) for name in NAMES},
        "organization": place.organization.pk if place.organization else None,
        "organization_words": place.words,
        "job": corrections.job,
        "group": group.pk if group else None,
    }


def _fresh(registration: Registration) -> Registration:
    rows = Registration.objects.select_related("network", "person", "position__organization")
    return rows.prefetch_related("group_memberships__working_group").get(pk=registration.pk)


@transaction.atomic
def write(registration: Registration, wanted: Corrections, *, by: Actor, at: datetime) -> list[str]:
    """Write the same and its history, and tell nobody."""
    seats.lock_network(registration.network)
    registration = _fresh(registration)
    check_unchanged(registration, wanted.seen)
    before = standing_in(registration)
    said = _names(registration.person, wanted, before)
    said += _workplace(registration, wanted, before, on=local_day(at))
    if wanted.group != before.group:
        groups.choose_group(registration, wanted.group, instead_of=before.group, at=at)
        said.append(_step(_("group"), str(before.group or ""), str(wanted.group or "")))
    if said:
        reason = "; ".join(said)[:LONGEST]
        status = registration.status
        seats.write_registration_history(registration, from_status=status, by=by, at=at, reason=reason)
    return said


@jobs.finishing()
@transaction.atomic
def move_to_group(
    registration: Registration, group: WorkingGroup | None, *, was: int | None, by: Actor, at: datetime
) -> None:
    """Put somebody into ``group`` instead of the one with the key ``was``; None is no group.

    Raises RegistrationRefused where they are no longer in that one, or the group is full.
    """
    seats.lock_network(registration.network)
    before = standing_in(Registration.objects.select_related("person", "position").get(pk=registration.pk))
    if was != (before.group.pk if before.group else None):
        raise _changed_meanwhile()
    correct(registration, replace(before, group=group), by=by, at=at)


def _names(person: Person, wanted: Corrections, before: Corrections) -> list[str]:
    """Write the names that differ."""
    changed = [name for name in NAMES if getattr(wanted, name) != getattr(before, name)]
    if not changed:
        return []
    old, old_printed = str(person), person.printed_name
    for name in changed:
        setattr(person, name, getattr(wanted, name))
    say_reason(person, _("Corrected by staff"))
    person.save(update_fields=changed)
    said = [_step(_("name"), old, str(person))] if str(person) != old else []
    if person.printed_name != old_printed and "certificate_name" in changed:
        said.append(_step(_("name for the certificate"), old_printed, person.printed_name))
    return said


def _workplace(
    registration: Registration, wanted: Corrections, before: Corrections, *, on: date
) -> list[str]:
    """Write where the person works, in the position that was typed unless somebody confirmed that one."""
    if (wanted.workplace, wanted.job) == (before.workplace, before.job):
        return []
    position = registration.position
    if wanted.workplace == before.workplace and position is not None:
        old = position.get_job_display()
        position.job = wanted.job
        _save(position, ["job"])
        return [_step(_("job"), old, position.get_job_display())]
    if not wanted.workplace:
        raise RegistrationRefused(sentence=_("Choose an organization or type its name."))
    if position is None or position.confirmed_at is not None or _has_already(registration, wanted, on=on):
        registration.position = positions.hold(
            registration.person, workplace=wanted.workplace, job=wanted.job, on=on
        )
        registration.save(update_fields=["position"])
    else:
        position.organization = wanted.workplace.organization
        position.organization_words = "" if wanted.workplace.organization else wanted.workplace.words
        position.job = wanted.job
        _save(position, ["organization", "organization_words", "job"])
    return [_step(_("organization"), str(before.workplace), str(wanted.workplace))]


def _has_already(registration: Registration, wanted: Corrections, *, on: date) -> bool:
    """Return whether the person holds another position at the organization that is meant."""
    organization = wanted.workplace.organization
    if organization is None:
        return False
    return registration.person.positions.current(on).filter(organization=organization).exists()


def _save(position: Position, names: list[str]) -> None:
    say_reason(position, _("Corrected by staff"))
    position.save(update_fields=names)


def _step(what: str, old: str, new: str) -> str:
    """Say what stood there and what stands there now."""
    words = {"what": what, "old": old or _("none"), "new": new or _("none")}
    return _("%(what)s “%(old)s” to “%(new)s”") % words
