"""Every "no" of issuing documents, a child of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── IssuingRefused       a document that can't be issued, revoked or replaced

What no font of the documents has is `stemnet.exceptions.Unprintable`, a seal that can't be used
`stemnet.exceptions.SealUnusable`.
"""

from registrations.seats.exceptions import RegistrationsRefused


class IssuingRefused(RegistrationsRefused):
    """This document can't be issued, revoked or replaced."""
