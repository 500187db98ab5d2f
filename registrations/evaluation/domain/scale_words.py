"""The words of each scale, the best first: what people choose from, and what results say of a number."""

from typing import Any

from django.utils.translation import gettext_lazy

from registrations.models import EvaluationQuestion

Scale = EvaluationQuestion.Scale
AGREE: dict[int, Any] = {
    5: gettext_lazy("Strongly agree"),
    4: gettext_lazy("Agree"),
    3: gettext_lazy("Neither"),
    2: gettext_lazy("Disagree"),
    1: gettext_lazy("Strongly disagree"),
}
OF_MATRIX: dict[Scale, dict[int, Any]] = {
    Scale.AGREE: AGREE,
    Scale.QUALITY: {
        5: gettext_lazy("Excellent"),
        4: gettext_lazy("Good"),
        3: gettext_lazy("Fair"),
        2: gettext_lazy("Weak"),
        1: gettext_lazy("Poor"),
    },
    Scale.FREQUENCY: {
        5: gettext_lazy("Always"),
        4: gettext_lazy("Often"),
        3: gettext_lazy("Sometimes"),
        2: gettext_lazy("Rarely"),
        1: gettext_lazy("Never"),
    },
}


def words_of(question: EvaluationQuestion) -> dict[int, Any]:
    """Return what the numbers of a question's scale are called; nothing where they are only numbers."""
    if question.kind == EvaluationQuestion.Kind.MATRIX:
        return OF_MATRIX[Scale(question.scale)]
    return AGREE if question.kind == EvaluationQuestion.Kind.AGREE else {}
