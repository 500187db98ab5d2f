"""What's due on the staff desk: a number, a sentence and one button each, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.gathering.pages.panels import number_overdue
from meetings.library.domain import trials
from meetings.models import Meeting, WorkingGroup
from partners.memorandum.domain import coordinator_inbox
from partners.models import Person, Position, local_day
from partners.people.domain import confirming_positions
from registrations.desk.domain import staff_duties
from registrations.desk.domain.staff_duties import AskedEvaluation, CountedNetwork, MarkedMeeting
from stemnet import wording

MEETINGS, MOST = 8, 15


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do: how many, what, where it belongs, and the button."""

    number: int
    words: str
    detail: str
    url: str
    button: str
    urgent: bool = False


def meeting_due(meeting: MarkedMeeting, *, at: datetime) -> Due:
    """Say who is not marked at a meeting, who is expected at one of today, or that all are marked."""
    if meeting.network is None:
        return team_due(meeting)
    begun = meeting.starts_at <= at
    number = meeting.unmarked if begun else meeting.expected
    if not begun:
        words = ngettext("person is expected at %(what)s", "people are expected at %(what)s", number)
    elif number:
        words = ngettext("person isn't marked at %(what)s", "people aren't marked at %(what)s", number)
    else:
        words = _("people to mark at %(what)s. Say that attendance is complete.")
    facts = [f"{meeting.network}, {wording.span(meeting.starts_at, meeting.ends_at, meeting.zone)}."]
    if begun and meeting.here:
        total = meeting.here + meeting.absent + meeting.unmarked
        facts.append(_("%(here)d of %(total)d came.") % {"here": meeting.here, "total": total})
    return Due(
        number=number,
        words=words % {"what": meeting.title},
        detail=" ".join(facts),
        url=reverse("staff_meeting", args=[meeting.uid]),
        button=_("Take attendance"),
        urgent=begun and bool(number),
    )


def team_due(meeting: Meeting) -> Due:
    """Say that nobody is marked at a meeting of a team that is over."""
    when = wording.span(meeting.starts_at, meeting.ends_at, meeting.zone)
    return Due(
        number=1,
        words=_("team meeting isn't marked: %(what)s") % {"what": meeting.title},
        detail=f"{meeting.working_group}, {when}.",
        url=reverse("team_came", args=[meeting.uid]),
        button=_("Mark who came"),
        urgent=True,
    )


def evaluation_due(evaluation: AskedEvaluation) -> Due:
    """Say who has not answered an evaluation that is open."""
    number = evaluation.asked - evaluation.done
    words = {"network": evaluation.network, "day": wording.day(evaluation.last_day)}
    url = reverse("staff_evaluation", args=[evaluation.network.slug])
    return Due(
        number=number,
        words=ngettext(
            "person hasn't answered the network evaluation",
            "people haven't answered the network evaluation",
            number,
        ),
        detail=_("%(network)s, closes %(day)s") % words,
        url=f"{url}?show=open",
        button=_("Remind them"),
    )


def network_dues(network: CountedNetwork) -> Iterable[Due]:
    """Say who waits for a seat, and which documents need review."""
    if network.waiting:
        words = {"network": network, "taken": network.seated, "seats": network.seats}
        yield Due(
            number=network.waiting,
            words=ngettext("person on the waitlist", "people on the waitlist", network.waiting),
            detail=_("%(network)s, %(taken)d of %(seats)d seats taken") % words,
            url=reverse("staff_people", args=[network.slug]) + "?show=waiting",
            button=_("See the waitlist"),
        )
    if network.reported:
        yield Due(
            number=network.reported,
            words=ngettext("report to decide", "reports to decide", network.reported),
            detail=str(network),
            url=reverse("network_reports", args=[network.slug]),
            button=_("Decide"),
        )
    if network.reviews:
        yield Due(
            number=network.reviews,
            words=ngettext("document to review", "documents to review", network.reviews),
            detail=str(network),
            url=reverse("staff_documents", args=[network.slug]) + "?show=review",
            button=_("Review"),
        )


def lacks_due(network: CountedNetwork, lacks: list[str], *, person: Person) -> Due:
    """Say what a network lacks to give certificates."""
    name = "network_edit" if person.is_coordinator else "staff_network"
    return Due(
        number=len(lacks),
        words=ngettext(
            "thing is missing for certificates", "things are missing for certificates", len(lacks)
        ),
        detail=f"{network}: {', '.join(lacks)}",
        url=reverse(name, args=[network.slug]),
        button=_("Fill in"),
    )


