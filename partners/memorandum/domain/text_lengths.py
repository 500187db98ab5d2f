"""How long a text may be: what the model says, also where no form stands before it."""

from django.db import models
from django.utils.translation import gettext as _

from partners.memorandum.exceptions import MouRefused


def check_lengths(row: models.Model, *names: str) -> None:
    """Raise MouRefused where a text of ``row`` has more characters than its column's ``max_length``."""
    for name in names:
        limit: int | None = getattr(row._meta.get_field(name), "max_length", None)
        length = len(getattr(row, name))
        if limit is not None and length > limit:
            raise MouRefused(
                sentence=_("This text has %(length)s characters. The limit is %(limit)s.")
                % {"length": length, "limit": limit}
            )
