"""Doing a confirmed act, row by row, as a job: once for each submission, in the request or by a worker.

Each row is looked at again: one that stands otherwise than on the page is skipped, and named with the reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from stemnet import jobs
from stemnet.admin.acts import Act, Asking, Line
from stemnet.exceptions import Refused
from stemnet.models import Job
from stemnet.tables.writing import table_file

KIND = "admin.act"
AT_ONCE = 25  # more are done by a worker, with progress
TOGETHER = 50


@dataclass(frozen=True)
class Submission:
    """One confirmed act: on which rows, as each was seen, and what was said in its form."""

    key: UUID
    model: str
    act: str
    rows: Sequence[tuple[int, str]]
    typed: Mapping[str, Any]
    back: str


def begin(one: Submission, *, user: Any, at: datetime) -> tuple[Job, bool]:
    """Keep a submission as a job and return it, and whether it is new: the same key again does nothing.

    A small one is done at once.
    """
    params = {
        "model": one.model,
        "act": one.act,
        "rows": [list(row) for row in one.rows],
        "typed": dict(one.typed),
        "user": user.pk,
        "back": one.back,
    }
    known = Job.objects.filter(uid=one.key).first()
    if known is not None:
        return known, False
    try:
        with transaction.atomic():
            job = jobs.start_job(
                kind=KIND, params=params, by=str(user.person.uid), at=at, total=len(one.rows), uid=one.key
            )
    except IntegrityError:  # pressed twice at the same moment
        return Job.objects.get(uid=one.key), False
    if len(one.rows) <= AT_ONCE:
        mine = jobs.claim_job(job.pk, at=at)
        if mine is not None:
            jobs.run(mine, clock=timezone.now)
        job.refresh_from_db()
    return job, True


def run_act(run: jobs.Run) -> None:
    """Do the job of one submission; begun again, it skips what it has done."""
    owner = admin.site.get_model_admin(apps.get_model(run.params["model"]))
    act = act_of(owner, run.params["act"])
    user = get_user_model().objects.get(pk=run.params["user"])
    said = act.said(run.params["typed"]) or {}
    asking = Asking(by=user.person, at=timezone.now(), said=said)
    seen = {int(pk): state for pk, state in run.params["rows"]}
    run.expect(len(seen))
    if act.hands_out:
        _hand_out(run, act, owner.model._default_manager.filter(pk__in=list(seen)), asking)
        return
    skipped: list[str] = []
    number = 0
    for keys in _parts(list(seen)):
        rows = {row.pk: row for row in act.rows(owner.model._default_manager.filter(pk__in=keys))}
        lines = {line.pk: line for line in act.plan(list(rows.values()), asking=asking)}
        done = []
        for key in keys:
            number += 1
            no = _refusal(act, rows.get(key), lines.get(key), seen[key], asking)
            if no is None:
                done.append(key)
            else:
                skipped.append(no)
            run.reach(number)
        _log(user, owner, done, act.noted(asking=asking))
        jobs.make_room()
    run.note("\n".join(skipped))


def _hand_out(run: jobs.Run, act: Act, rows: Any, asking: Asking) -> None:
    """Keep the table of an act as the file of the job."""
    name, sheets = act.table(rows, asking=asking)
    with table_file(name, sheets) as file:
        run.keep(name, file)


def _refusal(act: Act, row: Any, line: Line | None, seen: str, asking: Asking) -> str | None:
    """Do one row; return why not where it is skipped."""
    if row is None or line is None:
        return _("One row is no longer there.")
    if line.seen != seen:
        why = line.skipped or _("It changed since you chose it.")
    elif line.skipped:
        why = line.skipped
    else:
        try:
            act.do(row, asking=asking)
        except Refused as refusal:
            why = str(refusal)
        else:
            return None
    return f"{line.name}: {why}"


def act_of(owner: Any, name: str) -> Act:
    """Return an act of a list by its name."""
    act: Act = next(one() for one in owner.all_acts() if one.name == name)
    return act


def _log(user: Any, owner: Any, keys: list[int], words: str) -> None:
    """Write into the admin's own history what was done to which rows."""
    rows = list(owner.model._default_manager.filter(pk__in=keys))
    if rows:
        LogEntry.objects.log_actions(user.pk, rows, CHANGE, change_message=words)


def _parts(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), TOGETHER):
        yield keys[start : start + TOGETHER]
