"""Setting a network up: everything of its one page, saved in one transaction."""

from datetime import datetime

from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from meetings.models import CoHost, Commitment, CommitmentVersion, Meeting, Network, WorkingGroup
from meetings.planning.domain import breaks, categories, counting, moving, planning
from meetings.planning.domain.leads import set_leads
from meetings.planning.domain.plans import CommitmentPlan, GroupPlan, MeetingPlan, Plan
from meetings.planning.domain.slots import write_slots
from meetings.planning.exceptions import PlanRefused, TitleTaken
from partners.models import Actor, Organization, acted, local_day
from stemnet.slugs import Shape, free_slug

GROUP_COLUMNS = ("title", "description", "places", "meets", "same_topic", "topic", "category")

ADDRESS: Shape = {"longest": 110, "otherwise": "network"}


def edition(network: Network) -> str:
    """Return what a page carries to notice that somebody else changed the network or moved a meeting."""
    moved = network.meetings.aggregate(n=Coalesce(models.Sum("sequence"), 0))["n"]
    return f"{network.edition}.{moved}"


@transaction.atomic
def create_network(plan: Plan, *, by: Actor, at: datetime, cloned_from: Network | None = None) -> Network:
    """Make a draft from ``plan`` and give it its address, once and with its school year."""
    network = Network(**plan.columns, cloned_from=cloned_from)
    check_title(network)
    name = f"{network.title} {network.school_year}"
    network.slug = free_slug(name, among=[(Network.objects.all(), "slug")], **ADDRESS)
    write_network(network, plan, meetings_locked=False, by=by, at=at)
    return network


@transaction.atomic
def save_network(network: Network, plan: Plan, *, meetings_locked: bool, by: Actor, at: datetime) -> Network:
    """Write ``plan`` over ``network``.

    ``meetings_locked`` says that people are registered: dates, times and places then change through
    `meetings.planning.domain.moving` only, and new meetings may be added, of which they are told.
    Raises PlanRefused or WallTimeRefused.
    """
    network = Network.objects.select_for_update().get(pk=network.pk)
    for name, value in plan.columns.items():
        if not (meetings_locked and name == "zone"):
            setattr(network, name, value)
    check_title(network)
    network.edition += 1
    with counting.watched(network, at=at):
        write_network(network, plan, meetings_locked=meetings_locked, by=by, at=at)
    return network


@transaction.atomic
def add_meeting(network: Network, plan: MeetingPlan, *, by: Actor, at: datetime) -> Meeting:
    """Add one meeting to ``network``; once that is published, who is registered is told of it.

    Raises WallTimeRefused for a time that does not exist on the day.
    """
    network = Network.objects.select_for_update().get(pk=network.pk)
    touch(network, by=by, at=at, save=True)
    with counting.watched(network, at=at):
        added = write_meetings(network, [plan], locked=network.published_at is not None, at=at)
    if network.published_at is not None:
        moving.announce(added, by=by, at=at)
    return added[0]


@transaction.atomic
def change_planned(meeting: Meeting, plan: MeetingPlan, *, by: Actor, at: datetime) -> Meeting:
    """Write date, time, place and link of a meeting of a draft, of which nobody was told yet.

    Raises PlanRefused once its network was published, WallTimeRefused for a time that does not exist.
    """
    network = Network.objects.select_for_update().get(meetings=meeting)
    if network.published_at is not None:
        raise PlanRefused(
            sentence=_(
                "The network is published, so people have to be told about changes. Use the portal's page "
                "for that."
            )
        )
    touch(network, by=by, at=at, save=True)
    with counting.watched(network, at=at):
        write_meetings(network, [plan], locked=False, at=at)
    return Meeting.objects.get(pk=meeting.pk)


def check_title(network: Network) -> None:
    """Refuse a second network of the same title in the same year, as a form sent twice would make."""
    same = Network.objects.filter(title__iexact=network.title, school_year=network.school_year)
    if same.exclude(pk=network.pk).exists():
        raise TitleTaken(network.school_year)


def touch(network: Network, *, by: Actor, at: datetime, save: bool = False) -> None:
    """Say who changed something of ``network``, so that a page that is open elsewhere notices."""
    network.edition += 1
    network.edited_at, network.edited_by_name = at, acted(by)["by_name"]
    if save:
        network.save(update_fields=["edition", "edited_at", "edited_by_name"])


