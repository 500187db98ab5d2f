"""What the list of registrations is opened for: who waits, who came to a meeting."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from meetings.models import Meeting
from registrations.models import Attendance, Registration, Seen
from stemnet import wording
from stemnet.admin.quick import Quick

Status = Registration.Status
QUICK = (
    Quick("seated", _("With a seat"), lambda at: Q(status=Status.SEATED)),
    Quick(
        "waiting",
        _("On the waitlist"),
        lambda at: Q(status__in=(Status.WAITING, Status.OFFERED)),
        tag=ngettext_lazy("%(n)s waiting", "%(n)s waiting", "n"),
        link=True,
    ),
    Quick(
        "unlisted",
        _("Organization not listed"),
        lambda at: (
            Q(status__in=Registration.LIVE, position__organization=None)
            & ~Q(position__organization_words="")
            & Q(position__isnull=False)
        ),
    ),
    Quick("gone", _("Left or removed"), lambda at: ~Q(status__in=Registration.LIVE)),
)


class CameTo(admin.SimpleListFilter):
    """Narrow to who came to one meeting; offered once a network is chosen, in one more query."""

    title = _("came to")
    parameter_name = "came"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the meetings of the chosen network."""
        network = request.GET.get("network", "")
        if not network.isdecimal():
            return []
        meetings = Meeting.objects.standing().filter(network=int(network[:18])).order_by("starts_at", "pk")
        return [(str(one.pk), f"{one.title}, {wording.day(one.on)}") for one in meetings]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return those who were seen there."""
        chosen = self.value() or ""
        return queryset.filter(came_to(int(chosen[:18]))) if chosen.isdecimal() else queryset

    def get_facet_counts(self, pk_attname: str, filtered_qs: QuerySet[Any]) -> dict[str, Count]:
        """Count all meetings by one query."""
        return {
            f"{number}__c": Count(pk_attname, filter=came_to(int(key)))
            for number, (key, _words) in enumerate(self.lookup_choices)
        }


def came_to(meeting: int) -> Q:
    """Return the condition that somebody was seen at a meeting."""
    seen = Attendance.objects.filter(meeting=meeting, status=Seen.PRESENT)
    return Q(pk__in=seen.values("registration"))
