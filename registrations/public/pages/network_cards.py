"""What the card of a network says; the rows come annotated and with their meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.humanize.templatetags.humanize import apnumber
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Modality, Network
from registrations.credit.domain.credit_offers import CreditOffer, offer_of
from registrations.credit.domain.rules import rule_of
from registrations.credit.domain.sessions import session_of
from registrations.models import CreditRule
from registrations.seats.domain.occupancy import OccupiedNetwork, Standing, with_occupancy
from stemnet import wording

KINDS = {
    Standing.SOON: "info",
    Standing.OPEN: "ok",
    Standing.WAITLIST: "warn",
    Standing.FULL: "warn",
    Standing.CANCELLED: "bad",
    Standing.DRAFT: "info",
    Standing.CLOSED: "",
}


@dataclass(frozen=True)
class Card:
    """One network as a card: its rows, and its words."""

    network: OccupiedNetwork
    meetings: list[Meeting]
    version: CreditRule | None
    offer: CreditOffer

    @property
    def standing(self) -> Standing:
        """Return whether it takes registrations."""
        return Standing(self.network.standing)

    @property
    def standing_words(self) -> str:
        """Return the words of its status tag."""
        if self.network.is_information_session and self.standing == Standing.OPEN:
            return str(self.network.get_kind_display())
        return str(self.standing.label)

    @property
    def opens_words(self) -> str:
        """Return when registration opens, such as "Registration opens Tue, Sep 1, 2026, 9:00 a.m. ET".

        It is nothing once it has.
        """
        if self.standing != Standing.SOON or self.network.opens_at is None:
            return ""
        moment = wording.moment(self.network.opens_at, self.network.zone)
        return _("Registration opens %(moment)s") % {"moment": moment}

    @property
    def standing_kind(self) -> str:
        """Return the colour of its status tag."""
        return "" if self.network.is_information_session else KINDS[self.standing]

    @property
    def is_full(self) -> bool:
        """Return whether every seat is taken."""
        return self.network.taken >= self.network.seats

    @property
    def seats_words(self) -> str:
        """Return how many seats are taken and how many wait."""
        return seats_words(self.network)

    @property
    def left_words(self) -> str:
        """Return how many seats are left, or how many wait: "11 seats left", "6 are waiting"."""
        left = max(self.network.seats - self.network.taken, 0)
        if self.network.waiting:
            words = ngettext("%(n)d is waiting", "%(n)d are waiting", self.network.waiting)
            return words % {"n": self.network.waiting}
        return ngettext("%(n)d seat left", "%(n)d seats left", left) % {"n": left}

    @property
    def tag_words(self) -> str:
        """Return the words of its tag beside a date: seats while there are some, else how it stands."""
        return self.left_words if self.standing == Standing.OPEN else self.standing_words

    @property
    def figure_words(self) -> str:
        """Return the hours that can be earned; of an information session, when it is."""
        if self.network.is_information_session and self.meetings:
            return wording.moment(self.meetings[0].starts_at, self.meetings[0].zone)
        return wording.hours_phrase(self.offer.own_minutes) if self.offer.own_minutes else ""

    @property
    def plan_words(self) -> str:
        """Return how many meetings, from when to when, where."""
        return plan_words(self.meetings)


def seats_words(network: OccupiedNetwork) -> str:
    """Say "41 of 60 seats taken" or "40 of 40 seats taken, 6 waiting"."""
    words = _("%(taken)d of %(seats)d seats taken") % {"taken": network.taken, "seats": network.seats}
    if not network.waiting:
        return words
    return _("%(words)s, %(waiting)d waiting") % {"words": words, "waiting": network.waiting}


def count_words(number: int) -> str:
    """Say "One meeting" or "Five meetings"."""
    counted = ngettext("%(number)s meeting", "%(number)s meetings", number)
    return str(capfirst(counted % {"number": apnumber(number)}))


def plan_words(meetings: list[Meeting]) -> str:
    """Say "Five meetings, October to May. Marlborough, or online."."""
    standing = [meeting for meeting in meetings if not meeting.is_cancelled]
    if not standing:
        return _("Dates to be announced.")
    days = sorted(meeting.on for meeting in standing)
    return _("%(count)s, %(months)s. %(places)s.") % {
        "count": count_words(len(standing)),
        "months": wording.month_range(days[0], days[-1]),
        "places": places_words(standing),
    }


def places_words(meetings: list[Meeting]) -> str:
    """Say where: the places in order, and whether one can come online."""
    places = list(dict.fromkeys(m.venue for m in meetings if m.venue and m.modality != Modality.ONLINE))
    online = any(meeting.modality != Modality.IN_PERSON for meeting in meetings)
    words = ", ".join(places[:2]) if places else ""
    if not words:
        return str(Modality.ONLINE.label if online else Modality.IN_PERSON.label)
    return _("%(places)s, or online") % {"places": words} if online else words


def with_cards(networks: QuerySet[Network], *, at: datetime) -> QuerySet[OccupiedNetwork]:
    """Annotate and prefetch what cards need, at a constant number of queries."""
    return with_occupancy(networks, at=at).prefetch_related(
        Prefetch(
            "meetings", queryset=Meeting.objects.select_related("working_group").order_by("starts_at", "id")
        ),
        "subjects",
    )


def cards_of(networks: Iterable[OccupiedNetwork]) -> list[Card]:
    """Make the cards of prepared networks; breaks are read only where a rule takes them out."""
    versions = CreditRule.objects.known_now()
    found = [(network, versions.version_for(network)) for network in networks]
    without_breaks = [one for one, version in found if not rule_of(one, version).count_breaks]
    prefetch_related_objects(without_breaks, "meetings__breaks")
    return [card(network, version) for network, version in found]


def card(network: OccupiedNetwork, version: CreditRule | None) -> Card:
    """Make the card of one prepared network."""
    meetings, rule = list(network.meetings.all()), rule_of(network, version)
    own = [meeting for meeting in meetings if meeting.working_group_id is None]
    standing = [meeting for meeting in meetings if not meeting.is_cancelled]
    breaks = () if rule.count_breaks else None  # those that the meeting has
    return Card(network, own, version, offer_of([session_of(one, breaks) for one in standing], rule))
