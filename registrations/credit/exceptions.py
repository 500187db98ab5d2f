"""Every "no" of issuing documents, a child of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
├── IssuingRefused       a document that can't be issued, revoked or replaced
└── CredentialRefused    a document of which no verifiable credential can be had

What no font of the documents has is `stemnet.exceptions.Unprintable`, a seal that can't be used
`stemnet.exceptions.SealUnusable`.
"""

from registrations.seats.exceptions import RegistrationsRefused


class IssuingRefused(RegistrationsRefused):
    """This document can't be issued, revoked or replaced."""


class CredentialRefused(RegistrationsRefused):
    """No verifiable credential can be had of this document."""
