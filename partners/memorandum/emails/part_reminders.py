"""The mail that reminds of parts of the memorandum: one a person a day, about all that are waited for."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.models import MouRole, Person
from partners.people.emails import WORDS, letter_to
from stemnet import wording
from stemnet.models import MailClass
from stemnet.outbox.queueing import Letter


def reminder(
    person: Person, roles: list[MouRole], *, today: date, expires_at: datetime, own_line: str = ""
) -> Letter:
    """Return the mail that reminds a person of parts that are not submitted, some of them overdue.

    Where it is about one part, ``own_line`` comes after its first sentence.
    """
    return letter_to(
        person,
        WORDS,
        lambda: _one(roles[0], today, own_line) if len(roles) == 1 else _many(roles, today),
        key=key_of(str(person.uid), today),
        expires_at=expires_at,
        mail_class=MailClass.REMINDER,
    )


def key_of(uid: str, today: date) -> str:
    """Return the key by which a person gets one reminder a day."""
    return f"part_reminder:{uid}:{today}"


def _one(role: MouRole, today: date, own_line: str) -> dict[str, Any]:
    """Say what is waited for where it is one part."""
    values = _values(role)
    if role.due is None:
        subject = _("Reminder: the part for %(organization)s")
        line = _("The part of “%(mou)s” for %(organization)s hasn't been submitted yet.")
    elif _is_late(role, today):
        subject = _("Overdue: the part for %(organization)s")
        line = _(
            "The part of “%(mou)s” for %(organization)s was due on %(day)s. It hasn't been submitted yet."
        )
    else:
        subject = _("Reminder: the part for %(organization)s, due %(day)s")
        line = _(
            "The part of “%(mou)s” for %(organization)s is due on %(day)s. It hasn't been submitted yet."
        )
    return {
        "subject": subject % values,
        "lines": [line % values, *([own_line] if own_line else []), *_lacking(role)],
        "action": _("Open your part"),
        "url": role.get_absolute_url(),
        "why": why.writes_part(role.organization),
    }


def _many(roles: list[MouRole], today: date) -> dict[str, Any]:
    """Say what is waited for where one person writes or answers for several parts."""
    late = any(_is_late(role, today) for role in roles)
    subject = _("Overdue: %(count)s parts of the MOU") if late else _("Reminder: %(count)s parts of the MOU")
    lines = [
        (
            _("%(organization)s, “%(mou)s”: was due on %(day)s.")
            if _is_late(role, today)
            else _("%(organization)s, “%(mou)s”: is due on %(day)s.")
        )
        % _values(role)
        for role in roles
    ]
    mous = {role.mou for role in roles}
    page = roles[0].mou.get_absolute_url() if len(mous) == 1 else reverse("mous")
    return {
        "subject": subject % {"count": len(roles)},
        "lines": [_("These parts haven't been submitted yet:"), *lines],
        "action": _("Open your parts"),
        "url": page,
        "why": why.writes_part(roles[0].organization),
    }


def _is_late(role: MouRole, today: date) -> bool:
    return role.due is not None and role.due < today


def _values(role: MouRole) -> dict[str, Any]:
    day = wording.day(role.due) if role.due else ""
    return {"organization": role.organization, "mou": role.mou, "day": day}


def _lacking(role: MouRole) -> list[str]:
    """Say what a part still needs before it can be submitted."""
    lacking = []
    if not role.does.strip():
        lacking.append(_("what you do"))
    if not (role.signatory_name and role.signatory_title and role.signatory_email):
        lacking.append(_("the name, title and e-mail of the leader who signs"))
    if not lacking:
        return []
    return [_("Still missing: %(what)s.") % {"what": "; ".join(lacking)}]
