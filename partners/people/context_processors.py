"""What every page knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partners.models import Partnership, known_partnership


def partnership(request: HttpRequest) -> dict[str, Any]:
    """Give every page the partnership's names and contact; before it is set up, a nameless one."""
    return {
        "partnership": known_partnership()
        or Partnership(name=_("STEM network"), short_name=_("STEM network"))
    }
