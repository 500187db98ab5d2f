"""The network evaluation on the repair desk: who answered, by date; answers have no page here at all."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from partners.admin.base import ReadOnlyInline
from registrations.admin.base import LookingDesk
from registrations.models import Evaluation, EvaluationCompletion, EvaluationQuestion, Questionnaire


class QuestionInline(ReadOnlyInline):
    """Its questions, version by version."""

    model = EvaluationQuestion
    fields = ["version", "number", "kind", "text", "required"]


@admin.register(Questionnaire)
class QuestionnaireAdmin(LookingDesk):
    """What every network asks at its end and after its meetings."""

    task, place = "records", 55
    list_display = ["network", "purpose", "version", "edited_by"]
    list_select_related = ["network"]
    list_filter = ["purpose", "network__school_year"]
    search_fields = ["network__title"]
    search_help_text = _("Network")
    inlines = [QuestionInline]


@admin.register(Evaluation)
class EvaluationAdmin(LookingDesk):
    """Every network evaluation."""

    task, place = "records", 50
    list_display = ["network", "meeting", "opened_at", "last_day", "closed_at", "published_at"]
    list_select_related = ["network", "meeting__network"]
    list_filter = [
        "network__school_year",
        ("meeting", admin.EmptyFieldListFilter),
        ("closed_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["network__title"]
    search_help_text = _("Network")
    date_hierarchy = "opened_at"


@admin.register(EvaluationCompletion)
class EvaluationCompletionAdmin(LookingDesk):
    """That somebody answered, or was excused: a date, by name, in no order of time."""

    task, place, list_name = "records", 60, _("Answered evaluations")
    list_display = ["person", "evaluation", "completed_on", "waived_by_name", "waiver_reason"]
    list_select_related = ["registration__person", "evaluation__network"]
    list_filter = ["evaluation__network__school_year", ("waived_by_name", admin.EmptyFieldListFilter)]
    search_fields = [
        "registration__person__plain_first_name",
        "registration__person__plain_last_name",
        "evaluation__network__title",
    ]
    search_help_text = _("Person or network")
    fields = ["registration", "evaluation", "completed_on", "waived_by_name", "waiver_reason"]
    ordering = ["registration__person__plain_last_name", "registration__person__plain_first_name"]
    sortable_by = ["person", "evaluation"]

    @admin.display(description=_("person"), ordering="registration__person__plain_last_name")
    def person(self, completion: EvaluationCompletion) -> str:
        """Return who answered."""
        return str(completion.registration.person)