def write_network(network: Network, plan: Plan, *, meetings_locked: bool, by: Actor, at: datetime) -> None:
    """Write the network's row and every row below it."""
    network.edited_at, network.edited_by_name = at, acted(by)["by_name"]
    network.save()
    network.subjects.set(plan.subjects)
    network.audiences.set(plan.audiences)
    network.standards.set(plan.standards)
    write_co_hosts(network, plan.co_hosts)
    write_commitments(network, plan.commitments, at=at)
    added = write_meetings(network, plan.meetings, locked=meetings_locked, at=at)
    groups = write_groups(network, plan.groups, at=at)
    if plan.slot_start and plan.slot_end:
        added += write_slots(network, plan, groups, locked=meetings_locked, at=at)
    if meetings_locked:
        moving.announce(added, by=by, at=at)


def write_co_hosts(network: Network, organizations: list[Organization]) -> None:
    """Make exactly these organizations the co-hosts."""
    network.co_hosts.exclude(organization__in=organizations).delete()
    known = set(network.co_hosts.values_list("organization", flat=True))
    CoHost.objects.bulk_create(
        CoHost(network=network, organization=organization)
        for organization in organizations
        if organization.pk not in known
    )


def write_commitments(network: Network, plans: list[CommitmentPlan], *, at: datetime) -> None:
    """Write the commitments in order; once the network was published a new wording is a new version."""
    for position, plan in enumerate(plans, start=1):
        commitment = plan.commitment or Commitment(network=network)
        if plan.remove:
            take_away(
                commitment,
                _("People have already accepted “%(name)s”, so it can't be removed.") % {"name": plan.text},
            )
            continue
        commitment.position, commitment.required = position, plan.required
        commitment.save()
        write_wording(commitment, plan.text, versioned=network.published_at is not None, at=at)


def write_wording(commitment: Commitment, text: str, *, versioned: bool, at: datetime) -> None:
    """Keep the wording if it is the same, correct it in a draft, else add the next version."""
    current = commitment.versions.order_by("-number").first()
    if current is None:
        commitment.versions.create(number=1, text=text, written_at=at)
    elif current.text != text and versioned:
        commitment.versions.create(number=current.number + 1, text=text, written_at=at)
    elif current.text != text:
        CommitmentVersion.objects.filter(pk=current.pk).update(text=text, written_at=at)


def write_meetings(
    network: Network, plans: list[MeetingPlan], *, locked: bool, at: datetime
) -> list[Meeting]:
    """Write the network's own meetings, and return the new ones."""
    added = []
    for plan in plans:
        meeting = plan.meeting or Meeting(network=network)
        if plan.remove and not locked:
            take_away(meeting, _("“%(name)s” is in use, so it can't be removed.") % {"name": meeting.title})
            continue
        write_meeting(network, meeting, plan, locked=locked, at=at)
        breaks.write(meeting, plan.breaks)
        if plan.meeting is None:
            added.append(meeting)
    return added


def write_meeting(
    network: Network, meeting: Meeting, plan: MeetingPlan, *, locked: bool, at: datetime
) -> None:
    """Write one meeting; of a locked one only what people need not be told of."""
    before = moving.facts(meeting)
    meeting.title, meeting.category = plan.title, plan.category
    if not (locked and plan.meeting):
        planning.set_time(
            meeting, on=plan.on, start_time=plan.start_time, end_time=plan.end_time, zone=network.zone
        )
        for name in ("modality", "venue", "address", "room", "join_url"):
            setattr(meeting, name, getattr(plan, name))
    if plan.category_minutes is not None:
        categories.write(meeting, plan.category_minutes)
    if plan.meeting and network.published_at:
        moving.revise(meeting, before=before, at=at)
    meeting.save()


def write_groups(
    network: Network, plans: list[GroupPlan], *, at: datetime
) -> list[tuple[WorkingGroup, GroupPlan]]:
    """Write the working groups; return those that remain, each with its plan."""
    remaining = []
    for plan in plans:
        group = plan.group or WorkingGroup(network=network)
        if plan.remove:
            take_away(
                group,
                _("People are in the group “%(name)s”, so it can't be removed.") % {"name": group.title},
            )
            continue
        for name in GROUP_COLUMNS:
            setattr(group, name, getattr(plan, name))
        group.save()
        set_leads(group, plan.leads, on=local_day(at))
        remaining.append((group, plan))
    return remaining


def take_away(row: models.Model, sentence: str) -> None:
    """Delete a row that nobody built on; else PlanRefused with ``sentence``."""
    if row.pk is None:
        return
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError as protected:
        raise PlanRefused(sentence=sentence) from protected
