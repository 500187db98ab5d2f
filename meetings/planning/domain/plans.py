"""What was typed about a network on its one page, before it is written."""

from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from meetings.models import Commitment, Meeting, Modality, WorkingGroup
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.domain.categories import Shares
from partners.models import Audience, Organization, Person, Standard, Subject


@dataclass(kw_only=True)
class MeetingPlan:
    """One meeting of the network as it was typed; ``meeting`` is None for a new one."""

    meeting: Meeting | None = None
    title: str
    on: date
    start_time: time
    end_time: time
    modality: str = Modality.ONLINE
    venue: str = ""
    address: str = ""
    room: str = ""
    join_url: str = ""
    groups_after: bool = True
    category: str = ""
    category_minutes: Shares | None = None  # None leaves them as they are
    breaks: list[BreakPlan] = field(default_factory=list)
    remove: bool = False


@dataclass(kw_only=True)
class GroupPlan:
    """One working group as it was typed; ``group`` is None for a new one."""

    group: WorkingGroup | None = None
    title: str
    description: str = ""
    leads: list[Person] = field(default_factory=list)
    places: int | None = None
    meets: str = ""
    modality: str = Modality.ONLINE
    same_topic: bool = True
    topic: str = ""
    category: str = ""
    remove: bool = False


@dataclass(kw_only=True)
class CommitmentPlan:
    """One commitment as it was typed; ``commitment`` is None for a new one."""

    commitment: Commitment | None = None
    text: str
    required: bool = True
    remove: bool = False


@dataclass(kw_only=True)
class Plan:
    """A whole network as typed; ``columns`` are columns of Network, the slot is the groups' wall time."""

    columns: dict[str, Any]
    subjects: list[Subject] = field(default_factory=list)
    audiences: list[Audience] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    co_hosts: list[Organization] = field(default_factory=list)
    meetings: list[MeetingPlan] = field(default_factory=list)
    groups: list[GroupPlan] = field(default_factory=list)
    commitments: list[CommitmentPlan] = field(default_factory=list)
    slot_start: time | None = None
    slot_end: time | None = None
