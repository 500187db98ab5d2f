"""The rules of merging for the rows of registrations: of two people, and of two registrations of one."""

from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.merging.domain.merge_rules import (
    Merging,
    Rule,
    give_rows,
    locked_rows,
    merge_rule,
    move_rows,
    once,
    stay,
    when_taken_back,
)
from partners.merging.domain.merge_table import histories_stay
from partners.models import Person
from registrations.attendance.domain.collapsing import attendance, collapse, evidence
from registrations.credit.domain.figures import figures_may_have_changed
from registrations.credit.domain.reviewing import compare, verdict
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
    Designation,
    Document,
    DocumentDesign,
    DoorScan,
    EvaluationCompletion,
    EvaluationRequest,
    Evidence,
    ExportDelivery,
    ExportReader,
    GroupMembership,
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
)
from registrations.models.together.report import THINGS
from registrations.seats.domain import seats

TWICE = gettext_lazy("Two valid documents of one kind after a merge")
MERGED = gettext_lazy("Two records of this person were merged")
APART = gettext_lazy("A merge of two records of this person was undone")


def documents(merging: Merging, model: type[Model], field: str) -> None:
    """Move documents; of two valid ones of a kind, that of the person who went waits for a review."""

    def key(row: Document) -> tuple[int, str] | None:
        return (row.network_id, row.kind) if row.status == Document.Status.VALID else None

    taken = {key(row) for row in locked_rows(model, field, merging.kept)} - {None}
    for row in locked_rows(model, field, merging.gone):
        if key(row) in taken:
            merging.journal.update(row, to_be_reviewed_at=merging.at, review_reason=str(TWICE))
        else:
            give_rows(merging, [row], field)
    review(merging)


def review(merging: Merging) -> None:
    """Have documents of the person who stays reviewed where the merge changed the figures, in the journal."""
    valid = Document.objects.valid().filter(person=merging.kept)
    for network in Network.objects.filter(pk__in=valid.values("network")).order_by("pk"):
        for document, _where, now in compare(network, people=[merging.kept.pk], at=merging.at):
            since, reason = verdict(document, now, is_news=True, because=str(MERGED), at=merging.at)
            merging.journal.update(document, to_be_reviewed_at=since, review_reason=reason)


def count_apart(*, kept: Model, gone: Model, at: datetime) -> None:
    """Work out anew what counts for two people whose merge was taken back."""
    if not isinstance(kept, Person):
        return
    people = {kept.pk, gone.pk}
    for network in Network.objects.filter(registrations__person__in=people).distinct().order_by("pk"):
        say_why_over(network, people, at=at)
        figures_may_have_changed(seats.lock_network(network), because=str(APART), at=at, people=people)


def say_why_over(network: Network, people: set[int], *, at: datetime) -> None:
    """Say why there is one more than the seats where the seat that a merge freed was given on meanwhile."""
    if seats.occupied(seats.lock_network(network), at=at) > network.seats:
        theirs = network.registrations.seated().filter(person__in=people, over_seats_reason="")
        theirs.update(over_seats_reason=str(APART))


def revisions(merging: Merging, model: type[Model], field: str) -> None:
    """Give the one that stays the higher number of each meeting, for good: calendars only count up."""
    for row in CalendarRevision.objects.filter(person=merging.gone):
        kept, _is_new = CalendarRevision.objects.get_or_create(
            person=merging.kept, meeting=row.meeting, defaults={"raised": row.raised, "at": row.at}
        )
        CalendarRevision.objects.filter(pk=kept.pk, raised__lt=row.raised).update(raised=row.raised)


def pulses(merging: Merging, model: type[Model], field: str) -> None:
    """Move requests; of two for one pulse the one that stays is answered where either was: once a person."""
    rows = locked_rows(model, field, merging.gone)
    answered = {row.evaluation_id: row.completed_on for row in rows if row.completed_on}
    for row in locked_rows(model, field, merging.kept):
        if row.completed_on is None and row.evaluation_id in answered:
            merging.journal.update(row, completed_on=answered[row.evaluation_id])
    once(lambda row: row.evaluation_id)(merging, model, field)


def consents(other: str) -> Rule:
    """Move consents; one that was taken back with either of the two stays taken back with who is left."""

    def rule(merging: Merging, model: type[Model], field: str) -> None:
        sides = [locked_rows(model, field, one) for one in (merging.kept, merging.gone)]
        for here, there in (sides, sides[::-1]):
            taken_back = {getattr(row, other) for row in there if row.ended_at}
            for row in here:
                if row.ended_at is None and getattr(row, other) in taken_back:
                    merging.journal.update(row, ended_at=merging.at)
        once(lambda row: None if row.ended_at else getattr(row, other))(merging, model, field)

    return rule


