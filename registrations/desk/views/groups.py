"""The page of a working group for whoever leads it: its next meeting, all of them, and its people."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.models import WorkingGroup
from partners.models import by_name
from partners.people.requests import PortalRequest, person_or_404
from registrations.desk.domain import staff_duties
from registrations.desk.pages.meeting_lines import meetings_of
from registrations.models import GroupMembership, Registration


@never_cache
@require_safe
def staff_group(request: PortalRequest, uid: UUID) -> HttpResponse:
    """Show one's own group: what is due, its meetings, and who is in it."""
    person, now = person_or_404(request), timezone.now()
    led = WorkingGroup.objects.led_by(person).select_related("network")
    group = get_object_or_404(led, uid=uid)
    members = GroupMembership.objects.current().filter(
        working_group=group, registration__status__in=Registration.LIVE
    )
    context = {
        "group": group,
        "due": staff_duties.meetings_due(person, at=now).filter(working_group=group),
        "meetings": meetings_of(group, at=now),
        "members": members.select_related(
            "registration__person", "registration__position__organization"
        ).order_by(*by_name("registration__person__")),
    }
    return render(request, "registrations/desk/group.html", context)
