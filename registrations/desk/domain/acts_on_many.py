"""Acts of staff on many people of a network: what will happen to each, and doing it as a job.

Each row is done by the function that does it for one person. A row that changed since it was shown is
skipped and named.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meetings.models import Network, WorkingGroup
from partners.models import Person
from registrations.credit.domain import issuing
from registrations.credit.domain.readiness import Readiness, course_of, readiness_in
from registrations.desk.domain import acts_on_each
from registrations.desk.domain.acts_on_each import CHANGED, Line, Seen
from registrations.models import Registration
from registrations.models.seats.registration import RegistrationQuerySet
from registrations.seats.domain import correcting, groups, seats
from registrations.seats.exceptions import RegistrationsRefused
from stemnet import jobs
from stemnet.models import Job

KIND = "registrations.people"
GROUP, ISSUE = "group", "issue"
LONGEST = correcting.LONGEST
MOVED_AT_ONCE, TOGETHER = 25, 25


@dataclass(frozen=True)
class Submission:
    """One confirmed act on people of a network, each as they were seen."""

    key: UUID
    act: str
    network: Network
    rows: Sequence[tuple[str, str]]
    typed: Mapping[str, Any]
    title: str
    back: str

    def uid_for(self, by: Person) -> UUID:
        """Return the uid of its job: sent twice it is the same, with another choice it is another one."""
        said = [self.act, self.network.pk, self.rows, sorted(self.typed.items()), by.pk]
        return uuid5(self.key, repr(said))


def to_be_moved(people: RegistrationQuerySet) -> RegistrationQuerySet:
    """Return ``people`` with all that a move looks at."""
    return people.select_related("person", "position__organization", "network").prefetch_related(
        "group_memberships__working_group", "person__emails"
    )


def groups_of(registration: Registration) -> list[WorkingGroup]:
    """Return the groups that somebody is in now, the longest first."""
    current = [one for one in registration.group_memberships.all() if one.left_at is None]
    return [one.working_group for one in sorted(current, key=lambda one: one.pk)]


def plan_move(people: RegistrationQuerySet) -> list[Line]:
    """Return who can be moved, and the group that each is in now."""
    return [
        Line(
            registration=one,
            now=", ".join(str(group) for group in groups_of(one)),
            skipped="" if one.is_live else _gone(),
            seen=correcting.fingerprint(one),
        )
        for one in to_be_moved(people)
    ]


def plan_issue(people: RegistrationQuerySet, *, at: datetime) -> list[Line]:
    """Return who gets which documents, and what the others lack."""
    rows = list(people.select_related("person", "network"))
    ready = _stands(rows, at=at)
    return [_issue_line(one, ready.get(one.person_id)) for one in rows]


def _gone() -> str:
    return _("has no seat and doesn't wait for one")


def _stands(rows: Sequence[Registration], *, at: datetime) -> dict[int, Readiness]:
    """Return where each person of ``rows``, all of one network, stands, by key."""
    if not rows:
        return {}
    course = course_of(rows[0].network, at=at)
    return {one.person.pk: one for one in readiness_in(course, [row.person_id for row in rows])}


def _issue_line(one: Registration, stand: Readiness | None) -> Line:
    if stand is None:
        return Line(one, "", _("There's no attendance to confirm."), "")
    seen = f"{stand.minutes_counted}|{','.join(stand.ready)}"
    if stand.ready:
        return Line(one, capfirst(", ".join(stand.ready_names.values())), "", seen)
    return Line(one, "", stand.reason or _("has every document already"), seen)


def begin(one: Submission, *, by: Person, at: datetime) -> Job:
    """Keep a submission as a job, once, and return it; a small one is done at once."""
    uid = one.uid_for(by)
    params = {
        "act": one.act,
        "slug": one.network.slug,
        "rows": [list(row) for row in one.rows],
        "typed": dict(one.typed),
        "at": at.isoformat(),
        "language": translation.get_language() or "en",
        "title": one.title,
        "back": one.back,
    }
    try:
        with transaction.atomic():
            job = jobs.start_job(
                kind=KIND, params=params, by=str(by.uid), at=at, total=len(one.rows), uid=uid
            )
    except IntegrityError:  # sent twice
        return Job.objects.get(uid=uid)
    at_once = settings.ISSUE_JOB_PEOPLE if one.act == ISSUE else MOVED_AT_ONCE
    if len(one.rows) <= at_once and (mine := jobs.claim_job(job.pk, at=at)):
        jobs.run(mine, clock=timezone.now)
        job.refresh_from_db()
    return job


def run_act(run: jobs.Run) -> None:
    """Do the job of one submission, and note who was skipped and why, a line each."""
    network = Network.objects.get(slug=run.params["slug"])
    by, at = Person.objects.get(uid=run.actor), datetime.fromisoformat(run.params["at"])
    act = run.params["act"]
    doing: Callable[..., Iterable[str]]
    doing = {GROUP: _move, ISSUE: _issue}.get(act) or partial(acts_on_each.do_each, act)
    seen = {str(uid): state for uid, state in run.params["rows"]}
    keys = list(seen)
    skipped: list[str] = []
    run.expect(len(keys))
    with translation.override(run.params["language"]):
        for start in range(0, len(keys), TOGETHER):
            part = network.registrations.filter(uid__in=keys[start : start + TOGETHER]).by_name()
            skipped += doing(part, seen, run.params["typed"], by=by, at=at)
            run.reach(min(start + TOGETHER, len(keys)))
            if start + TOGETHER < len(keys):
                jobs.make_room()
    run.note("\n".join(skipped))


def _move(
    people: RegistrationQuerySet, seen: Seen, typed: Mapping[str, str], *, by: Person, at: datetime
) -> Iterator[str]:
    """Move each into the group that was chosen; give a sentence for each who stays where they are."""
    group = WorkingGroup.objects.get(uid=typed["group"]) if typed["group"] else None
    for one in to_be_moved(people):
        standing, current = correcting.standing_in(one), groups_of(one)
        if not one.is_live:
            yield f"{one.person}: {_gone()}"
            continue
        if current == ([group] if group else []):
            continue
        wanted = replace(standing, group=group, seen=seen[str(one.uid)])
        try:
            if len(current) > 1:
                _out_of_several(one, wanted, leaving=current, by=by, at=at)
            else:
                correcting.correct(one, wanted, by=by, at=at)
        except RegistrationsRefused as refusal:
            yield f"{one.person}: {refusal}"


@transaction.atomic
def _out_of_several(
    one: Registration,
    wanted: correcting.Corrections,
    *,
    leaving: list[WorkingGroup],
    by: Person,
    at: datetime,
) -> None:
    """Move somebody out of several groups into one or none. Raises RegistrationRefused as one move does."""
    correcting.check_unchanged(one, wanted.seen)
    if wanted.group:
        groups.enter_group(one, wanted.group, leaving=leaving, invited=True, at=at)
    else:
        groups.choose_group(one, None, at=at)
    was, now = ", ".join(map(str, leaving)), str(wanted.group or _("none"))
    reason = _("group “%(old)s” to “%(new)s”") % {"old": was, "new": now}
    seats.write_registration_history(one, from_status=one.status, by=by, at=at, reason=reason[:LONGEST])


def _issue(
    people: RegistrationQuerySet, seen: Seen, _typed: Mapping[str, str], *, by: Person, at: datetime
) -> Iterator[str]:
    """Issue to each what was shown; give a sentence for each who gets nothing."""
    rows = {one.person_id: one for one in people.select_related("person", "network")}
    stands = _stands(list(rows.values()), at=at)
    good: list[Readiness] = []
    for key, row in rows.items():
        line = _issue_line(row, stands.get(key))
        why = line.skipped if line.seen == seen[str(row.uid)] else str(CHANGED)
        if why:
            yield f"{row.person}: {why}"
        else:
            good.append(stands[key])
    for outcome in issuing.issue_all(good, by=by, at=at):
        if not outcome.issued:
            yield f"{outcome.person}: {outcome.reason}"