def lead_due(group: WorkingGroup) -> Due:
    """Say that a group lost its lead."""
    return Due(
        number=1,
        words=_("group lost its lead: %(group)s") % {"group": group},
        detail=str(group.network),
        url=reverse("group_settings", args=[group.uid]),
        button=_("Name a lead"),
    )


def due_of(
    person: Person, running: list[CountedNetwork], evaluations: list[AskedEvaluation], *, at: datetime
) -> tuple[list[Due], bool]:
    """Return what is due in the networks of one's own that run, with their open ``evaluations``.

    And whether more waits than is listed. A constant number of queries.
    """
    meetings = list(staff_duties.meetings_due(person, at=at)[: MEETINGS + 1])
    dues = [meeting_due(one, at=at) for one in meetings[:MEETINGS]]
    dues += [evaluation_due(one) for one in evaluations if one.asked > one.done]
    dues += [due for network in running for due in network_dues(network)]
    dues += [
        lacks_due(one.network, one.lacks, person=person)
        for one in staff_duties.with_lacks(running)
        if one.lacks and one.network.status == "published"
    ]
    dues += items_overdue(person, at=at)
    dues += [lead_due(one) for one in staff_duties.groups_without_lead(running)]
    dues += partner_dues(at=at) if person.is_coordinator else []
    dues += library_dues() if person.is_staff_for_all else []
    dues.sort(key=lambda due: not due.urgent)
    return dues[:MOST], len(meetings) > MEETINGS or len(dues) > MOST


def items_overdue(person: Person, *, at: datetime) -> list[Due]:
    """Return how many action items are overdue in the networks and groups of one's own, if any."""
    number = number_overdue(person, at=at)
    if not number:
        return []
    return [
        Due(
            number=number,
            words=ngettext("action item is overdue", "action items are overdue", number),
            detail=_("In the networks and groups you look after."),
            url=reverse("action_items") + "?show=overdue",
            button=_("See them"),
        )
    ]


def library_dues() -> list[Due]:
    """Return how many resources staff are to read: sent for review, or reported."""
    number = trials.to_read().count()
    if not number:
        return []
    return [
        Due(
            number=number,
            words=ngettext("resource to read", "resources to read", number),
            detail=_("Sent for review, or reported."),
            url=reverse("library_review"),
            button=_("Read"),
        )
    ]


def partner_dues(*, at: datetime) -> list[Due]:
    """Return what partners wait for, which only coordinators can do."""
    today = local_day(at)
    dues = [due for mou in coordinator_inbox.memoranda() for due in _of_memorandum(mou)]
    dues += [due for line in coordinator_inbox.terms(on=today) for due in _of_term(line)]
    if number := confirming_positions.positions_waiting(today=today).count():
        dues.append(
            Due(
                number=number,
                words=ngettext("person to confirm at a partner", "people to confirm at partners", number),
                detail=_("They say that they work there."),
                url=reverse("people_to_confirm"),
                button=_("Confirm"),
            )
        )
    if number := Position.objects.unlinked().count():
        dues.append(
            Due(
                number=number,
                words=ngettext(
                    "person works at an organization that isn't listed",
                    "people work at organizations that aren't listed",
                    number,
                ),
                detail=_("Choose the right one, or add it."),
                url=reverse("unlisted_organizations"),
                button=_("Link"),
            )
        )
    return dues


def _of_memorandum(mou: coordinator_inbox.WaitingMou) -> Iterable[Due]:
    if mou.submitted:
        yield Due(
            number=mou.submitted,
            words=ngettext("part to read", "parts to read", mou.submitted),
            detail=mou.title,
            url=reverse("mou_board", args=[mou.slug]),
            button=_("Read"),
        )
    if mou.proposed:
        yield Due(
            number=mou.proposed,
            words=ngettext(
                "proposed change to the shared text", "proposed changes to the shared text", mou.proposed
            ),
            detail=mou.title,
            url=reverse("mou_proposals", args=[mou.slug]),
            button=_("Decide"),
        )


def _of_term(line: coordinator_inbox.TermLine) -> Iterable[Due]:
    if line.ending and line.last:
        words = ngettext(
            "partner's signature ends by %(day)s", "partners' signatures end by %(day)s", line.ending
        )
        yield Due(
            number=line.ending,
            words=words % {"day": wording.day(line.last)},
            detail=line.mou.title,
            url=reverse("mou_term", args=[line.mou.slug]),
            button=_("Renew"),
        )
    if line.over:
        yield Due(
            number=line.over,
            words=ngettext(
                "partner's term is over, with no renewal signed",
                "partners' terms are over, with no renewal signed",
                line.over,
            ),
            detail=line.mou.title,
            url=reverse("mou_signatures", args=[line.mou.slug]),
            button=_("See who"),
        )
