"""Mail about seats that somebody asked for on behalf of others: to those who are asked, and to the lead."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from meetings.models import Meeting
from partners.people.emails import WORDS, Said, to_person
from registrations.models import Party, SeatInvitation
from registrations.seats.emails import why
from stemnet import wording
from stemnet.models import Mail
from stemnet.outbox.queueing import Letter, prepare_many, queue
from stemnet.telling import afterwards

Kind, Outcome = Party.Kind, SeatInvitation.Outcome
OF_A_LEAD = (Kind.TEAM, Kind.LEADER)


def key_of(invitation: SeatInvitation, *, number: int) -> str:
    """Return the key of the how manieth mail with a link to one seat."""
    return f"seat_invitation:{invitation.uid}" + (f":{number}" if number > 1 else "")


def seats_for_you(
    invitations: Iterable[SeatInvitation],
    tokens: Mapping[int, str],
    *,
    number: int,
    reminds: bool,
    at: datetime,
) -> list[Mail]:
    """Return the mails that ask people to take their seats; ``tokens`` are by the key of an invitation."""
    asked = list(invitations)
    meetings = _meetings_of({one.network_id for one in asked})
    letters = [
        _seat_for_you(one, tokens[one.pk], meetings[one.network_id], number=number, reminds=reminds)
        for one in asked
    ]
    return prepare_many(letters, at=at)


def _meetings_of(networks: Collection[int]) -> dict[int, list[Meeting]]:
    """Return the meetings of each of ``networks`` that stand, soonest first; one query."""
    found: dict[int, list[Meeting]] = {key: [] for key in networks}
    for meeting in Meeting.objects.own().standing().filter(network__in=networks).order_by("starts_at", "pk"):
        found[meeting.network_id or 0].append(meeting)
    return found


def _seat_for_you(
    invitation: SeatInvitation, token: str, meetings: list[Meeting], *, number: int, reminds: bool
) -> Letter:
    network = invitation.network
    with override(network.language):
        values = {"network": network, "until": wording.moment(invitation.until, network.zone)}
        subject = _("A seat for you: %(network)s")
        if not invitation.keeps_seat:
            subject = _("You're invited: %(network)s")
        if reminds:
            subject = _("Reminder: %(subject)s") % {"subject": subject}
        context = {
            "name": f"{invitation.first_name} {invitation.last_name}".strip(),
            "network": network,
            "subject": subject % values,
            "asked": asked_words(invitation),
            "kept": kept_words(invitation),
            "keeps_seat": invitation.keeps_seat,
            "meetings": meetings,
            "reminds": reminds,
            "url": settings.SITE_URL + reverse("seat_invitation", args=[token]),
            "why": why.named_for_a_seat(network),
        }
    return {
        "key": key_of(invitation, number=number),
        "address": invitation.address,
        "template": "mail/registrations/seat_for_you",
        "context": context,
        "object": f"seat_invitation:{invitation.uid}",
        "language": network.language,
        "secret": True,
    }


def asked_words(invitation: SeatInvitation) -> str:
    """Say who asked for the seat, how, and in which network."""
    party = invitation.party
    values = {
        "who": party.by_name,
        "organization": party.organization or party.organization_words,
        "network": invitation.network,
    }
    if party.kind == Kind.RESERVED:
        words = _("%(who)s named you for one of the seats in %(network)s reserved for %(organization)s.")
    elif party.kind == Kind.TEAM:
        words = _("%(who)s registered you for %(network)s as part of the team from %(organization)s.")
    elif party.kind == Kind.LEADER:
        words = _("%(who)s registered you for %(network)s.")
    elif invitation.organization is not None and party.kind == Kind.INVITED:
        values["organization"] = invitation.organization
        words = _(
            "%(who)s, who works for the network, invites %(organization)s to take part in %(network)s. If "
            "somebody else is coming, they can register on the page of the network."
        )
    else:
        words = _("%(who)s, who works for the network, invites you to take part in %(network)s.")
    return words % values


def kept_words(invitation: SeatInvitation) -> str:
    """Say until when the seat is kept, or what there is where none is."""
    values = {"until": wording.moment(invitation.until, invitation.network.zone)}
    if invitation.keeps_seat:
        return _("The seat is kept for you until %(until)s.") % values
    return (
        _(
            "No seat is kept for you: you get one if one is free when you register, else a place on the "
            "waitlist. The link works until %(until)s."
        )
        % values
    )


@afterwards
def seat_not_kept(invitation: SeatInvitation, *, at: datetime) -> None:
    """Tell somebody who was asked that the seat isn't kept for them anymore."""
    network = invitation.network
    with override(network.language):
        context = {
            "network": network,
            "network_url": settings.SITE_URL + reverse("network", args=[network.slug]),
            "who": invitation.party.by_name,
            "keeps_seat": invitation.keeps_seat,
            "why": why.named_for_a_seat(network),
        }
    queue(
        at=at,
        key=f"seat_not_kept:{invitation.uid}",
        address=invitation.address,
        template="mail/registrations/seat_not_kept",
        context=context,
        object=f"seat_invitation:{invitation.uid}",
        language=network.language,
    )


