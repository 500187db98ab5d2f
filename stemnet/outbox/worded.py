"""Which of the portal's own mails can be worded: each app names its mails and what can be put into them.

Every mail has a template of its own, or shares one that holds a subject and lines; of those the key names the
kind, as `queueing` says. A mail that nobody names here keeps the portal's words (docs/mail.md says why).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise


class Context(Protocol):
    """What a mail is told, as its template has it."""

    def get(self, key: str, default: Any = None, /) -> Any:
        """Return what is called ``key``."""

    def __getitem__(self, key: str, /) -> Any:
        """Return what is called ``key``, which it has."""


@dataclass(frozen=True)
class Place:
    """What can be put into a mail: its name in braces, its words, and how it is read."""

    name: str
    label: Promise
    reader: Callable[[Context], object] | None = None

    def read(self, context: Context) -> str:
        """Return what is put in for the reader of a mail; empty where this one says nothing of it."""
        if self.reader is not None:
            return str(self.reader(context))
        filled: Mapping[str, object] = context.get("filled") or {}
        value = filled.get(self.name, context.get(self.name))
        return "" if value is None else str(value)


@dataclass(frozen=True)
class OwnMail:
    """One kind of mail: what it is called and about, its template, and an example where it shares that.

    ``of_network`` says that a network words it, too, and not only the partnership.
    """

    kind: str
    label: Promise
    about: Promise
    template: str
    places: tuple[Place, ...] = ()
    of_network: bool = False
    subject: Promise | None = None
    line: Promise | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Return by what a mail is known to be of this kind."""
        return self.template, self.kind if self.subject is not None else ""


_mails: dict[tuple[str, str], OwnMail] = {}


def add(*mails: OwnMail) -> None:
    """Let these be worded; what is named last stands last in the list."""
    _mails.update({mail.key: mail for mail in mails})


def every_mail() -> dict[str, OwnMail]:
    """Return all of them by kind."""
    return {mail.kind: mail for mail in _mails.values()}


def find(template: str, kind: str) -> OwnMail | None:
    """Return the mail of this template, or of this kind where kinds share it; None if it keeps its words."""
    return _mails.get((template, "")) or _mails.get((template, kind))
