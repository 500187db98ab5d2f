"""How long the rows of a table that somebody brought are kept."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from partners.importing.domain.importing import forget_rows
from partners.models import TableImport
from stemnet.retention.registry import Kept, add, of_rows


def add_classes() -> None:
    """Say how long they are kept; how an import ended stays."""
    add(
        Kept(
            "imports",
            _("Rows of files that were uploaded to import"),
            _("since the file was uploaded"),
            of_rows(TableImport.objects.held_too_long, "at", remove=forget_rows, person="by__uid"),
            default=lambda: settings.IMPORT_KEPT_DAYS,
        )
    )
