"""What can be put into a message, and what stands there for each reader.

Each is asked for a batch of readers at once, in a number of statements that doesn't grow with them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Organization, known_partnership
from registrations.credit.domain.totals import minutes_of_each
from registrations.messages.domain.audiences import Chosen, Reader
from registrations.seats.emails.reminding import where
from stemnet import wording
from stemnet.one_line import one_line
from stemnet.outbox.personal import without_marks

Said = Mapping[str, str]  # by the key of a reader


@dataclass(frozen=True)
class Link:
    """Where a placeholder leads that is a link, and its words."""

    url: str
    words: str


@dataclass(frozen=True)
class Placeholder:
    """A name in braces: its words on a button, and one of three ways to fill it."""

    name: str
    label: Promise
    of_each: Callable[[Chosen, Sequence[Reader]], Said] | None = None
    of_all: Callable[[Chosen], str] | None = None
    link: Callable[[Chosen], Link] | None = None
    with_meeting: bool = False
    of_network: bool = True
    of_partners: bool = True

    @property
    def braced(self) -> str:
        """Return what is typed for it."""
        return f"{{{self.name}}}"


def clean(value: str) -> str:
    """Return a value as one line in which nothing is a placeholder, a header or a mark of ours."""
    return without_marks(one_line(value))


def first_names(_chosen: Chosen, readers: Sequence[Reader]) -> Said:
    """Say the first name; somebody known by an address only is a colleague, or whom the designee named."""
    return {
        one.key: one.person.first_name
        if one.person and one.person.first_name
        else (_("colleague") if one.name == one.address else one.name)
        for one in readers
    }


def names(_chosen: Chosen, readers: Sequence[Reader]) -> Said:
    """Say the whole name."""
    return {one.key: _("colleague") if one.name == one.address else one.name for one in readers}


def hours(chosen: Chosen, readers: Sequence[Reader]) -> Said:
    """Say the hours that count so far, as My learning says them."""
    people = {one.person.pk: one.key for one in readers if one.person}
    counted = minutes_of_each(chosen.network, people, at=chosen.at) if chosen.network else {}
    none = {one.key: wording.hours_row(0) for one in readers}
    return {**none, **{people[pk]: wording.hours_row(minutes) for pk, minutes in counted.items()}}


def organizations(chosen: Chosen, readers: Sequence[Reader]) -> Said:
    """Say where somebody is a contact."""
    people = {one.person.pk: one.key for one in readers if one.person}
    said = {one.key: _("your organization") for one in readers}
    leads = Organization.objects.filter(mou_roles__lead_contact__in=people).values_list(
        "mou_roles__lead_contact", "name"
    )
    at_work = Organization.objects.filter(positions__person__in=people, positions__is_contact=True)
    for pk, name in [*at_work.order_by("name").values_list("positions__person", "name"), *leads]:
        if pk in people:
            said[people[pk]] = name
    return said


def next_meeting(chosen: Chosen) -> str:
    """Say what is next: title, when and where."""
    found = chosen.group or chosen.network
    soonest = found.meetings.upcoming(chosen.at).filter(starts_at__gt=chosen.at) if found else None
    if soonest is not None and chosen.group is None:
        soonest = soonest.own()
    meeting = soonest.first() if soonest is not None else None
    if meeting is None:
        return _("not planned yet")
    moment = wording.moment(meeting.starts_at, meeting.zone)
    return f"{meeting.title}, {moment}, {where(meeting)}"


def network_name(chosen: Chosen) -> str:
    """Say the network, or the partnership where there is none."""
    return str(chosen.network or chosen.group or known_partnership() or "")


def meeting_title(chosen: Chosen) -> str:
    """Say the meeting that the readers came to or missed."""
    return str(chosen.meeting or "")


def my_page(chosen: Chosen) -> Link:
    """Lead to the reader's own page, which asks them to sign in."""
    if chosen.network is None:
        return Link(settings.SITE_URL + reverse("mine"), _("Open our page"))
    url = reverse("learning_network", args=[chosen.network.slug])
    return Link(settings.SITE_URL + url, _("Open My learning"))


def meeting_page(chosen: Chosen) -> Link:
    """Lead to the page of the meeting, or of its network."""
    meeting, network = chosen.meeting, chosen.network
    try:
        url = reverse("meeting", args=[meeting.uid]) if meeting else ""
    except NoReverseMatch:
        url = ""
    return Link(
        settings.SITE_URL + (url or reverse("network", args=[network.slug] if network else [""])),
        _("Open the meeting"),
    )


def network_page(chosen: Chosen) -> Link:
    """Lead to the public page of the network, or of the partnership."""
    if chosen.network is None:
        return Link(settings.SITE_URL + reverse("partnership"), _("Open the partnership's page"))
    return Link(
        settings.SITE_URL + reverse("network", args=[chosen.network.slug]), _("Open the network's page")
    )


PLACEHOLDERS = [
    Placeholder("first_name", gettext_lazy("first name"), of_each=first_names),
    Placeholder("name", gettext_lazy("name"), of_each=names),
    Placeholder("organization", gettext_lazy("organization"), of_each=organizations, of_network=False),
    Placeholder("network", gettext_lazy("network"), of_all=network_name, of_partners=False),
    Placeholder(
        "meeting", gettext_lazy("meeting"), of_all=meeting_title, with_meeting=True, of_partners=False
    ),
    Placeholder("hours", gettext_lazy("hours so far"), of_each=hours, of_partners=False),
    Placeholder("next_meeting", gettext_lazy("next meeting"), of_all=next_meeting, of_partners=False),
    Placeholder("my_page", gettext_lazy("link to their page"), link=my_page),
    Placeholder(
        "meeting_page",
        gettext_lazy("link to the meeting"),
        link=meeting_page,
        with_meeting=True,
        of_partners=False,
    ),
    Placeholder("network_page", gettext_lazy("link to the network"), link=network_page),
]


def placeholders_for(*, of_partners: bool, with_meeting: bool) -> list[Placeholder]:
    """Return what a message can use."""
    return [
        one
        for one in PLACEHOLDERS
        if (one.of_partners if of_partners else one.of_network) and (with_meeting or not one.with_meeting)
    ]


def said_to_all(chosen: Chosen, used: Collection[Placeholder]) -> dict[str, str]:
    """Return what is the same for all readers, in the active language."""
    return {one.name: clean(one.of_all(chosen)) for one in used if one.of_all}


def said_to_each(
    chosen: Chosen, used: Collection[Placeholder], readers: Sequence[Reader]
) -> list[dict[str, str]]:
    """Return what differs, in the order of ``readers``, in the active language."""
    asked = {one.name: one.of_each(chosen, readers) for one in used if one.of_each}
    return [{name: clean(said[reader.key]) for name, said in asked.items()} for reader in readers]


def links(chosen: Chosen, used: Collection[Placeholder]) -> dict[str, Link]:
    """Return where the links lead, in the active language."""
    return {one.name: one.link(chosen) for one in used if one.link}
