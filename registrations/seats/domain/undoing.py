"""Undoing what staff did to a registration, for a week, as long as nothing was built on it since."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Actor, Organization
from partners.people.domain.organizations import Workplace
from registrations.models import Evidence, Registration, StaffAct
from registrations.seats.domain import correcting, excusing, reopening, seats, staff_acts, waitlist
from registrations.seats.domain.ending import end
from registrations.seats.emails import staff_acts as emails
from registrations.seats.exceptions import RegistrationRefused
from stemnet import jobs, wording
from stemnet.telling import tell

Kind, Status = StaffAct.Kind, Registration.Status
Networks = dict[int, seats.Locked]


@jobs.finishing()
@transaction.atomic
def undo(act: StaffAct, *, by: Actor, at: datetime) -> StaffAct:
    """Put back what stood there before; again it changes nothing. The person is told.

    Raises RegistrationRefused once the week is over, or where something came of it since.
    """
    mine = [act.registration, act.came_from]
    networks = seats.lock_networks([one.network for one in mine if one is not None])
    staff_acts.hold_person(act.registration.person)
    rows = StaffAct.objects.select_related(
        "registration__person", "registration__network", "came_from__network", "meeting"
    )
    fresh = rows.get(pk=act.pk)
    if fresh.undone_at is not None:
        return fresh
    check_within(fresh, at=at)
    UNDOING[Kind(fresh.kind)](fresh, networks, by=by, at=at)
    fresh.undone_at, fresh.undone_by_name = at, str(by)[:200]
    fresh.save(update_fields=["undone_at", "undone_by_name"])
    tell(emails.staff_act_undone, fresh, at=at)
    for network in networks.values():
        waitlist.seat_from_waitlist(network, by=waitlist.WAITLIST, at=at)
    return fresh


def last_of(registration: Registration, *, at: datetime) -> StaffAct | None:
    """Return what staff did last to a registration and can still undo."""
    return registration.staff_acts.within(at).order_by("-at", "-pk").first()


def check_within(act: StaffAct, *, at: datetime) -> None:
    """Raise RegistrationRefused once the time to undo is over, or where another act followed."""
    if at >= act.undo_until:
        until = wording.moment(act.undo_until, act.registration.network.zone)
        raise RegistrationRefused(sentence=_("You could undo this until %(until)s.") % {"until": until})
    if act.registration.staff_acts.standing().filter(pk__gt=act.pk).exists():
        raise RegistrationRefused(
            sentence=_("Something else has been done for this person since then. Undo that first.")
        )


def _live(act: StaffAct) -> Registration:
    """Return the registration that an act made. Raises RegistrationRefused where it ended or was used."""
    one = act.registration
    if not one.is_live:
        raise RegistrationRefused(sentence=_("They aren't registered here anymore, so this can't be undone."))
    if Evidence.objects.standing().filter(registration=one, at__gt=act.at).exists():
        raise RegistrationRefused(
            sentence=_("Their attendance has been marked here since then, so this can't be undone.")
        )
    return one


def _added(act: StaffAct, _networks: Networks, *, by: Actor, at: datetime) -> None:
    end(_live(act), Status.REMOVED, by=by, at=at, reason=_("Undone"))


def _reopened(act: StaffAct, _networks: Networks, *, by: Actor, at: datetime) -> None:
    end(_live(act), Status(act.before["status"]), by=by, at=at, reason=_("Undone"))


def _moved(act: StaffAct, networks: Networks, *, by: Actor, at: datetime) -> None:
    old = act.came_from
    if old is None:
        raise AssertionError(act)
    if old.status != Status.MOVED:
        raise RegistrationRefused(
            sentence=_("They've been registered there again since then. Look at their page.")
        )
    end(_live(act), Status.MOVED, by=by, at=at, reason=_("Undone"))
    reopening.restore(old, act.before, network=networks[old.network_id], by=by, at=at)


def _removed(act: StaffAct, networks: Networks, *, by: Actor, at: datetime) -> None:
    one = act.registration
    if one.status != Status.REMOVED:
        raise RegistrationRefused(
            sentence=_("They've been registered there again since then. Look at their page.")
        )
    reopening.restore(one, act.before, network=networks[one.network_id], by=by, at=at)


def _corrected(act: StaffAct, _networks: Networks, *, by: Actor, at: datetime) -> None:
    before = act.before
    organization = Organization.objects.filter(pk=before["organization"]).first()
    correcting.write(
        act.registration,
        correcting.Corrections(
            **{name: before[name] for name in correcting.NAMES},
            workplace=Workplace(organization, before["organization_words"]),
            job=before["job"],
            group=act.registration.network.working_groups.filter(pk=before["group"]).first(),
            seen=act.after,
        ),
        by=by,
        at=at,
    )


def _excused(act: StaffAct, _networks: Networks, *, by: Actor, at: datetime) -> None:
    excusing.take_back_excuse(act, at=at)


UNDOING: dict[StaffAct.Kind, Callable[..., None]] = {
    Kind.ADDED: _added,
    Kind.MOVED: _moved,
    Kind.REOPENED: _reopened,
    Kind.REMOVED: _removed,
    Kind.CORRECTED: _corrected,
    Kind.EXCUSED: _excused,
}
