"""What the list of organizations is opened for: whose part is missing, who has no contact."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partners.models import Contact, Mou, MouRole, Need, Position, Stage, local_day, zone_of_partnership
from partners.models.memorandum.role import MouRoleQuerySet
from stemnet.admin.quick import Quick

SILENT_DAYS = 90
CONTACT_WANTED = (Stage.PARTNER, Stage.DRAFTING)


def of_rows(rows: QuerySet[Any]) -> Q:
    """Return the condition that an organization is named in one of ``rows``, which is asked once for all."""
    return Q(pk__in=rows.order_by().values("organization"))


def parts_now() -> MouRoleQuerySet:
    """Return the standing parts in memoranda of now."""
    return MouRole.objects.standing().exclude(mou__status=Mou.Status.ENDED)


def part_missing(at: datetime) -> Q:
    """Ask whose part is asked for and not submitted."""
    return of_rows(parts_now().filter(status__in=MouRole.EDITABLE))


def part_overdue(at: datetime) -> Q:
    """Ask whose part should have been submitted."""
    zone = zone_of_partnership()
    missing = parts_now().filter(status__in=MouRole.EDITABLE)
    return of_rows(missing.overdue(local_day(at, zone), zone=zone))


def part_to_read(at: datetime) -> Q:
    """Ask whose part was submitted and waits for the coordinator."""
    return of_rows(parts_now().filter(status=MouRole.Status.SUBMITTED))


def without_contact(at: datetime) -> Q:
    """Ask which partners, and those who draft, have nobody to write to."""
    lead = parts_now().filter(lead_contact__isnull=False)
    contact = Position.objects.filter(organization__isnull=False).speaking(local_day(at))
    return Q(stage__in=CONTACT_WANTED) & ~of_rows(lead) & ~of_rows(contact)


def needs_open(at: datetime) -> Q:
    """Ask who has needs that stand."""
    return of_rows(Need.objects.open())


def silent(at: datetime) -> Q:
    """Ask which partners nobody visited, called or wrote to for 90 days."""
    since = local_day(at) - timedelta(days=SILENT_DAYS)
    return Q(stage=Stage.PARTNER) & ~of_rows(Contact.objects.filter(on__gte=since))


QUICK = (
    Quick("missing", _("Part missing"), part_missing, link=True),
    Quick(
        "overdue",
        _("Part overdue"),
        part_overdue,
        figure=ngettext_lazy("part overdue", "parts overdue", "n"),
    ),
    Quick("to_read", _("To read"), part_to_read),
    Quick(
        "no_contact",
        _("No contact"),
        without_contact,
        tag=ngettext_lazy("%(n)s without a contact", "%(n)s without a contact", "n"),
    ),
    Quick("needs", _("Needs open"), needs_open),
    Quick("silent", _("No contact for 90 days"), silent, link=True),
)
