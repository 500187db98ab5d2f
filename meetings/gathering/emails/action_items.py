"""The mails about action items: one was given, and those that are due or overdue, one mail a person a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.gathering.emails import why
from meetings.models import ActionItem
from partners.models import Person
from partners.people.emails import WORDS, letter_to
from stemnet import wording
from stemnet.models import MailClass
from stemnet.outbox.queueing import Letter


def given(
    item: ActionItem, readers: Iterable[Person], *, by: Person, times: int, is_homework: bool = False
) -> list[Letter]:
    """Return the mails that say who gave an item; ``times`` tells one time that it was given from another."""
    return [
        letter_to(
            reader,
            WORDS,
            lambda: _given(item, by=by, is_homework=is_homework),
            key=f"action_item:{item.uid}:{times}:{reader.uid}",
            about=f"action_item:{item.uid}",
        )
        for reader in readers
    ]


def reminder(person: Person, items: list[ActionItem], *, today: date, expires_at: datetime) -> Letter:
    """Return the mail that reminds a person of their items and those of their organizations."""
    return letter_to(
        person,
        WORDS,
        lambda: _reminding(items, today=today),
        key=f"action_items:{person.uid}:{today}",
        mail_class=MailClass.REMINDER,
        expires_at=expires_at,
    )


def asked_again(item: ActionItem, person: Person, *, today: date) -> Letter:
    """Return the mail by which somebody is asked once more to answer homework."""
    return letter_to(
        person,
        WORDS,
        lambda: _reminding([item], today=today),
        key=f"homework:{item.uid}:{person.uid}:{today}",
        about=f"action_item:{item.uid}",
    )


def _given(item: ActionItem, *, by: Person, is_homework: bool) -> dict[str, Any]:
    values = {"by": by, "what": item.text, "day": wording.day(item.due_on), "where": item.source}
    subject = _("Homework: %(what)s") if is_homework else _("Action item: %(what)s")
    if item.organization:
        line = _("%(by)s asked %(organization)s to do this by %(day)s: %(what)s")
    else:
        line = _("%(by)s asked you to do this by %(day)s: %(what)s")
    lines = [line % {**values, "organization": item.organization}]
    if item.source:
        lines.append(_("It comes from “%(where)s”.") % values)
    return {
        "network": item.network,
        "filled": {**values, "who": by},
        "subject": subject % values,
        "lines": lines,
        "quote": item.details,
        "action": _("Answer") if is_homework else _("Open it, and say when it's done"),
        "url": item.get_absolute_url(),
        "why": why.owns(item),
    }


def _reminding(items: list[ActionItem], *, today: date) -> dict[str, Any]:
    late = [item for item in items if item.due_on < today]
    if len(items) == 1:
        item = items[0]
        subject = _("Overdue: %(what)s") if late else _("Reminder: %(what)s")
        return {
            "network": item.network,
            "subject": subject % {"what": item.text},
            "after": [line_about(item, today=today)],
            "quote": item.details,
            "action": _("Answer") if item.part_of_id else _("Open it, and say when it's done"),
            "url": item.get_absolute_url(),
            "why": why.owns(item),
        }
    subject = (
        ngettext("%(n)d overdue action item", "%(n)d overdue action items", len(late)) % {"n": len(late)}
        if late
        else _("Reminder: %(n)d action items") % {"n": len(items)}
    )
    return {
        "subject": subject,
        "after": [line_about(item, today=today) for item in items],
        "action": _("Open your action items"),
        "url": reverse("action_items"),
        "why": why.owns_some(),
    }


def line_about(item: ActionItem, *, today: date) -> str:
    """Say what is to be done and when it is or was due, and for which organization."""
    values = {"what": item.text, "day": wording.day(item.due_on), "organization": item.organization}
    if item.organization and item.due_on < today:
        return _("%(organization)s: “%(what)s” was due on %(day)s.") % values
    if item.organization:
        return _("%(organization)s: “%(what)s” is due on %(day)s.") % values
    if item.due_on < today:
        return _("“%(what)s” was due on %(day)s.") % values
    return _("“%(what)s” is due on %(day)s.") % values
