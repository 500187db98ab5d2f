"""Continuing a network in another school year: its texts, groups and commitments, not its people."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from meetings.models import Appointment, Meeting, Modality, Network
from meetings.planning.domain import categories
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.domain.plans import CommitmentPlan, GroupPlan, MeetingPlan, Plan
from meetings.planning.domain.setting_up import create_network
from meetings.planning.exceptions import PlanRefused
from partners.models import Actor, Person

KEPT = [
    "title",
    "kind",
    "who_should_attend",
    "summary",
    "description",
    "language",
    "zone",
    "seats",
    "waitlist",
    "waitlist_limit",
    "line_rule",
    "offer_hours",
    "groups_each",
    "takes_guests",
    "guest_places",
    "contact_name",
    "contact_email",
    "asks_evaluation",
    "evaluation_days",
    "requires_demonstration",
    "credit_code",
    "provider",
    "pdp_topic",
    "pdp_category",
    "breaks_count",
    "objectives",
    "assessment",
    "signatory_name",
    "signatory_title",
    "mail_words",
]


@transaction.atomic
def clone(network: Network, *, school_year: str, dates: list[date], by: Actor, at: datetime) -> Network:
    """Make a draft of ``network`` for ``school_year`` on new ``dates``; no registrations, leads or links.

    Raises PlanRefused for a year that it was held in, WallTimeRefused for a date that lacks the wall time.
    """
    if school_year == network.school_year:
        raise PlanRefused(sentence=_("This network is already the one for %(year)s.") % {"year": school_year})
    copy = create_network(plan_of(network, school_year, dates), by=by, at=at, cloned_from=network)
    for group in network.working_groups.all():
        kept = {name: getattr(group, name) for name in ("kind", "joining", "is_public")}
        copy.working_groups.filter(title=group.title).update(**kept)
    if isinstance(by, Person) and not by.is_coordinator:
        Appointment.objects.create(network=copy, person=by, role=Appointment.Role.COORDINATOR)
    return copy


def plan_of(network: Network, school_year: str, dates: list[date]) -> Plan:
    """Return what ``network`` would be on other dates."""
    own = list(network.meetings.own().prefetch_related("breaks"))
    slots = list(network.meetings.filter(in_slot=True).order_by("starts_at"))
    slot_days = {meeting.on for meeting in slots}
    return Plan(
        columns={**{name: getattr(network, name) for name in KEPT}, "school_year": school_year},
        subjects=list(network.subjects.all()),
        audiences=list(network.audiences.all()),
        standards=list(network.standards.all()),
        co_hosts=[co_host.organization for co_host in network.co_hosts.select_related("organization")],
        meetings=[
            meeting_plan(own, step, on, groups_after=not own or after(own, step).on in slot_days)
            for step, on in enumerate(dates)
        ],
        groups=group_plans(network, slots),
        commitments=[
            CommitmentPlan(text=str(commitment), required=commitment.required)
            for commitment in network.commitments.prefetch_related("versions")
        ],
        slot_start=slots[0].start_time if slots else None,
        slot_end=slots[0].end_time if slots else None,
    )


def after(own: list[Meeting], step: int) -> Meeting:
    """Return the meeting that the new one of this place follows; beyond the last, the last."""
    return own[min(step, len(own) - 1)]


def meeting_plan(own: list[Meeting], step: int, on: date, *, groups_after: bool) -> MeetingPlan:
    """Return a meeting on ``on`` like the one in the same place of last year's series."""
    plain = MeetingPlan(
        title=_("Meeting %(number)d") % {"number": step + 1},
        on=on,
        start_time=time(9),
        end_time=time(12),
        groups_after=groups_after,
    )
    if not own:
        return plain
    model = after(own, step)
    if step < len(own):
        plain.title = model.title
    for name in ("start_time", "end_time", "modality", "venue", "address", "room", "category"):
        setattr(plain, name, getattr(model, name))
    plain.category_minutes = categories.shares_of(model)
    plain.breaks = [BreakPlan(one.start_time, one.minutes) for one in model.breaks.all()]
    return plain


def group_plans(network: Network, slots: list[Meeting]) -> list[GroupPlan]:
    """Return the groups without their leads, who are asked anew."""
    modality = {meeting.working_group_id: meeting.modality for meeting in slots}
    return [
        GroupPlan(
            title=group.title,
            description=group.description,
            places=group.places,
            meets=group.meets,
            modality=modality.get(group.pk, Modality.ONLINE),
            same_topic=group.same_topic,
            topic=group.topic,
            category=group.category,
        )
        for group in network.working_groups.all()
    ]
