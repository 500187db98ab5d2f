"""Mail about groups to those who look after them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import WorkingGroup
from meetings.planning.emails import NETWORK
from partners.models import Person
from partners.people.emails import WORDS, to_each
from partners.people.emails.places import GROUP, TOLD
from stemnet.outbox.queueing import Attachment
from stemnet.outbox.worded import OwnMail, add

Says = Callable[[], tuple[str, str]]
Reason = Callable[[WorkingGroup], str]
ABOUT = gettext_lazy("Groups and teams")


def keepers_of(group: WorkingGroup) -> QuerySet[Person]:
    """Return who hears of a group in need: those appointed to its network, else the coordinators."""
    appointed = Person.objects.filter(appointments__network=group.network)
    if group.network is not None and appointed.exists():
        return appointed
    return Person.objects.running()


def lost_lead(group: WorkingGroup, person: Person, *, at: datetime) -> None:
    """Tell staff that a group has no lead, since ``person`` left."""
    tell(
        keepers_of(group),
        group,
        key=f"lost_lead:{group.uid}:{person.uid}:{at.isoformat()}",
        at=at,
        says=lambda: (
            _("%(group)s has no lead now") % {"group": group},
            _("%(person)s no longer leads %(group)s, and nobody else does. Choose a new lead.")
            % {"person": person, "group": full_name(group)},
        ),
    )


def tell(
    people: QuerySet[Person] | Iterable[Person],
    group: WorkingGroup,
    *,
    key: str,
    at: datetime,
    says: Says,
    quote: str = "",
    reason: Reason | None = None,
    files: Sequence[Attachment] = (),
) -> None:
    """Queue a mail to each of ``people`` about ``group``: a subject and a sentence, and its page."""

    def said() -> dict[str, object]:
        subject, line = says()
        return {
            "network": group.network,
            "filled": {"group": group},
            "subject": subject,
            "lines": [line],
            "quote": quote,
            "url": group.get_absolute_url(),
            "action": _("Open the page of the group"),
            "why": (reason or looks_after)(group),
        }

    if isinstance(people, QuerySet):
        people = people.prefetch_related("emails")
    to_each(people, WORDS, said, key=key, about=f"group:{group.uid}", at=at, attachments=list(files))


def full_name(group: WorkingGroup) -> str:
    """Return a group with its network, as mail names it."""
    if group.network is None:
        return str(group)
    return _("%(group)s in %(network)s") % {"group": group, "network": group.network}


def looks_after(group: WorkingGroup) -> str:
    """Say that the reader looks after the group's network or the partnership."""
    if group.network is None:
        return _("You're getting this because you coordinate the partnership.")
    return _("You're getting this because you work for %(network)s.") % {"network": group.network}


def leads(group: WorkingGroup) -> str:
    """Say that the reader leads the group."""
    return _("You're getting this because you lead %(group)s.") % {"group": group}


def belongs(group: WorkingGroup) -> str:
    """Say that the reader is in the group, or was."""
    return _("You're getting this because you're in %(group)s, or were until now.") % {"group": group}


def asked(group: WorkingGroup) -> str:
    """Say that the reader asked to join."""
    return _("You're getting this because you asked to join %(group)s.") % {"group": group}


def can_be_worded(kind: str, label: Promise, *, subject: Promise, line: Promise) -> None:
    """Let a network, or for its teams the partnership, word a mail that `tell` sends."""
    places = (*TOLD, GROUP, NETWORK)
    add(OwnMail(kind, label, ABOUT, WORDS, places, of_network=True, subject=subject, line=line))


def add_mails() -> None:
    """Name the mail of this area."""
    can_be_worded(
        "lost_lead",
        gettext_lazy("A group has no lead"),
        subject=gettext_lazy("%(group)s has no lead now"),
        line=gettext_lazy("%(who)s no longer leads %(group)s, and nobody else does. Choose a new lead."),
    )
