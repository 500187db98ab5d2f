"""What the list of organizations is opened for: whose part is missing, who has no contact."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from partners.models import Contact, Mou, MouRole, Need, Position, Stage, local_day, zone_of_partnership
from partners.models.memorandum.role import MouRoleQuerySet
from stemnet.admin.quick import Quick

SILENT_DAYS = 90
CONTACT_WANTED = (Stage.PARTNER, Stage.DRAFTING)


def parts_here() -> MouRoleQuerySet:
    """Return the standing parts of an organization in memoranda of now, for a subquery."""
    parts = MouRole.objects.standing().filter(organization=OuterRef("pk"))
    return parts.exclude(mou__status=Mou.Status.ENDED)


def part_missing(at: datetime) -> Exists:
    """Ask whose part is asked for and not submitted."""
    return Exists(parts_here().filter(status__in=MouRole.EDITABLE))


def part_overdue(at: datetime) -> Exists:
    """Ask whose part should have been submitted."""
    zone = zone_of_partnership()
    missing = parts_here().filter(status__in=MouRole.EDITABLE)
    return Exists(missing.overdue(local_day(at, zone), zone=zone))


def part_to_read(at: datetime) -> Exists:
    """Ask whose part was submitted and waits for the coordinator."""
    return Exists(parts_here().filter(status=MouRole.Status.SUBMITTED))


def without_contact(at: datetime) -> Q:
    """Ask which partners, and those who draft, have nobody to write to."""
    lead = Exists(parts_here().filter(lead_contact__isnull=False))
    contact = Exists(Position.objects.filter(organization=OuterRef("pk")).speaking(local_day(at)))
    return Q(stage__in=CONTACT_WANTED) & ~Q(lead) & ~Q(contact)


def needs_open(at: datetime) -> Exists:
    """Ask who has needs that stand."""
    return Exists(Need.objects.open().filter(organization=OuterRef("pk")))


def silent(at: datetime) -> Q:
    """Ask which partners nobody visited, called or wrote to for 90 days."""
    since = local_day(at) - timedelta(days=SILENT_DAYS)
    spoken = Exists(Contact.objects.filter(organization=OuterRef("pk"), on__gte=since))
    return Q(stage=Stage.PARTNER) & ~Q(spoken)


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
    Quick("silent", _("No word for 90 days"), silent, link=True),
)
