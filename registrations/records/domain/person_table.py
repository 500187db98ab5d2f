"""What the rows of registrations that lead to a person mean for their download, and for their deletion."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from partners.people.domain import traces
from partners.people.domain.person_rows import (
    ACTED,
    Forgetting,
    delete_rows,
    rows_about,
    stay,
    stay_without,
    unsign,
)
from partners.people.domain.person_table import histories_of, unsigned_histories
from registrations.models import (
    Acceptance,
    Answer,
    Attendance,
    AttendanceCompletion,
    AttendanceReport,
    Block,
    CalendarRevision,
    Card,
    ChosenWay,
    Comment,
    Designation,
    Document,
    DocumentChange,
    DocumentDesign,
    DoorRequest,
    DoorScan,
    EvaluationCompletion,
    EvaluationRequest,
    EvaluationResponse,
    Evidence,
    ExportDelivery,
    ExportReader,
    GroupMembership,
    Hold,
    HoursConsent,
    Kiosk,
    Letter,
    LicenseWindow,
    MeetingGuest,
    Message,
    MessageRecipient,
    Offer,
    Party,
    PlaceWish,
    PlannedAbsence,
    Proposal,
    PulseRequest,
    QuestionReader,
    Registration,
    RegistrationChange,
    RememberedVisitor,
    Reminder,
    Replacement,
    Report,
    Reservation,
    SavedExport,
    SeatInvitation,
    StaffAct,
    Substitute,
    Transcript,
    TranscriptLink,
    Vote,
)
from registrations.seats.domain import answering
from registrations.transcripts.domain import removing

OWN = "registration__person"
OTHERS = _("It says what somebody else chose, and not what you did.")
STANDING: tuple[type[Model], ...] = (
    Acceptance,
    Attendance,
    ChosenWay,
    DoorScan,
    EvaluationCompletion,
    EvaluationRequest,
    GroupMembership,
    MeetingGuest,
    Offer,
    PulseRequest,
)
PASSING: tuple[type[Model], ...] = (
    Designation,
    PlaceWish,
    PlannedAbsence,
    Reminder,
    Replacement,
    SeatInvitation,
    Substitute,
)
ACTS: tuple[type[Model], ...] = (
    AttendanceCompletion,
    AttendanceReport,
    DocumentDesign,
    Evidence,
    Kiosk,
    Party,
    Reservation,
    StaffAct,
)


def unname_reader(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Leave that a message had one more reader, without name and address."""
    rows.update(name=forgetting.name, address="")


def delete_answers(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Delete answers to a network's own questions, and their files once that is committed."""
    answering.delete(list(rows))


def delete_transcripts(forgetting: Forgetting, rows: QuerySet[Any]) -> None:
    """Delete transcripts with their links, and their files once that is committed: the documents stay."""
    removing.delete(list(rows))


def rows_of_registrations() -> None:
    """Fill the registry."""
    rows_about(Registration, "person", forget=stay_without(leader_name="", leader_job="", leader_email=""))
    _each(STANDING, OWN, forget=stay)
    rows_about(Evidence, OWN, forget=stay_without(reason="", taken_back_reason=""))
    rows_about(RegistrationChange, OWN, forget=stay_without(reason=""))
    _each(PASSING, OWN, forget=delete_rows)
    rows_about(StaffAct, OWN, forget=stay_without(reason="", before={}, after=""))
    rows_about(StaffAct, "came_from__person", forget=stay, not_downloaded=_twice("acts"))
    rows_about(Replacement, "taken_by__person", forget=delete_rows)
    rows_about(Answer, OWN, forget=delete_answers)
    rows_about(QuestionReader, "person", forget=delete_rows)
    rows_about(Document, "person", forget=stay)
    rows_about(Document, OWN, forget=stay, not_downloaded=_twice("documents"))
    rows_about(DocumentChange, "document__person", forget=stay_without(reason=""))
    rows_about(TranscriptLink, "transcript__person", forget=delete_rows)
    rows_about(Transcript, "person", forget=delete_transcripts)
    rows_about(LicenseWindow, "person", forget=delete_rows)
    rows_about(HoursConsent, "person", forget=delete_rows)
    rows_about(CalendarRevision, "person", forget=delete_rows)
    rows_about(RememberedVisitor, "person", forget=delete_rows)
    rows_about(Reminder, "person", forget=delete_rows, not_downloaded=_twice("reminders"))
    rows_about(MessageRecipient, "person", forget=unname_reader)
    rows_about(Card, OWN, forget=delete_rows)
    rows_about(Proposal, OWN, forget=stay)
    rows_about(Vote, OWN, forget=delete_rows)
    rows_about(Comment, "writer", forget=delete_rows)
    rows_about(Letter, "sender", forget=delete_rows)
    rows_about(Letter, "receiver", forget=delete_rows)
    rows_about(Block, "blocker", forget=delete_rows)
    rows_about(Block, "blocked", forget=delete_rows, not_downloaded=OTHERS)
    rows_about(Report, "reporter", forget=delete_rows)
    rows_about(Message, "written_by", forget=stay)
    rows_about(SavedExport, "owner", forget=stay)
    rows_about(ExportReader, "person", forget=delete_rows)
    rows_about(ExportDelivery, "person", forget=delete_rows)
    _each(ACTS, "by", forget=unsign, not_downloaded=ACTED)
    traces.leave_words(Document, "snapshot")
    traces.leave_words(EvaluationResponse)
    traces.leave_words(Message, "subject", "title", "text")
    traces.deleted_by_address(Hold, "address")
    traces.deleted_by_address(DoorRequest, "address")
    traces.deleted_by_address(SeatInvitation, "address")
    traces.deleted_by_address(Replacement, "address")
    traces.deleted_by_address(Substitute, "address")
    unsigned_histories("registrations")
    histories_of("registrations")


def _each(models: tuple[type[Model], ...], path: str, **said: Any) -> None:
    for model in models:
        rows_about(model, path, **said)


def _twice(name: str) -> str:
    return f"These {name} are in the file already."
