"""Every "no" of the evaluation, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── EvaluationRefused        the evaluation is not asked yet, closed, or its results are not shown
    ├── EvaluationAnswered   this person has answered it
    └── BoxStuck             the answers so far can't be opened, for want of an earlier secret key
"""

from django.utils.translation import gettext as _

from registrations.seats.exceptions import RegistrationsRefused


class EvaluationRefused(RegistrationsRefused):
    """The evaluation is not asked yet, closed, or its results are not shown."""


class EvaluationAnswered(EvaluationRefused):
    """This person has answered the evaluation."""

    def __init__(self) -> None:
        super().__init__(sentence=_("You've already answered this evaluation."))


class BoxStuck(EvaluationRefused):
    """The answers so far were sealed with a secret key that the installation has no more."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_(
                "The answers so far are sealed with an earlier secret key of this portal. The "
                "portal's administrator has to add that key to SECRET_KEY_FALLBACKS. Please try "
                "again after that."
            )
        )
