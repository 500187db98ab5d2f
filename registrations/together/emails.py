"""Mail between the people of a network: a letter from one to another, and what staff are told of reports."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.planning.emails import NETWORK
from partners.models import Person, local_day
from partners.people.emails import WORDS, to_each, to_person
from partners.people.emails.places import TOLD
from registrations.models import Letter, Proposal, Registration, Report
from registrations.seats.emails import why
from registrations.seats.emails.to_staff import staff_of
from stemnet import wording
from stemnet.outbox.worded import OwnMail, Place, add

ABOUT = gettext_lazy("People and topics")


def wrote(letter: Letter, *, at: datetime) -> None:
    """Bring a letter to its reader; neither of the two sees an address that its owner didn't show.

    The portal sends it, and an answer goes through its page, so there is no Reply-To. It is secret:
    nobody else reads it in the list of mail, and there it is emptied once it is delivered.
    """
    network = letter.network
    shown = letter.sender.primary_address if letter.shows_address else ""

    def said() -> dict[str, object]:
        if letter.answers_id:
            reason = _("You're getting this because you wrote to somebody in %(network)s.")
        else:
            reason = _("You're getting this because you show your card to the people of %(network)s.")
        return {
            "network": network,
            "sender": letter.sender,
            "is_answer": bool(letter.answers_id),
            "text": letter.text,
            "shown_address": shown,
            "url": settings.SITE_URL + reverse("letter", args=[network.slug, letter.uid]),
            "why": reason % {"network": network},
        }

    to_person(
        letter.receiver,
        "mail/registrations/colleague_wrote",
        said,
        key=f"colleague_wrote:{letter.uid}",
        about=f"letter:{letter.uid}",
        at=at,
        secret=True,
    )


def decided(proposal: Proposal, *, at: datetime) -> None:
    """Tell somebody what became of their proposal."""
    network, person = proposal.network, proposal.registration.person.now

    def said() -> dict[str, object]:
        values = {"title": proposal.title, "network": network}
        lines = {
            Proposal.State.PLANNED: _("Your topic “%(title)s” is planned in %(network)s."),
            Proposal.State.ANSWERED: _("There is an answer to your topic “%(title)s” in %(network)s."),
            Proposal.State.MERGED: _("Your topic “%(title)s” in %(network)s was joined with another one."),
        }
        action, url = _("See the topic"), proposal.get_absolute_url()
        if proposal.meeting is not None:
            action, url = _("See the meeting"), proposal.meeting.get_absolute_url()
        elif proposal.registration.status != Registration.Status.SEATED:  # they don't see its people's pages
            action, url = _("See the network"), network.get_absolute_url()
        return {
            "network": network,
            "filled": values,
            "subject": _("What became of your topic: %(title)s") % values,
            "lines": [lines[Proposal.State(proposal.state)] % values, *_facts(proposal)],
            "quote": proposal.answer,
            "action": action,
            "url": url,
            "why": _("You're getting this because you proposed a topic in %(network)s.") % values,
        }

    key = f"topic_decided:{proposal.uid}"
    to_person(person, WORDS, said, key=key, about=f"network:{network.slug}", at=at)


def put_on(proposal: Proposal, voters: list[Person], *, at: datetime) -> None:
    """Tell who voted for a topic that a meeting which they know already is about it."""
    network = proposal.network

    def said() -> dict[str, object]:
        values = {"title": proposal.title, "network": network}
        meeting = proposal.meeting
        return {
            "network": network,
            "filled": values,
            "subject": _("A meeting is about the topic that you voted for: %(title)s") % values,
            "lines": [
                _("A meeting of %(network)s is about “%(title)s”, for which you voted.") % values,
                *_facts(proposal),
            ],
            "after": [_("Your vote is yours again, for another topic.")],
            "action": _("See the meeting"),
            "url": meeting.get_absolute_url() if meeting else proposal.get_absolute_url(),
            "why": _("You're getting this because you voted for this topic in %(network)s.") % values,
        }

    key = f"topic_put_on:{proposal.uid}"
    to_each(voters, WORDS, said, key=key, about=f"network:{network.slug}", at=at)


def _facts(proposal: Proposal) -> list[str]:
    """Return when the meeting is, or with what it was joined."""
    meeting, other = proposal.meeting, proposal.merged_into
    if meeting is not None:
        when = wording.span(meeting.starts_at, meeting.ends_at, meeting.zone)
        return [f"{meeting.title}: {when}"]
    return [_("It's now part of “%(title)s”.") % {"title": other.title}] if other else []


def reported(report: Report, *, at: datetime) -> None:
    """Tell the network's staff that something was reported, once a day however much it is."""
    network = report.network

    def said() -> dict[str, object]:
        values = {"network": network}
        return {
            "network": network,
            "filled": values,
            "subject": _("Something was reported: %(network)s") % values,
            "lines": [
                _("Somebody in %(network)s reported what another person wrote. Look at it and decide.")
                % values
            ],
            "after": [_("If more is reported today, you won't get another e-mail.")],
            "action": _("See what was reported"),
            "url": reverse("network_reports", args=[network.slug]),
            "why": why.works_for(network),
        }

    key = f"reported:{network.slug}:{local_day(at, network.zone)}"
    to_each(staff_of(network), WORDS, said, key=key, about=f"network:{network.slug}", at=at)


def add_mails() -> None:
    """Let networks and the partnership word them."""
    add(
        OwnMail(
            "topic_decided",
            gettext_lazy("What became of a topic"),
            ABOUT,
            WORDS,
            (*TOLD, NETWORK, Place("title", gettext_lazy("topic"))),
            of_network=True,
            subject=gettext_lazy("What became of your topic: %(title)s"),
            line=gettext_lazy("Your topic “%(title)s” is planned in %(network)s."),
        )
    )
    add(
        OwnMail(
            "topic_put_on",
            gettext_lazy("A meeting is about a topic that somebody voted for"),
            ABOUT,
            WORDS,
            (*TOLD, NETWORK, Place("title", gettext_lazy("topic"))),
            of_network=True,
            subject=gettext_lazy("A meeting is about the topic that you voted for: %(title)s"),
            line=gettext_lazy("A meeting of %(network)s is about “%(title)s”, for which you voted."),
        )
    )
    add(
        OwnMail(
            "reported",
            gettext_lazy("Something was reported"),
            ABOUT,
            WORDS,
            (*TOLD, NETWORK),
            of_network=True,
            subject=gettext_lazy("Something was reported: %(network)s"),
            line=gettext_lazy(
                "Somebody in %(network)s reported what another person wrote. Look at it and decide."
            ),
        )
    )
