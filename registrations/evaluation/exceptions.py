"""Every "no" of the evaluation, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── EvaluationRefused        the evaluation is not asked yet, closed, or its results are not shown
    └── EvaluationAnswered   this person has answered it
"""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class EvaluationRefused(RegistrationsRefused):
    """The evaluation is not asked yet, closed, or its results are not shown."""


class EvaluationAnswered(EvaluationRefused):
    """This person has answered the evaluation."""

    def __init__(self) -> None:
        super().__init__(sentence=_("You've already answered this evaluation."))
