"""The rules of merging for the rows of registrations: of two people, and of two registrations of one."""

from django.db.models import Model

from partners.merging.domain.merge_rules import (
    Merging,
    give_rows,
    locked_rows,
    merge_rule,
    move_rows,
    once,
    stay,
)
from partners.merging.domain.merge_table import histories_stay
from registrations.attendance.domain.collapsing import attendance, collapse, evidence
from registrations.models import (
    Acceptance,
    Attendance,
    AttendanceCompletion,
    CalendarRevision,
    Document,
    EvaluationCompletion,
    EvaluationRequest,
    Evidence,
    GroupMembership,
    PlannedAbsence,
    Registration,
    RegistrationChange,
    Reminder,
)

TWICE = "Two valid documents of one kind after a merge"


def documents(merging: Merging, model: type[Model], field: str) -> None:
    """Move documents; of two valid ones of a kind, that of the person who went waits for a review."""

    def key(row: Document) -> tuple[int, str] | None:
        return (row.network_id, row.kind) if row.status == Document.Status.VALID else None

    taken = {key(row) for row in locked_rows(model, field, merging.kept)} - {None}
    for row in locked_rows(model, field, merging.gone):
        if key(row) in taken:
            merging.journal.update(row, to_be_reviewed_at=merging.at, review_reason=TWICE)
        else:
            give_rows(merging, [row], field)


def revisions(merging: Merging, model: type[Model], field: str) -> None:
    """Give the one that stays the higher number of each meeting, for good: calendars only count up."""
    for row in CalendarRevision.objects.filter(person=merging.gone):
        kept, _is_new = CalendarRevision.objects.get_or_create(
            person=merging.kept, meeting=row.meeting, defaults={"raised": row.raised, "at": row.at}
        )
        CalendarRevision.objects.filter(pk=kept.pk, raised__lt=row.raised).update(raised=row.raised)


def register_merge_rules() -> None:
    """Fill the registry; evidence comes before attendance, which says whose evidence counts."""
    merge_rule(Registration, "person", collapse)
    merge_rule(Document, "person", documents)
    merge_rule(CalendarRevision, "person", revisions)
    merge_rule(Evidence, "by", stay)
    merge_rule(AttendanceCompletion, "by", stay)
    histories_stay("registrations")
    merge_rule(Evidence, "registration", evidence)
    merge_rule(Attendance, "registration", attendance)
    merge_rule(Acceptance, "registration", once(lambda row: row.version_id))
    merge_rule(PlannedAbsence, "registration", once(lambda row: row.meeting_id))
    merge_rule(GroupMembership, "registration", once(_standing_group))
    merge_rule(EvaluationCompletion, "registration", once(lambda row: row.evaluation_id))
    merge_rule(EvaluationRequest, "registration", once(lambda row: "one"))
    merge_rule(Reminder, "registration", once(lambda row: (row.meeting_id, row.offset, row.starts_at)))
    merge_rule(Document, "registration", move_rows)
    merge_rule(RegistrationChange, "registration", stay)


def _standing_group(row: GroupMembership) -> int | None:
    return None if row.left_at else row.working_group_id
