"""What the page of one network says."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from meetings.models import CommitmentVersion, Meeting, Modality, Network
from meetings.planning.calendars import network_subscription
from partners.models import Person
from registrations.credit.domain.credit_offers import attendance_sentence
from registrations.evaluation.domain.evaluating import documents_wait
from registrations.evaluation.domain.outcomes import outcomes_of
from registrations.models import CreditRule, Registration
from registrations.public.pages.event_data import events_of
from registrations.public.pages.network_cards import Card, card, count_words, with_cards
from registrations.seats.domain import groups, offers, seats, waitlist
from registrations.seats.domain.occupancy import OccupiedNetwork
from stemnet import wording


@dataclass(frozen=True)
class Row:
    """One meeting of the network, with the working groups' time on the same day."""

    meeting: Meeting
    groups_time: str
    guests: bool = False  # whether one can come as a guest

    @property
    def tag(self) -> tuple[str, str]:
        """Return the kind and words of its status tag."""
        if self.meeting.is_cancelled:
            return "bad", str(self.meeting.get_status_display())
        if self.meeting.moved_online:
            return "warn", str(Meeting.moved_online.field.verbose_name).capitalize()
        if self.meeting.rescheduled:
            return "warn", str(Meeting.rescheduled.field.verbose_name).capitalize()
        return "info", str(self.meeting.get_modality_display())

    @property
    def place(self) -> str:
        """Return where it is; who comes online finds the link in My learning."""
        if self.meeting.modality == Modality.ONLINE:
            return ""
        return ", ".join(filter(None, [self.meeting.venue, self.meeting.room]))


def rows_of(network: Network, *, at: datetime) -> list[Row]:
    """Return the network's own meetings in order, each with the groups' hours on its day."""
    times: dict[date, dict[str, None]] = defaultdict(dict)
    for meeting in network.meetings.all():
        if meeting.in_slot and not meeting.is_cancelled:
            times[meeting.on][wording.time_span(meeting.starts_at, meeting.ends_at, meeting.zone)] = None
    own = [meeting for meeting in network.meetings.all() if meeting.working_group_id is None]
    takes = network.takes_guests and network.status == Network.Status.PUBLISHED
    takes = takes and not network.is_information_session
    return [
        Row(
            meeting,
            ", ".join(times[meeting.on]),
            guests=takes and not meeting.is_cancelled and meeting.starts_at > at,
        )
        for meeting in own
    ]


def commitments_of(network: Network) -> list[CommitmentVersion]:
    """Return the newest wording of each commitment in order."""
    wordings = CommitmentVersion.objects.filter(commitment__network=network).select_related("commitment")
    ordered = wordings.order_by("commitment__position", "commitment_id", "number")
    return list({wording.commitment_id: wording for wording in ordered}.values())


def own_state(network: Network, person: Person | None) -> dict[str, Any]:
    """Return the person's live registration in the network, with the place in line or the open offer."""
    registration = network.registrations.live().filter(person=person).first() if person else None
    if registration is None or registration.is_seated:
        return {"registration": registration, "place": None}
    waits = registration.status == Registration.Status.WAITING
    return {
        "registration": registration,
        "place": seats.place_in_line(registration) if waits else None,
        "offer": None if waits else offers.open_offer(registration),
    }


def with_page(networks: QuerySet[Network], *, at: datetime) -> QuerySet[OccupiedNetwork]:
    """Annotate and prefetch what the page of a network shows."""
    return with_cards(networks, at=at).select_related("provider").prefetch_related("meetings__breaks")


def network_context(network: OccupiedNetwork, *, person: Person | None, at: datetime) -> dict[str, Any]:
    """Return what the template shows of a network of `with_page`."""
    shown: Card = card(network, CreditRule.objects.known_now().version_for(network))
    closes_at = network.closes_with(network.first_starts_at)
    own = own_state(network, person)
    standing = [meeting for meeting in shown.meetings if not meeting.is_cancelled]
    return {
        "network": network,
        "card": shown,
        "rows": rows_of(network, at=at),
        "next_meeting": next((meeting for meeting in standing if meeting.ends_at > at), None),
        "event_data": events_of(network, shown.meetings),
        "meetings_title": count_words(len(standing)),
        "groups": groups.with_members(network),
        "subscription": network_subscription(network),
        "commitments": commitments_of(network),
        "co_hosts": network.co_hosts.select_related("organization"),
        "closes_at": closes_at,
        "early": network.members_open_at is not None and network.members_open_at <= at,
        "automatic": waitlist.are_automatic(closes_at, at=at),
        "documents_wait": documents_wait(network, shown.version),
        "sentence": "" if network.is_information_session else attendance_sentence(network, shown.version),
        "outcomes": list(outcomes_of(network)) if own["registration"] is not None else [],
        **own,
    }
