"""Every "no" of importing tables, children of `partners.people.exceptions.PartnersRefused`.

PartnersRefused
└── ImportRefused        a table that can't be imported like that
    ├── CellRefused      a cell that does not hold what its column should
    └── ImportChanged    what becomes of the rows is not what was looked at
"""

from django.utils.translation import gettext as _

from partners.people.exceptions import PartnersRefused


class ImportRefused(PartnersRefused):
    """A table can't be imported like that."""


class CellRefused(ImportRefused):
    """A cell does not hold what its column should."""


class ImportChanged(ImportRefused):
    """What becomes of the rows is not what was looked at any more: nothing, or nothing more, is imported."""

    def __init__(self, *, written: int = 0) -> None:
        if written:
            sentence = _(
                "Something changed while we imported, so we stopped after %(number)s rows. We checked the "
                "rows again below: what was imported says “no change”, and the rest is still to do."
            )
        else:
            sentence = _(
                "Something changed after you checked these rows, so nothing was imported. We checked "
                "them again below and marked the ones that changed."
            )
        super().__init__(sentence=sentence % {"number": written})
