"""What every page knows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from partners.models import Partnership


def partnership(request: HttpRequest) -> dict[str, Any]:
    """Give every page the partnership's names and contact; before it is set up, a nameless one."""
    known = Partnership.objects.select_related("host").first()
    return {"partnership": known or Partnership(name=_("STEM network"), short_name=_("STEM network"))}