@afterwards
def party_asked(party: Party, *, at: datetime) -> None:
    """Tell the lead that seats are kept and everyone was asked, and until when."""
    network = party.network
    asked = list(party.invitations.filter(ended_at=None).order_by("pk"))
    if not asked:
        return
    number, until = len(asked), wording.moment(asked[0].until, network.zone)

    def said() -> dict[str, object]:
        values = {"network": network, "n": number, "until": until}
        kept = ngettext(
            "%(n)s seat in %(network)s is kept for the person you registered, until %(until)s.",
            "%(n)s seats in %(network)s are kept for the people you registered, until %(until)s.",
            number,
        )
        return {
            "subject": _("Seats kept until %(until)s: %(network)s") % values,
            "lines": [
                kept % values,
                _(
                    "We e-mailed each of them a link. A seat is theirs once they've answered; a seat that "
                    "nobody has taken by then goes to somebody else."
                ),
            ],
            "action": _("See who has answered"),
            "filled": values,
        }

    _to_lead(party, said, key=f"party_asked:{party.uid}", at=at)


@afterwards
def party_waits(party: Party, *, number: int, place: int, at: datetime) -> None:
    """Tell the lead that too few seats are free, and at which place the party waits as one."""

    def said() -> dict[str, object]:
        values = {"network": party.network, "n": number, "place": place}
        return {
            "subject": _("On the waitlist together: %(network)s") % values,
            "lines": [
                ngettext(
                    "No seat is free in %(network)s for the person you registered, who is on the waitlist as "
                    "number %(place)s.",
                    "Too few seats are free in %(network)s for the %(n)s people you registered, so they're "
                    "on the waitlist together, as number %(place)s.",
                    number,
                )
                % values,
                _(
                    "Nobody was e-mailed yet. When enough seats open up at once, we keep them for your "
                    "people, e-mail each of them a link, and tell you."
                ),
            ],
            "action": _("See your people"),
            "filled": values,
        }

    _to_lead(party, said, key=f"party_waits:{party.uid}", at=at)


@afterwards
def party_lapsed(party: Party, *, at: datetime) -> None:
    """Tell the lead whose seats went to somebody else because they didn't answer in time.

    Of a party that was in line until then: that it isn't anymore.
    """
    lapsed: Sequence[SeatInvitation] = list(
        party.invitations.filter(outcome=Outcome.EXPIRED, ended_at=at).order_by("pk")
    )
    if not lapsed:
        return
    values, names = {"network": party.network, "n": len(lapsed)}, ", ".join(one.name for one in lapsed)

    def unasked() -> dict[str, object]:
        given = ngettext(
            "No seat opened up in time in %(network)s for the person you registered, who is no longer on the "
            "waitlist:",
            "Too few seats opened up in time in %(network)s for the %(n)s people you registered, so they're "
            "no longer on the waitlist:",
            len(lapsed),
        )
        return {
            "subject": _("No longer on the waitlist: %(network)s") % values,
            "lines": [given % values, names],
            "after": [_("Nobody was e-mailed, so please tell them.")],
            "action": _("See your people"),
            "filled": values,
        }

    def said() -> dict[str, object]:
        given = ngettext(
            "%(n)s person whom you registered for %(network)s didn't answer in time, so the seat isn't kept "
            "anymore:",
            "%(n)s people whom you registered for %(network)s didn't answer in time, so their seats aren't "
            "kept anymore:",
            len(lapsed),
        )
        return {
            "subject": _("Seats that nobody took: %(network)s") % values,
            "lines": [given % values, names],
            "after": [_("You can register them again if seats are free.")],
            "action": _("See who has answered"),
            "filled": values,
        }

    words = said if any(one.sent for one in lapsed) else unasked
    _to_lead(party, words, key=f"party_lapsed:{party.uid}:{at.isoformat()}", at=at)


def _to_lead(party: Party, said: Said, *, key: str, at: datetime) -> None:
    network, lead = party.network, party.by
    if lead is None or party.kind not in OF_A_LEAD:
        return
    url = reverse("party", args=[network.slug, party.uid])

    def whole() -> dict[str, object]:
        return {**said(), "network": network, "url": url, "why": why.registered_others(network)}

    to_person(lead, WORDS, whole, key=key, about=f"party:{party.uid}", at=at)
