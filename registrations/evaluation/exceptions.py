"""Every "no" of the evaluation, children of `registrations.seats.exceptions.RegistrationsRefused`.

RegistrationsRefused
└── EvaluationRefused        the evaluation is not asked yet, closed, or its results are not shown
    ├── EvaluationAnswered   this person has answered it
    ├── EvaluationClosed     it closed while somebody was answering
    ├── EditedElsewhere      somebody else changed the questions while the page was open
    ├── NoLongerAsked        a question was deleted while its page was open
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


class EvaluationClosed(EvaluationRefused):
    """The evaluation closed while somebody was answering it."""

    def __init__(self) -> None:
        super().__init__(
            sentence=_("The evaluation closed while you were answering, so your answers weren't saved.")
        )


class EditedElsewhere(EvaluationRefused):
    """Somebody else changed the questions while the page was open."""

    def __init__(self, who: str) -> None:
        sentence = _(
            "%(who)s changed these questions while you had this page open. What you typed is still here. "
            "Look at the list of questions, then save again."
        )
        super().__init__(sentence=sentence % {"who": who or _("Somebody")})


class NoLongerAsked(EvaluationRefused):
    """The question was deleted while its page was open."""

    def __init__(self) -> None:
        super().__init__(sentence=_("This question was deleted while you had it open."))


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
