"""Who takes part: registrations, attendance, credit, evaluation and documents."""

from registrations.models.attendance.attendance import (
    BY_DEVICE,
    BY_HAND,
    Attendance,
    AttendanceCompletion,
    AttendanceCompletionChange,
    Evidence,
    Seen,
    Source,
)
from registrations.models.attendance.desk_act import DeskAct
from registrations.models.attendance.door_request import DoorRequest
from registrations.models.attendance.kiosk import DoorScan, Kiosk
from registrations.models.attendance.report import (
    AttendanceReport,
    RememberedColumns,
    RememberedVisitor,
    ReportFile,
)
from registrations.models.attendance.room_code import RoomCode
from registrations.models.credit.credit_rule import CreditRule
from registrations.models.credit.design import DocumentDesign
from registrations.models.credit.document import Document, DocumentChange, DocumentSequence
from registrations.models.credit.kept_rule import KeptRule, RuleChange
from registrations.models.credit.renewal_rule import RenewalRule
from registrations.models.credit.seal import Seal
from registrations.models.evaluation.evaluation import (
    Evaluation,
    EvaluationBox,
    EvaluationCompletion,
    EvaluationRequest,
    EvaluationResponse,
    Outcome,
    PulseRequest,
)
from registrations.models.evaluation.questionnaire import EvaluationQuestion, Questionnaire
from registrations.models.exporting.saved_export import SavedExport
from registrations.models.exporting.schedule import ExportDelivery, ExportReader, ExportSchedule
from registrations.models.messages.message import LeftOut, Message, MessageRecipient
from registrations.models.messages.saved_text import SavedText
from registrations.models.seats.answer import (
    Answer,
    CatererLink,
    QuestionLog,
    QuestionRound,
)
from registrations.models.seats.chosen_way import ChosenWay
from registrations.models.seats.designation import Designation
from registrations.models.seats.group_membership import GroupMembership
from registrations.models.seats.hold import Hold
from registrations.models.seats.invitation import Party, SeatInvitation
from registrations.models.seats.offer import Offer
from registrations.models.seats.place_wish import PlaceWish
from registrations.models.seats.question import Question, QuestionReader, QuestionVersion
from registrations.models.seats.registration import (
    Acceptance,
    CalendarRevision,
    PlannedAbsence,
    Registration,
    RegistrationChange,
)
from registrations.models.seats.reminder import Reminder
from registrations.models.seats.replacement import Replacement
from registrations.models.seats.reservation import Reservation, SectorLimit
from registrations.models.seats.staff_act import StaffAct
from registrations.models.seats.substitute import MeetingGuest, Substitute
from registrations.models.together.card import Card
from registrations.models.together.letter import Block, Letter
from registrations.models.together.report import Report
from registrations.models.together.topic import Board, Comment, Proposal, Vote
from registrations.models.transcripts.hours_consent import HoursConsent
from registrations.models.transcripts.transcript import (
    LicenseWindow,
    Transcript,
    TranscriptLink,
    TranscriptSequence,
)

__all__ = [
    "BY_DEVICE",
    "BY_HAND",
    "Acceptance",
    "Answer",
    "Attendance",
    "AttendanceCompletion",
    "AttendanceCompletionChange",
    "AttendanceReport",
    "Block",
    "Board",
    "CalendarRevision",
    "Card",
    "CatererLink",
    "ChosenWay",
    "Comment",
    "CreditRule",
    "Designation",
    "DeskAct",
    "Document",
    "DocumentChange",
    "DocumentDesign",
    "DocumentSequence",
    "DoorRequest",
    "DoorScan",
    "Evaluation",
    "EvaluationBox",
    "EvaluationCompletion",
    "EvaluationQuestion",
    "EvaluationRequest",
    "EvaluationResponse",
    "Evidence",
    "ExportDelivery",
    "ExportReader",
    "ExportSchedule",
    "GroupMembership",
    "Hold",
    "HoursConsent",
    "KeptRule",
    "Kiosk",
    "LeftOut",
    "Letter",
    "LicenseWindow",
    "MeetingGuest",
    "Message",
    "MessageRecipient",
    "Offer",
    "Outcome",
    "Party",
    "PlaceWish",
    "PlannedAbsence",
    "Proposal",
    "PulseRequest",
    "Question",
    "QuestionLog",
    "QuestionReader",
    "QuestionRound",
    "QuestionVersion",
    "Questionnaire",
    "Registration",
    "RegistrationChange",
    "RememberedColumns",
    "RememberedVisitor",
    "Reminder",
    "RenewalRule",
    "Replacement",
    "Report",
    "ReportFile",
    "Reservation",
    "RoomCode",
    "RuleChange",
    "SavedExport",
    "SavedText",
    "Seal",
    "SeatInvitation",
    "SectorLimit",
    "Seen",
    "Source",
    "StaffAct",
    "Substitute",
    "Transcript",
    "TranscriptLink",
    "TranscriptSequence",
    "Vote",
]
