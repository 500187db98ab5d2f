"""What of a registration goes when its years are over: details about the person; what is counted stays.

The registration, its status and when it was asked, attendance, hours, documents and acceptances stay
(docs/rules.md 11.2).
"""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from meetings.models import Meeting
from registrations.models import (
    Answer,
    ChosenWay,
    Designation,
    PlaceWish,
    PlannedAbsence,
    Registration,
    RegistrationChange,
    Reminder,
    Replacement,
    StaffAct,
    Substitute,
)
from registrations.seats.domain import answering

NO_LEADER = {"leader_name": "", "leader_job": "", "leader_email": ""}
GO: tuple[type[Model], ...] = (
    Answer,
    ChosenWay,
    Designation,
    PlaceWish,
    PlannedAbsence,
    Reminder,
    Replacement,
    Substitute,
)
NO_WORDS: dict[type[Model], dict[str, Any]] = {
    RegistrationChange: {"reason": ""},
    StaffAct: {"reason": "", "before": {}, "after": ""},
}


def with_details(before: datetime) -> QuerySet[Registration]:
    """Return the registrations of networks that last met before a moment and have details (``last_met``)."""
    meetings = Meeting.objects.filter(network=OuterRef("network")).order_by("-ends_at").values("ends_at")
    old = Registration.objects.annotate(last_met=Subquery(meetings[:1])).filter(last_met__lt=before)
    has: Any = ~Q(**NO_LEADER)
    for model in GO:
        has |= Exists(model._base_manager.filter(registration=OuterRef("pk")))
    for model, empty in NO_WORDS.items():
        has |= Exists(model._base_manager.filter(~Q(**empty), registration=OuterRef("pk")))
    return old.filter(has)


def remove(registrations: QuerySet[Registration]) -> int:
    """Delete the details of these, older versions of their rows included; return how many they were."""
    keys = list(registrations.values_list("pk", flat=True))
    answering.delete(list(Answer.objects.filter(registration__in=keys)))
    for model in GO:
        model._base_manager.filter(registration__in=keys).delete()
    for model, empty in NO_WORDS.items():
        model._base_manager.filter(registration__in=keys).update(**empty)
    Registration.objects.filter(pk__in=keys).update(**NO_LEADER)
    versions = Registration.history.filter(id__in=keys)
    versions.update(**NO_LEADER, history_change_reason=None)
    return len(keys)
