"""Every "no" of writing to people, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── MessageRefused           a message can't go out as it is, or not any more
    ├── TextRefused          its subject or text can't be sent; it says in which field
    ├── NobodyToWrite        nobody was chosen, or nobody who was chosen can be written to
    └── NotStoppable         it is going out, or it has gone
"""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class MessageRefused(RegistrationsRefused):
    """This message can't go out as it is, or not any more."""


class TextRefused(MessageRefused):
    """A subject or text can't be sent; ``field`` says which of the two."""

    def __init__(self, *, field: str, words: str) -> None:
        self.field = field
        super().__init__(sentence=words)


class NobodyToWrite(MessageRefused):
    """Nobody was chosen, or nobody who was chosen can be written to."""

    def __init__(self, chosen: int) -> None:
        if chosen:
            words = _("None of the people you chose can be reached by e-mail. Choose others.")
        else:
            words = _("There's nobody to write to. Choose other people.")
        super().__init__(sentence=words)


class NotStoppable(MessageRefused):
    """The message is going out, or it has gone."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("This message is already going out to everyone. It's too late to stop it.")
        )
