"""Every "no" of importing tables."""

from django.utils.translation import gettext as _

from partners.people.exceptions import PartnersRefused


class ImportRefused(PartnersRefused):
    """A table can't be imported like that; ``str()`` says why."""


class CellRefused(ImportRefused):
    """A cell does not hold what its column should; ``str()`` says why."""


class ImportChanged(ImportRefused):
    """What becomes of the rows is not what was looked at any more, so nothing was imported."""

    def __str__(self) -> str:
        return _(
            "Something changed after you looked at these rows, so nothing was imported. "
            "The rows below are looked at again; those that changed are marked."
        )
