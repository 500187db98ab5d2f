"""Every "no" of issuing documents."""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class IssuingRefused(RegistrationsRefused):
    """This document can't be issued, revoked or replaced."""


class UnprintableCharacters(IssuingRefused):
    """No font of the documents has these characters."""

    def __init__(self, characters: str) -> None:
        message = _("Our documents cannot print these characters: %(characters)s")
        super().__init__(message % {"characters": characters})
