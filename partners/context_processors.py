"""What every page knows."""

from typing import Any

from django.http import HttpRequest

from partners.models import Partnership


def partnership(request: HttpRequest) -> dict[str, Any]:
    """Give every page the partnership's names and contact."""
    return {"partnership": Partnership.objects.select_related("host").first()}
