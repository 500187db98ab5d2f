"""How long what belongs to registrations is kept, and what of it stays."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from meetings.models import ResourceReport
from registrations.asking.domain.kept_answers import KeptAnswers
from registrations.attendance.domain.at_the_door import requests_over
from registrations.attendance.domain.report_files import remove_left_open
from registrations.credit.domain.kept_marks import KeptMarks
from registrations.models import (
    AttendanceReport,
    CatererLink,
    Letter,
    Message,
    Report,
    SeatInvitation,
    TranscriptLink,
)
from registrations.records.domain import kept_details, kept_words
from registrations.seats.domain.holding import over_a_day_ago
from stemnet.models.mail import removed_address
from stemnet.retention.registry import Kept, Stays, add, of_rows, stays

DRAFT_DAYS, LINK_DAYS, INVITATION_DAYS, LETTER_DAYS, REPORT_DAYS = 365, 30, 365, 365, 365
DETAIL_DAYS, WORD_DAYS = 7 * 365 + 2, 5 * 365 + 1
AUDIT_DAYS, YEARS_COMPARED = 5 * 365 + 2, 3 * 365 + 1


def add_classes() -> None:
    """Say how long it is kept."""
    add(*_chosen(), *_of_years(), *_ruled())
    stays(
        Stays(
            "documents",
            _("Certificates and the hours behind them"),
            _("A point may be audited ten years on (11.2)."),
        ),
        Stays(
            "transcripts",
            _("Transcripts that people issued, and their licenses"),
            _("They go with the person's data (11.6)."),
        ),
        Stays(
            "memoranda",
            _("Memoranda, signatures and their evidence"),
            _("They bind a partner (8.3, 11.2)."),
        ),
        Stays("topics", _("Topics, votes and comments"), _("They say why a network met (5.3).")),
        Stays(
            "registered",
            _("That somebody registered, attendance and hours"),
            _("Statistics and documents count them (11.2)."),
        ),
        Stays(
            "ratings",
            _("Ratings and choices in evaluations"),
            _("They have no name, and results count them (10.2, 11.2)."),
        ),
    )


def _chosen() -> list[Kept]:
    return [
        Kept(
            "drafts",
            _("Messages that were begun and never sent"),
            _("since they were begun"),
            of_rows(_drafts, "created_at", person="written_by__uid", network="network__slug"),
            default=lambda: DRAFT_DAYS,
        ),
        Kept(
            "reports",
            _("Reports of meeting tools that nobody imported"),
            _("since the file was uploaded"),
            of_rows(
                AttendanceReport.objects.left_open,
                "uploaded_at",
                remove=remove_left_open,
                network="meeting__network__slug",
            ),
            default=lambda: settings.IMPORT_KEPT_DAYS,
        ),
        Kept(
            "letters",
            _("Letters that people of a network wrote to each other"),
            _("since they were sent"),
            of_rows(_letters, "sent_at", network="network__slug", person=_of_writers),
            default=lambda: LETTER_DAYS,
        ),
        Kept(
            "settled_reports",
            _("Reports of what somebody wrote, once they are decided"),
            _("since they were decided"),
            of_rows(_reports, "settled_at", network="network__slug", person="reporter__uid"),
            default=lambda: REPORT_DAYS,
        ),
        Kept(
            "resource_reports",
            _("Reports of what is wrong with a resource of the library, once they are settled"),
            _("since they were settled"),
            of_rows(_resource_reports, "settled_at", person="by__uid"),
            default=lambda: REPORT_DAYS,
        ),
        Kept(
            "caterer_links",
            _("Links for caterers that have ended"),
            _("since they ended"),
            of_rows(_links, "until", network="meeting__network__slug"),
            default=lambda: LINK_DAYS,
        ),
        Kept(
            "transcript_links",
            _("Links to transcripts that have ended"),
            _("since they ended"),
            of_rows(_transcript_links, "until", person="transcript__person__uid"),
            default=lambda: LINK_DAYS,
        ),
        Kept(
            "seat_invitations",
            _("Names and addresses in invitations to a seat that ended; we keep the fact that one was sent"),
            _("since they ended"),
            of_rows(
                _invitations,
                "ended_at",
                remove=_empty,
                network="network__slug",
                person="registration__person__uid",
            ),
            default=lambda: INVITATION_DAYS,
        ),
    ]


def _of_years() -> list[Kept]:
    return [
        Kept(
            "registrations",
            _(
                "Details of registrations: answers, reasons, leaders, absences, ways, reminders; "
                "that somebody registered stays"
            ),
            _("since the network's last meeting"),
            of_rows(
                kept_details.with_details,
                "last_met",
                remove=kept_details.remove,
                person="person__uid",
                network="network__slug",
            ),
            default=lambda: DETAIL_DAYS,
            floor=AUDIT_DAYS,
            why=_("the license of an educator who took part may be audited for that long"),
        ),
        Kept(
            "evaluations",
            _("Evaluations' answers in words; ratings and choices stay"),
            _("since the evaluation was closed"),
            of_rows(
                kept_words.with_words,
                "closed_at",
                remove=kept_words.remove,
                person=kept_words.of_people,
                network="network__slug",
            ),
            default=lambda: WORD_DAYS,
            floor=YEARS_COMPARED,
            why=_("networks compare three years"),
        ),
    ]


def _ruled() -> list[Kept]:
    return [
        Kept(
            "holds",
            _("Seats that were held, with the browser's internet address in scrambled form"),
            _("since the hold was over"),
            of_rows(over_a_day_ago, "expires_at", network="network__slug"),
            rule=_("A day (11.2)"),
        ),
        Kept(
            "door_requests",
            _("Who asked at the door to be let in"),
            _("since the meeting"),
            of_rows(requests_over, "meeting__ends_at", network="meeting__network__slug"),
            rule=_("Two weeks (6.8)"),
        ),
        Kept(
            "answers",
            _("Answers to a network's own questions"),
            _("since the network's last meeting"),
            KeptAnswers(),
            rule=_("As its question says (4.11); the log stands with the questions"),
            runs_itself=True,
        ),
        Kept(
            "marks",
            _("Marks of attendance, scans and reports of meeting tools"),
            _("since the network's last meeting or document"),
            KeptMarks(),
            rule=_("The years of its credit rule (11.2)"),
        ),
    ]


def _drafts(before: datetime) -> QuerySet[Message]:
    return Message.objects.filter(state=Message.State.DRAFT, created_at__lt=before)


def _letters(before: datetime) -> QuerySet[Letter]:
    reported = Report.objects.waiting().filter(letter=OuterRef("pk"))
    return Letter.objects.filter(~Exists(reported), sent_at__lt=before)


def _of_writers(people: Collection[str]) -> Q:
    return Q(sender__uid__in=people) | Q(receiver__uid__in=people)


def _reports(before: datetime) -> QuerySet[Report]:
    return Report.objects.filter(settled_at__lt=before)


def _resource_reports(before: datetime) -> QuerySet[ResourceReport]:
    return ResourceReport.objects.filter(settled_at__lt=before)


def _links(before: datetime) -> QuerySet[CatererLink]:
    return CatererLink.objects.filter(Q(until__lt=before) | Q(ended_at__lt=before))


def _transcript_links(before: datetime) -> QuerySet[TranscriptLink]:
    return TranscriptLink.objects.filter(Q(until__lt=before) | Q(ended_at__lt=before))


def _invitations(before: datetime) -> QuerySet[SeatInvitation]:
    return SeatInvitation.objects.filter(ended_at__lt=before).exclude(address=removed_address())


def _empty(invitations: QuerySet[Any]) -> int:
    return invitations.update(address=removed_address(), first_name="", last_name="", answers={})
