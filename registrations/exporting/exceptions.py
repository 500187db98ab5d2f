"""Every "no" of saved exports, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── ExportRefused        an export that can't be saved or made
    ├── ExportChanged    another page changed it meanwhile
    └── NotYourNetworks  whoever runs it is staff for none of its networks

What an exact file can't hold is `stemnet.exceptions.CellNotExact`.
"""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class ExportRefused(RegistrationsRefused):
    """This export can't be saved or made."""


class ExportChanged(ExportRefused):
    """The export was changed on another page since this one was opened."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("This export was changed on another page. Here it is as it is now: try again.")
        )


class NotYourNetworks(ExportRefused):
    """Somebody is staff for none of the networks of an export."""

    def __init__(self) -> None:
        super().__init__(sentence=_("You're not staff for any network of this export."))
