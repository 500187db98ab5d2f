"""Every "no" of the memorandum, children of `partners.people.exceptions.PartnersRefused`.

LinkRefused
└── LinkReplaced             a newer link to sign has taken the place of this one

PartnersRefused
├── HandOverRefused          a contact's work that can't be handed over like that
├── MouRefused               the memorandum or a part of it can't be changed that way
│   ├── ChangedMeanwhile     somebody else saved the same words
│   ├── ContactsChanged      others would be written to than the page showed
│   ├── MailedToday          whoever is reminded had a mail today
│   ├── MemorandumEnded      the memorandum has ended
│   ├── NoConsent            whoever signs has not agreed to sign electronically
│   ├── NobodyToWriteTo      nobody with an e-mail address is listed for a part
│   ├── NotCurrent           the document is not the newest one
│   ├── NoLongerOpen         given, declined, handed on or overtaken meanwhile
│   ├── NothingToChange      a part is returned without a word on what should change
│   ├── OtherName            whoever signs typed another name than the document has
│   └── TermOver             the last day of what would be signed is past
└── PageOutdated             what the signatory's page shows does not hold any more
    ├── LinkTooOld           the link to sign has run out
    └── SigningChanged       what is signed is not what the page showed
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from partners.models import Organization, Signature
from partners.people.exceptions import LinkRefused, PartnersRefused


class HandOverRefused(PartnersRefused):
    """A contact's work can't be handed over like that."""


class LinkReplaced(LinkRefused):
    """A newer link to the same ``signature`` has taken the place of this one."""

    def __init__(self, signature: Signature) -> None:
        self.signature = signature
        super().__init__()


class MouRefused(PartnersRefused):
    """The memorandum or a part of it can't be changed that way."""


class ChangedMeanwhile(MouRefused):
    """Somebody else saved the same words since the page was opened; ``who`` names them."""

    def __init__(self, *, who: str = "") -> None:
        self.who = who
        super().__init__(sentence=_("Someone else changed this while you were writing."))


class ContactsChanged(MouRefused):
    """Others than the page showed would be written to at some ``organizations`` now."""

    def __init__(self, organizations: Sequence[Organization], *, others_asked: bool = False) -> None:
        self.organizations, self.others_asked = list(organizations), others_asked
        if others_asked:
            sentence = _(
                "We didn't ask %(names)s, because their contacts changed after you looked. Check the "
                "list again. We asked the others."
            )
        else:
            sentence = _(
                "These contacts changed after you looked: %(names)s. We didn't ask anybody. Look at "
                "the marked rows and check them again."
            )
        super().__init__(sentence=sentence % {"names": ", ".join(str(one) for one in organizations)})


class MailedToday(MouRefused):
    """Whoever is to be reminded had a mail today."""

    def __init__(self, name: str) -> None:
        super().__init__(
            sentence=_("We already e-mailed %(name)s today. You can send one reminder a day.")
            % {"name": name}
        )


class MemorandumEnded(MouRefused):
    """The memorandum has ended, so nothing is begun any more."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This memorandum has ended."))


class NoConsent(MouRefused):
    """Whoever signs has not agreed to sign electronically."""

    def __init__(self) -> None:
        super().__init__(sentence=_("To sign here, first agree to sign electronically."))


class NobodyToWriteTo(MouRefused):
    """Nobody with an e-mail address is listed for a part."""

    def __init__(self, name: str) -> None:
        super().__init__(
            sentence=_("Nobody with an e-mail address is listed for %(name)s. Name a contact first.")
            % {"name": name}
        )


class NotCurrent(MouRefused):
    """Another document has taken the place of this one."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This isn't the current document."))


class NoLongerOpen(MouRefused):
    """The signature was given, declined, handed on or overtaken meanwhile."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This is no longer open for signature."))


class NothingToChange(MouRefused):
    """A part is given back to its partner without a word on what should change."""

    def __init__(self) -> None:
        super().__init__(sentence=_("Say what should change. The partner will read it."))


class OtherName(MouRefused):
    """Whoever signs typed another name than the document has."""

    def __init__(self, *, typed: str, name: str) -> None:
        sentence = _(
            "You typed “%(typed)s”, but the document names %(name)s. Type that name to sign. Accents, "
            "capital letters and titles such as “Dr.” don't matter."
        )
        super().__init__(sentence=sentence % {"typed": typed, "name": name})


class TermOver(MouRefused):
    """The last day of what would be signed is past, or the partner has left."""

    def __init__(self) -> None:
        sentence = _("This document's term is over for this partner, so it can no longer be signed.")
        super().__init__(sentence=sentence)


class PageOutdated(PartnersRefused):
    """What the signatory's page shows does not hold any more: another page answers, not the form again."""


class LinkTooOld(PageOutdated):
    """The link to sign has run out; a new one can be sent to the same address."""

    def __init__(self) -> None:
        sentence = _("This link has expired. Ask for a new one, and we'll send it to the same address.")
        super().__init__(sentence=sentence)


class SigningChanged(PageOutdated):
    """What is signed is not what the page showed when it was opened."""

    def __init__(self) -> None:
        sentence = _(
            "This changed after you opened the page, so you haven't signed anything. Read it again below."
        )
        super().__init__(sentence=sentence)
