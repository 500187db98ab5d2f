"""What meetings add to the page of an organization: those that it hosted."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from partners.models import Organization, Person
from stemnet import panels

LATEST = 20


def hosted_by(organization: Organization, *, person: Person, at: datetime) -> dict[str, Any]:
    """Return the newest meetings that an organization hosted; two queries."""
    rows = organization.hosted_meetings.select_related("network").order_by("-starts_at", "-pk")
    return {
        "key": "hosted",
        "title": _("Meetings hosted"),
        "number": rows.count(),
        "rows": list(rows[:LATEST]),
    }


panels.add("admin_partner", template="meetings/admin/_hosted.html", read=hosted_by, place=20)
