"""The page that shows what an act will do, and what it sealed into its one field to be sent back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from stemnet.admin import looking
from stemnet.admin.acts import Act, Asking
from stemnet.admin.looking import Look
from stemnet.admin.plans import SHOWN, Plan

SALT = "stemnet.admin.act"


@dataclass(frozen=True)
class Shown:
    """What a page showed: the rows as they stood, what was said in the form, the key of the submission.

    ``look`` is the job that looked at the rows, where there were many.
    """

    key: str
    rows: list[tuple[int, str]]
    chosen: list[int]
    typed: dict[str, Any]
    back: str
    look: Look | None = None


@dataclass(frozen=True)
class Asked:
    """An act that is asked for: on which rows, what was typed, what is left out, where one came from."""

    owner: Any
    request: HttpRequest
    act: Act
    keys: Sequence[int]
    typed: dict[str, Any]
    back: str
    is_typed: bool = True
    left_out: frozenset[int] = frozenset()

    @property
    def said(self) -> dict[str, Any] | None:
        """Return the clean values of the form, or None where they can't be taken."""
        return self.act.said(self.typed)

    @property
    def asking(self) -> Asking:
        """Return who asks, when, and what they said."""
        return Asking(by=person_of(self.request), at=timezone.now(), said=self.said or {})


def page(asked: Asked, plan: Plan | None, *, look: Look | None = None) -> TemplateResponse:
    """Show what will happen; ``plan`` is None as long as the form has to be filled first."""
    owner, request, act, found = asked.owner, asked.request, asked.act, plan or Plan()
    number, everyone = found.number(asked.left_out), len(found.rows)
    sealed = [
        _for(owner, act, request),
        uuid.uuid4().hex,
        [] if look else found.rows,
        [] if look else list(asked.keys),
        asked.typed,
        asked.back,
        str(look.job.uid) if look else "",
    ]
    context = {
        **owner.admin_site.each_context(request),
        "opts": owner.opts,
        "list_name": owner.list_name or owner.opts.verbose_name_plural,
        "title": act.heading(number, len(asked.keys)) if plan else act.label,
        "act": act,
        "form": act.form(asked.typed if asked.is_typed else None),
        "is_known": plan is not None,
        "chosen": len(asked.keys),
        "going": [(line, line.pk not in asked.left_out) for line in found.going],
        "number": number,
        "all_going": everyone,
        "skipped": found.skipped,
        "all_skipped": found.all_skipped,
        "mails": found.mails(asked.left_out),
        "letters": found.letters,
        "button": act.button(number),
        "sealed": signing.dumps(sealed, salt=SALT, compress=True),
        "action_url": _address(owner, act),
        "back": asked.back,
    }
    request.current_app = owner.admin_site.name
    return TemplateResponse(request, "admin/confirm.html", context)


def _for(owner: Any, act: Act, request: HttpRequest) -> str:
    return f"{owner.opts.label_lower}.{act.name}:{request.user.pk}"


def _address(owner: Any, act: Act) -> str:
    return f"{owner.list_url()}acts/{act.name}/"


def opened(owner: Any, request: HttpRequest, act: Act) -> Shown | None:
    """Return what the page showed; None where it is not one of ours, and a message says so."""
    try:
        whose, *rest = signing.loads(request.POST.get("plan", ""), salt=SALT)
    except signing.BadSignature:
        whose, rest = "", []
    if whose != _for(owner, act, request):
        say_out_of_date(request)
        return None
    key, rows, keys, typed, back, uid = rest
    look = looking.of(uid, owner=owner, act=act, user=request.user) if uid else None
    if uid and look is None:
        say_out_of_date(request)
        return None
    if look is not None:
        return Shown(key, look.plan.rows, look.chosen, look.typed, back, look)
    return Shown(key, [(pk, seen) for pk, seen in rows], keys, typed, back)


def say_out_of_date(request: HttpRequest) -> None:
    """Say that what a page showed is no longer known."""
    messages.error(request, _("That page is out of date. Choose the rows again."))


def ticked(request: HttpRequest, shown: Shown) -> dict[int, str]:
    """Return the rows that are left in, as they were seen; those that were not shown are always in."""
    checked = set(request.POST.getlist("row"))
    return {pk: seen for place, (pk, seen) in enumerate(shown.rows) if place >= SHOWN or str(pk) in checked}


def person_of(request: HttpRequest) -> Any:
    """Return the person who asks. Raises PermissionDenied for a login without one."""
    person = getattr(request, "person", None)
    if person is None:
        raise PermissionDenied
    return person
