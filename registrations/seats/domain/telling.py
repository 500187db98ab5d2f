"""Telling people of an act once its transaction is over: no lock is held while their mail is rendered.

The act writes what is to be told, which is a job. It is done as soon as the act is over where few are told
(`jobs.finishing`), by a worker where they are many or the process died in between. Each mail has its key, so
that everyone is told once.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from meetings.models import MeetingChange
from registrations.models import Registration
from registrations.seats.domain import designee_codes
from registrations.seats.domain.audience import audience
from registrations.seats.emails import designees, offering, places, replacing, substituting
from registrations.seats.emails import registering as emails
from registrations.seats.emails.cancelling import network_cancelled
from registrations.seats.emails.changes import meetings_changed
from stemnet import jobs
from stemnet.jobs import Run

CHANGES, LETTERS, CANCELLED = "registrations.tell", "registrations.letters", "registrations.tell_cancelled"
AT_ONCE = 100
PART = 25
WRITERS: dict[str, Callable[..., None]] = {
    "registered": emails.registered,
    "waiting": emails.waiting,
    "seat_given": emails.seat_given,
    "seat_offered": offering.seat_offered,
    "offer_expired": offering.offer_expired,
    "withdrawn": emails.withdrawn,
    "removed": emails.removed,
    "designee": designee_codes.ask_leader,
    "designee_ended": designees.designee_ended,
    "seat_held": emails.seat_held,
    "seat_passed_on": replacing.seat_passed_on,
    "seat_answered": replacing.seat_answered,
    "substitute_asked": substituting.substitute_asked,
    "substitute_answered": substituting.substitute_answered,
    "place_free": places.place_free,
    "guest_coming": substituting.guest_coming,
    "guest_ended": substituting.guest_ended,
}


def tell_changes(changes: Sequence[MeetingChange], *, at: datetime) -> None:
    """Tell everyone who is to come, once each; the caller's transaction has written ``changes``."""
    params = {"changes": [change.pk for change in changes]}
    _tell(CHANGES, params, people=len(audience(changes, at=at)), at=at)


def tell(registrations: Sequence[Registration], letter: str, *, at: datetime, **said: str | int) -> None:
    """Let each of ``registrations`` get a letter, one of WRITERS, which also needs what is ``said``."""
    keys = [registration.pk for registration in registrations]
    _tell(LETTERS, {"registrations": keys, "letter": letter, "said": said}, people=len(keys), at=at)


def tell_cancelled(registrations: Sequence[Registration], *, reason: str, at: datetime) -> None:
    """Tell everyone of ``registrations`` that their network is called off."""
    keys = [registration.pk for registration in registrations]
    _tell(CANCELLED, {"registrations": keys, "reason": reason}, people=len(keys), at=at)


def _tell(kind: str, params: dict[str, Any], *, people: int, at: datetime) -> None:
    """Write down what ``people`` are to be told."""
    if people:
        given = {**params, "at": at.isoformat()}
        jobs.start_job(kind=kind, params=given, by="", at=at, total=people, soon=people <= AT_ONCE)


def run_telling_changes(run: Run) -> None:
    """Do the job, a few people at a time; safe to be run again."""
    changes = MeetingChange.objects.select_related("meeting__network", "meeting__working_group")
    at = datetime.fromisoformat(run.params["at"])
    told = audience(list(changes.filter(pk__in=run.params["changes"]).order_by("pk")), at=at)
    run.expect(len(told))
    for start in range(0, len(told), PART):
        meetings_changed(told[start : start + PART], at=at)
        run.reach(min(start + PART, len(told)))


def run_letters(run: Run) -> None:
    """Do the job; safe to be run again."""
    write, at = WRITERS[run.params["letter"]], datetime.fromisoformat(run.params["at"])
    rows = Registration.objects.select_related("network", "person").in_bulk(run.params["registrations"])
    for key in run.params["registrations"]:
        if key in rows:
            write(rows[key], at=at, **run.params["said"])


def run_telling_cancelled(run: Run) -> None:
    """Do the job, a few people at a time; safe to be run again."""
    at, keys = datetime.fromisoformat(run.params["at"]), run.params["registrations"]
    rows = Registration.objects.select_related("person", "network").prefetch_related("person__emails")
    for start in range(0, len(keys), PART):
        part = rows.filter(pk__in=keys[start : start + PART]).order_by("pk")
        network_cancelled(part, reason=run.params["reason"], at=at)
        run.reach(min(start + PART, len(keys)))