def not_to_oneself(other: str) -> Rule:
    """Move rows between two people, but none that would lead from somebody to themselves, or twice."""

    def rule(merging: Merging, model: type[Model], field: str) -> None:
        taken = set()
        if model is Block:
            taken = {getattr(row, f"{other}_id") for row in locked_rows(model, field, merging.kept)}
        taken |= {merging.kept.pk}
        rows = locked_rows(model, field, merging.gone)
        give_rows(merging, [row for row in rows if getattr(row, f"{other}_id") not in taken], field)

    return rule


def register_merge_rules() -> None:
    """Fill the registry; evidence comes before attendance, which says whose evidence counts."""
    merge_rule(Registration, "person", collapse)
    merge_rule(Document, "person", documents)
    merge_rule(Transcript, "person", move_rows)
    merge_rule(LicenseWindow, "person", once(lambda row: "one"))
    merge_rule(HoursConsent, "person", consents("organization_id"))
    merge_rule(HoursConsent, "organization", consents("person_id"))
    merge_rule(CalendarRevision, "person", revisions)
    merge_rule(Message, "written_by", move_rows)
    merge_rule(SavedExport, "owner", move_rows)
    merge_rule(SavedExport, "organization", move_rows)
    merge_rule(ExportReader, "person", once(lambda row: row.schedule_id))
    merge_rule(ExportDelivery, "person", once(lambda row: (row.export_id, row.due_at)))
    merge_rule(MessageRecipient, "person", once(lambda row: row.message_id))
    merge_rule(DocumentDesign, "by", stay)
    merge_rule(Evidence, "by", stay)
    merge_rule(AttendanceCompletion, "by", stay)
    merge_rule(Kiosk, "by", stay)
    merge_rule(AttendanceReport, "by", stay)
    merge_rule(Reservation, "by", stay)
    merge_rule(Reservation, "organization", once(lambda row: None if row.given_back_at else row.network_id))
    merge_rule(Party, "by", move_rows)
    merge_rule(Party, "organization", move_rows)
    merge_rule(RememberedVisitor, "person", move_rows)
    merge_rule(Card, "registration", once(lambda row: "one"))
    merge_rule(Letter, "sender", not_to_oneself("receiver"))
    merge_rule(Letter, "receiver", not_to_oneself("sender"))
    merge_rule(Block, "blocker", not_to_oneself("blocked"))
    merge_rule(Block, "blocked", not_to_oneself("blocker"))
    merge_rule(Report, "reporter", once(_waiting_report))
    histories_stay("registrations")
    merge_rule(Evidence, "registration", evidence)
    merge_rule(Attendance, "registration", attendance)
    merge_rule(DoorScan, "registration", move_rows)
    merge_rule(Acceptance, "registration", once(lambda row: row.version_id))
    merge_rule(Answer, "registration", once(lambda row: row.question_id))
    merge_rule(QuestionReader, "person", once(lambda row: row.question_id))
    merge_rule(PlannedAbsence, "registration", once(lambda row: row.meeting_id))
    merge_rule(ChosenWay, "registration", once(lambda row: row.meeting_id))
    merge_rule(PlaceWish, "registration", once(lambda row: row.meeting_id))
    merge_rule(GroupMembership, "registration", once(_standing_group))
    merge_rule(EvaluationCompletion, "registration", once(lambda row: row.evaluation_id))
    merge_rule(EvaluationRequest, "registration", once(lambda row: "one"))
    merge_rule(PulseRequest, "registration", pulses)
    merge_rule(Reminder, "registration", once(lambda row: (row.meeting_id, row.offset, row.starts_at)))
    merge_rule(Reminder, "person", once(lambda row: (row.meeting_id, row.offset, row.starts_at)))
    merge_rule(Document, "registration", move_rows)
    merge_rule(RegistrationChange, "registration", stay)
    merge_rule(Offer, "registration", stay)
    merge_rule(SeatInvitation, "registration", move_rows)
    merge_rule(SeatInvitation, "organization", move_rows)
    merge_rule(Replacement, "registration", once(lambda row: None if row.ended_at else "open"))
    merge_rule(Replacement, "taken_by", move_rows)
    merge_rule(Designation, "registration", once(lambda row: None if row.ended_at else "open"))
    merge_rule(MeetingGuest, "registration", once(lambda row: None if row.ended_at else row.meeting_id))
    merge_rule(Substitute, "registration", once(lambda row: None if row.ended_at else row.meeting_id))
    merge_rule(StaffAct, "by", stay)
    merge_rule(StaffAct, "registration", move_rows)
    merge_rule(StaffAct, "came_from", move_rows)
    when_taken_back(count_apart)


def _waiting_report(row: Report) -> tuple[int | None, ...] | None:
    return None if row.outcome else tuple(getattr(row, f"{what}_id") for what in THINGS)


def _standing_group(row: GroupMembership) -> int | None:
    return None if row.left_at else row.working_group_id
