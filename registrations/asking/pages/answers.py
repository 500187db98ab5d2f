"""The answers of a network's people, for who may read them: totals of one meeting, then person by person."""

from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, QueryDict

from meetings.models import Meeting, Network
from meetings.models.planning.meeting import MeetingQuerySet
from partners.models import Person
from registrations.asking.domain.reading import answers_of, people_of, readable_versions
from registrations.asking.domain.sheets import cell_of
from registrations.asking.domain.totals import Totals, totals_of
from registrations.models import Answer, CatererLink, Question, QuestionVersion

EACH = 50


def meetings_of(network: Network) -> MeetingQuerySet:
    """Return the meetings of a network itself that a caterer could come to."""
    return network.meetings.own().standing().order_by("starts_at", "pk")


def chosen_meeting(network: Network, wanted: str, *, at: datetime) -> Meeting | None:
    """Return the meeting that was asked for, else the next one, else the last one; one query."""
    meetings = list(meetings_of(network).select_related("network", "working_group"))
    asked = [meeting for meeting in meetings if str(meeting.uid) == wanted]
    ahead = [meeting for meeting in meetings if meeting.ends_at > at]
    return next(iter([*asked, *ahead, *reversed(meetings)]), None)


def reads_totals(versions: list[QuestionVersion], network: Network, person: Person) -> list[QuestionVersion]:
    """Return the questions of whose totals somebody may know: those whose answers of all they read."""
    if Network.objects.staffed_by(person).filter(pk=network.pk).exists():
        named = {row.question_id for row in person.questions_read.filter(question__network=network)}
        return [one for one in versions if one.question.staff_read or one.question_id in named]
    named = {row.question_id for row in person.questions_read.filter(question__network=network)}
    return [one for one in versions if one.question_id in named]


def totals_for(network: Network, person: Person, wanted: str, *, at: datetime) -> Totals | None:
    """Return the totals that somebody may read, for a meeting; None where there is no meeting or question."""
    meeting = chosen_meeting(network, wanted, at=at)
    versions = reads_totals(readable_versions(network, person), network, person)
    asked = [one for one in versions if one.question.ended_at is None]
    return totals_of(meeting, asked) if meeting and asked else None


def answers_context(
    network: Network, person: Person, chosen: QueryDict, *, staffs: bool, at: datetime
) -> dict[str, Any]:
    """Return what the page shows. Raises Http404 for who reads nothing here and works on nothing."""
    versions = readable_versions(network, person)
    if not versions and not staffs:
        raise Http404
    page = Paginator(people_of(network, person), EACH).get_page(chosen.get("page"))
    meeting = chosen_meeting(network, chosen.get("meeting", ""), at=at)
    totals = reads_totals(versions, network, person)
    standing = [one for one in totals if one.question.ended_at is None]
    return {
        "network": network,
        "versions": versions,
        "page_obj": page,
        "people": [
            (one.registration, list(zip(versions, map(shown, one.answers), strict=True)))
            for one in answers_of(list(page), versions, reader=person)
        ]
        if versions
        else [],
        "meetings": list(meetings_of(network)),
        "meeting": meeting,
        "totals": totals_of(meeting, standing) if meeting and standing else None,
        "links": links_of(meeting) if meeting and staffs else [],
        "has_caterer": Question.objects.standing().filter(network=network, caterer_reads=True).exists(),
        "staffs": staffs,
    }


def links_of(meeting: Meeting) -> list[CatererLink]:
    """Return the links to the totals of a meeting, the newest first."""
    return list(meeting.caterer_links.order_by("-made_at", "-pk"))


def shown(answer: Answer | None) -> dict[str, Any]:
    """Return what a cell says of an answer: its words, its file, and the wording that was read."""
    if answer is None:
        return {"words": ""}
    question = answer.question
    older = answer.version if answer.version.number != question.version else None
    words = cell_of(question.kind, answer.value)
    return {"words": words or "", "empty": not words, "answer": answer, "older": older}
