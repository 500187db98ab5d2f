"""How long files that nobody went on sending are kept."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.gathering.domain.uploads import forget
from meetings.models import Upload
from stemnet.retention.registry import Kept, add, of_rows


def add_classes() -> None:
    """Say how long they are kept."""
    add(
        Kept(
            "uploads",
            _("Uploads that were never finished"),
            _("since the last part arrived"),
            of_rows(Upload.objects.over, "expires_at", remove=_forget, person="owner__uid"),
            rule=_("Two days"),
        )
    )


def _forget(uploads: QuerySet[Any]) -> int:
    rows = list(uploads)
    for upload in rows:
        forget(upload)
    return len(rows)
