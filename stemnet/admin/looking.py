"""Planning an act on a long selection as a job, with progress; its page then says what will happen."""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from stemnet import jobs
from stemnet.admin import plans
from stemnet.admin.acts import Act, Asking
from stemnet.admin.doing import act_of
from stemnet.admin.plans import Plan
from stemnet.models import Job, JobState

KIND = "admin.look"
AT_ONCE = 1000  # rows; more are looked at by a worker


@dataclass(frozen=True)
class Look:
    """A plan that a job made, of which rows, and what was said in the form."""

    job: Job
    plan: Plan
    chosen: list[int]
    typed: dict[str, Any]
    is_typed: bool
    left_out: list[int]
    back: str


def begin(
    owner: Any,
    act: Act,
    keys: Sequence[int],
    *,
    typed: Mapping[str, Any],
    is_typed: bool,
    left_out: Sequence[int],
    back: str,
    user: Any,
    at: datetime,
) -> Job:
    """Ask for the plan of ``act`` on the rows of these keys."""
    uid = uuid4()
    title = _("%(act)s: looking at %(n)s rows") % {"act": act.label, "n": number_format(len(keys))}
    params = {
        "model": owner.opts.label_lower,
        "act": act.name,
        "keys": list(keys),
        "typed": dict(typed),
        "is_typed": is_typed,
        "left_out": list(left_out),
        "user": user.pk,
        "language": translation.get_language() or "en",
        "title": title,
        "back": back,
        "onward": f"{owner.list_url()}acts/{act.name}/?look={uid}",
    }
    by = str(user.person.uid)
    return jobs.start_job(kind=KIND, params=params, by=by, at=at, total=len(keys), uid=uid)


def run_look(run: jobs.Run) -> None:
    """Do the job: look at each row, and keep what would happen."""
    owner = admin.site.get_model_admin(apps.get_model(run.params["model"]))
    act = act_of(owner, run.params["act"])
    user = get_user_model().objects.get(pk=run.params["user"])
    keys = run.params["keys"]
    run.expect(len(keys))
    done = 0

    def reach(number: int) -> None:
        nonlocal done
        done += number
        run.reach(done)

    with translation.override(run.params["language"]):
        said = act.said(run.params["typed"]) or {}
        asking = Asking(by=user.person, at=timezone.now(), said=said)
        rows = owner.model._default_manager.all()
        plan = plans.made(act, rows, keys, asking=asking, reach=reach)
    run.keep("plan.json", io.BytesIO(json.dumps(plans.as_json(plan)).encode()))


def of(uid: str, *, owner: Any, act: Act, user: Any) -> Look | None:
    """Return a finished look that ``user`` asked for, or None where it isn't theirs or no longer kept."""
    try:
        found = Job.objects.filter(uid=UUID(uid), kind=KIND, state=JobState.DONE).first()
    except ValueError:
        return None
    if found is None or not found.result:
        return None
    params = found.params
    if (params["model"], params["act"], params["user"]) != (owner.opts.label_lower, act.name, user.pk):
        return None
    with found.result.open("rb") as file:
        plan = plans.from_json(json.load(file))
    names = ("typed", "is_typed", "left_out", "back")
    return Look(found, plan, params["keys"], **{name: params[name] for name in names})
