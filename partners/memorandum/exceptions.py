"""Every "no" of the memorandum: its text, parts, signatures and terms."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from partners.people.exceptions import PartnersRefused


class HandOverRefused(PartnersRefused):
    """A contact's work can't be handed over like that."""


class MouRefused(PartnersRefused):
    """The memorandum or a part of it can't be changed that way; ``str()`` says why."""


class ChangedMeanwhile(MouRefused):
    """Somebody else saved the same words since the page was opened; ``who`` names them."""

    def __init__(self, *, who: str = "") -> None:
        self.who = who
        super().__init__()

    def __str__(self) -> str:
        return _("Someone changed this while you were writing.")


class ContactsChanged(MouRefused):
    """Others than the page showed would be written to at some ``organizations`` now."""

    def __init__(self, organizations: Sequence[Any], *, others_asked: bool = False) -> None:
        self.organizations, self.others_asked = list(organizations), others_asked
        super().__init__()

    def __str__(self) -> str:
        names = {"names": ", ".join(str(one) for one in self.organizations)}
        if self.others_asked:
            return (
                _(
                    "Not asked, since whom we would write to changed after you looked: %(names)s. "
                    "Look at the list again. The others were asked."
                )
                % names
            )
        return (
            _(
                "Whom we would write to changed after you looked: %(names)s. Nobody was asked. "
                "Look at the marked rows and check them again."
            )
            % names
        )


class LinkTooOld(MouRefused):
    """The link to sign has run out; a new one can be sent to the same address."""

    def __str__(self) -> str:
        return _("This link has run out. Ask for a new one: it goes to the same address.")


class NotOpen(MouRefused):
    """The signature was given, declined, handed on or overtaken meanwhile."""

    def __str__(self) -> str:
        return _("This is no longer open for signature.")


class SigningChanged(MouRefused):
    """What is signed is not what the page showed when it was opened."""

    def __str__(self) -> str:
        return _("This changed after you opened the page, so nothing was signed. Read it again below.")


class TermOver(MouRefused):
    """The last day of what would be signed is past, or the partner has left."""

    def __str__(self) -> str:
        return _("The term of this document is over for this partner, so nothing is signed any more.")
