"""My learning: what is next, what have I earned, what is missing for my documents."""

from datetime import datetime
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings.gathering.pages.panels import own_items
from partners.models import Person, known_partnership, local_day
from partners.people.requests import PortalRequest, person_or_404
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.domain.team_hours import TeamHours, hours_of
from registrations.evaluation.domain import pulses
from registrations.evaluation.domain.outcomes import outcomes_of
from registrations.learning.documents import my_hours
from registrations.learning.pages.learning_progress import (
    evaluation_url,
    progress_of,
    total_explained,
    total_line,
)
from registrations.learning.pages.learning_rows import OwnNetwork, Row, studies_of
from registrations.learning.pages.missing import missing_of
from registrations.models import Document, Party
from registrations.seats import calendars, pages
from registrations.seats.domain import limits, line_words
from stemnet import wording
from stemnet.views.papers import on_paper


@never_cache
@require_safe
def learning(request: PortalRequest) -> HttpResponse:
    """Show what is missing, the next meeting, the network of now, and the rest in a line each."""
    person, at = request.person, timezone.now()
    studies = [study for study in studies_of(person, at=at) if study.concerns] if person else []
    teams = own_teams(person) if person else []
    if person is None or not studies:
        own = {"own_items": own_items(person, at=at) if person else [], "teams": teams}
        own["parties"] = own_parties(person) if person else []
        return render(request, "registrations/learning/learning_empty.html", own)
    documents = list(Document.objects.valid().filter(person=person).select_related("network"))
    first, others = studies[0], studies[1:]
    context = {
        "own_items": own_items(person, at=at),
        "teams": teams,
        "parties": own_parties(person),
        "missing": missing_of(studies, documents, at=at),
        "study": first,
        "network": first.network,
        "progress": progress_of(first, None),
        "blocked": limits.said_of(first.registration) if first.place else None,
        "offers": [one.offer for one in studies if one.offer],
        **line_context(first, at=at),
        "has_groups": first.registration.has_groups,
        "asks_questions": first.registration.asks_questions,
        **next_context(studies, at=at),
        "current": [line_of(study) for study in others if not study.is_over],
        "past": past_years([study for study in others if study.is_over]),
        "documents": documents,
        "subscription": calendars.own_subscription(person),
        "pulses": pulses.waiting_for(person, at=at),
    }
    return render(request, "registrations/learning/learning.html", context)


@never_cache
@require_safe
def learning_network(request: PortalRequest, slug: str) -> HttpResponse:
    """Show one network of one's own in full."""
    person, at = request.person, timezone.now()
    studies = studies_of(person, at=at, slug=slug) if person else []
    if not studies:
        raise Http404
    context = {
        **study_context(studies[0], at=at),
        **next_context(studies, at=at),
        "ways": pages.ways_of_network(studies[0].registration, at=at),
        "pulses": pulses.waiting_for(studies[0].registration.person, at=at, network=studies[0].network),
        "outcomes": outcomes_of(studies[0].network),
        "subscription": calendars.own_subscription(studies[0].registration.person),
    }
    return render(request, "registrations/learning/learning_network.html", context)


@never_cache
@require_safe
def learning_pdf(request: PortalRequest) -> HttpResponse:
    """Hand out one's own hours in all networks as a PDF."""
    person, at = person_or_404(request), timezone.now()
    studies = [study for study in studies_of(person, at=at) if study.attendances]
    paper = my_hours(
        str(person),
        [
            *(
                (str(study.network), total_line(study), list(map(paper_row, held(study))))
                for study in studies
            ),
            *map(team_table, hours_of(person)),
        ],
        as_of=wording.day(local_day(at)),
        issuer=str(known_partnership() or ""),
    )
    return on_paper(request, paper, name="my-hours", at=at, otherwise=reverse("learning"))


def held(study: OwnNetwork) -> list[Row]:
    """Return the meetings that are over, or at which the person was marked."""
    return [row for row in study.rows if not row.is_ahead or row.attendance]


def paper_row(row: Row) -> list[str]:
    """Return the cells of one meeting."""
    seen = "\n".join(filter(None, [row.tag[1], row.note]))
    return [wording.day(row.meeting.on), row.title, seen, row.hours]


def own_teams(person: Person) -> list[TeamHours]:
    """Return one's hours on teams; what says whether there are any is asked for the menu anyway."""
    return hours_of(person) if "came_to_team" in person.roles else []


def own_parties(person: Person) -> list[Party]:
    """Return whom somebody registered; what says whether there is anyone is asked for the menu anyway."""
    return pages.own_parties(person) if "registers_others" in person.roles else []


def team_table(one: TeamHours) -> tuple[str, str, list[list[str]]]:
    """Return a team of one's own, its hours, and the cells of each of its meetings."""
    rows = [
        [wording.day(row.meeting.on), row.meeting.title, _("Present"), wording.hours_row(row.minutes)]
        for row in one.meetings
    ]
    return one.team.title, wording.hours_phrase(one.minutes), rows


def past_years(studies: list[OwnNetwork]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return what is over by school year, the newest first."""
    ordered = sorted(studies, key=lambda study: study.network.school_year, reverse=True)
    return [
        (year, [line_of(study) for study in group])
        for year, group in groupby(ordered, key=lambda study: study.network.school_year)
    ]


def study_context(study: OwnNetwork, *, at: datetime) -> dict[str, Any]:
    """Return what the card, the ring and the steps of one network show."""
    registration = study.registration
    readiness = readiness_of_person(study.network, registration.person, at=at)
    return {
        "study": study,
        "network": study.network,
        "registration": registration,
        "total": total_line(study),
        "total_explained": total_explained(study),
        "progress": progress_of(study, readiness),
        "evaluation_url": evaluation_url(study),
        "readiness": readiness,
        "blocked": limits.said_of(registration) if study.place else None,
        "offer": study.offer,
        **line_context(study, at=at),
        "has_groups": registration.has_groups,
        "asks_questions": registration.asks_questions,
    }


def line_context(study: OwnNetwork, *, at: datetime) -> dict[str, Any]:
    """Return the place in line of who waits, and what they are told of it."""
    told = line_words.told_to(study.registration, at=at) if study.place else None
    return {"place": study.place, "told": told, "automatic": told is not None and told.automatic}


def next_context(studies: list[OwnNetwork], *, at: datetime) -> dict[str, Any]:
    """Return the next meeting of all networks, and how far off it is."""
    found: list[tuple[Row, OwnNetwork]] = [(study.next, study) for study in studies if study.next]
    if not found:
        return {"next": None}
    row, study = min(found, key=lambda one: one[0].meeting.starts_at)
    today = local_day(at, row.meeting.zone)
    return {
        "next": row,
        "next_network": study.network,
        "next_days": wording.days_away(row.meeting.on, today),
    }


def line_of(study: OwnNetwork) -> dict[str, Any]:
    """Return what one network says in a line."""
    return {
        "study": study,
        "network": study.network,
        "total": total_line(study) if study.attendances else "",
        "evaluation_url": evaluation_url(study),
    }
