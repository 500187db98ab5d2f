"""Who takes part: registrations, attendance, credit, evaluation and documents."""

from registrations.models.attendance import (
    BY_HAND,
    Attendance,
    AttendanceCompletion,
    AttendanceCompletionChange,
    Evidence,
    Seen,
    Source,
)
from registrations.models.credit_rule import CreditRule
from registrations.models.document import Document, DocumentChange, DocumentSequence
from registrations.models.evaluation import (
    Evaluation,
    EvaluationCompletion,
    EvaluationQuestion,
    EvaluationRequest,
    EvaluationResponse,
)
from registrations.models.group_membership import GroupMembership
from registrations.models.hold import Hold
from registrations.models.registration import (
    Acceptance,
    PlannedAbsence,
    Registration,
    RegistrationChange,
)
from registrations.models.reminder import Reminder

__all__ = [
    "BY_HAND",
    "Acceptance",
    "Attendance",
    "AttendanceCompletion",
    "AttendanceCompletionChange",
    "CreditRule",
    "Document",
    "DocumentChange",
    "DocumentSequence",
    "Evaluation",
    "EvaluationCompletion",
    "EvaluationQuestion",
    "EvaluationRequest",
    "EvaluationResponse",
    "Evidence",
    "GroupMembership",
    "Hold",
    "PlannedAbsence",
    "Registration",
    "RegistrationChange",
    "Reminder",
    "Seen",
    "Source",
]
