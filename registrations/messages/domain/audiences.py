"""To whom a message goes: one registry of audiences, and who of them gets a mail or is left out, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise

from meetings.models import Meeting, Network, WorkingGroup
from partners.models import MailTopic, Person, PersonEmail, Preference, by_name
from partners.models.people.person import PersonQuerySet
from registrations.models import LeftOut, Message


@dataclass(frozen=True)
class Chosen:
    """What was chosen: the network or group that it is about, which of its people, and when that is asked."""

    network: Network | None
    group: WorkingGroup | None
    choice: Mapping[str, Any]
    at: datetime

    @property
    def meeting(self) -> Meeting | None:
        """Return the meeting that was chosen, or None."""
        uid = self.choice.get("meeting")
        if not uid or self.network is None:
            return None
        return Meeting.objects.filter(uid=uid, network=self.network).select_related("working_group").first()


@dataclass(frozen=True)
class Stranger:
    """Somebody of whom only a name and an address are known."""

    name: str
    address: str


def no_strangers(_chosen: Chosen) -> list[Stranger]:
    """Return nobody: all are people of the portal."""
    return []


@dataclass(frozen=True)
class Audience:
    """A choice of people: what it is called, what else it needs to know, and who they are."""

    name: str
    label: Promise
    people: Callable[[Chosen], PersonQuerySet]
    words: Callable[[Chosen], str]
    wants: tuple[str, ...] = ()
    strangers: Callable[[Chosen], list[Stranger]] = no_strangers
    of_partners: bool = False


@dataclass(frozen=True)
class Reader:
    """Somebody who was chosen, and why they get no mail where they get none."""

    name: str
    address: str
    person: Person | None = None
    left_out: str = ""

    @property
    def key(self) -> str:
        """Return what tells this reader from all others of a message."""
        return str(self.person.uid) if self.person else sha256(self.address.encode()).hexdigest()[:32]


_audiences: dict[str, Audience] = {}


def add_audience(audience: Audience) -> None:
    """Let staff choose one more kind of people."""
    _audiences[audience.name] = audience


def audience_named(name: str) -> Audience:
    """Return the audience of this name. Raises KeyError where there is none."""
    return _audiences[name]


def audiences(*, of_partners: bool) -> list[Audience]:
    """Return those that can be chosen, in the order in which they were added."""
    return [one for one in _audiences.values() if one.of_partners == of_partners]


def chosen_by(message: Message, *, at: datetime) -> Chosen:
    """Return what a message was chosen for."""
    return Chosen(message.network, message.group, message.choice, at)


def words_of(message: Message, *, at: datetime) -> str:
    """Say to whom a message goes, such as "who missed Opening meeting on Wed, Oct 14, 2020"."""
    return audience_named(message.audience).words(chosen_by(message, at=at))


def readers_of(message: Message, *, at: datetime) -> list[Reader]:
    """Return everyone who is chosen now, by name, in a number of statements that doesn't grow."""
    audience, chosen = audience_named(message.audience), chosen_by(message, at=at)
    people = list(audience.people(chosen).current().order_by(*by_name()).distinct())
    keys = {person.pk for person in people}
    mailboxes, muted = _mailboxes(keys), _muted(keys)
    known = [_reader(person, mailboxes.get(person.pk), muted) for person in people]
    taken = {reader.address for reader in known}
    others = {one.address: one for one in audience.strangers(chosen) if one.address not in taken}
    return [*known, *(Reader(one.name or one.address, one.address) for one in others.values())]


def _reader(person: Person, mailbox: PersonEmail | None, muted: set[int]) -> Reader:
    left_out = ""
    if mailbox is None:
        left_out = LeftOut.NO_ADDRESS
    elif person.pk in muted:
        left_out = LeftOut.UNSUBSCRIBED
    elif mailbox.refused_at:
        left_out = LeftOut.REFUSED
    return Reader(str(person), mailbox.address if mailbox else "", person, left_out)


def _mailboxes(people: set[int]) -> dict[int, PersonEmail]:
    """Return the address of each person that mail goes to, as `Person.primary_address` says it."""
    found: dict[int, PersonEmail] = {}
    for one in PersonEmail.objects.filter(person__in=people).order_by("-primary", "pk"):
        found.setdefault(one.person_id, one)
    return found


def _muted(people: set[int]) -> set[int]:
    muted = Preference.objects.filter(topic=MailTopic.MESSAGES, person__in=people)
    return set(muted.values_list("person_id", flat=True))
