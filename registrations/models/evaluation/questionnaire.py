"""What an evaluation asks, in versions that are never edited once somebody was asked them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from stemnet.columns import LineColumn


class Questionnaire(models.Model):
    """The questions of a network, asked at its end or after each meeting (docs/rules.md 10.1).

    ``version`` is the number of the newest version. It is written until an evaluation asks it; what is
    changed from then on is a version of its own. ``edition`` counts every change. After a meeting people are
    asked where it ends from ``asks_since`` on, for ``days`` days.
    """

    class Purpose(models.TextChoices):
        """When it is asked."""

        END = "end", _("Network evaluation")
        PULSE = "pulse", _("Pulse after each meeting")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="questionnaires")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("newest version"), default=1)
    edition = models.PositiveIntegerField(_("edition"), default=1)
    edited_by = models.CharField(_("edited by"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made"))
    asks_since = models.DateTimeField(_("asked after meetings since"), null=True, blank=True)
    days = models.PositiveSmallIntegerField(_("days to answer after a meeting"), default=7)

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.UniqueConstraint(fields=["network", "purpose"], name="questionnaire_once_a_purpose"),
            models.CheckConstraint(
                condition=models.Q(days__range=(1, 60)),
                name="questionnaire_days_within_two_months",
                violation_error_message=_("A pulse can be open for 1 to 60 days."),
            ),
            models.CheckConstraint(
                condition=models.Q(purpose="pulse") | models.Q(asks_since=None),
                name="questionnaire_only_a_pulse_follows_meetings",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.get_purpose_display()}"


class EvaluationQuestion(models.Model):
    """One question in one version of a questionnaire.

    Its ``code`` is the same in every version, and in the questionnaires that were made from it: by it answers
    are kept, and years are compared. It ``depends_on`` the code of an earlier question where it is asked
    only after one of the answers ``depends_values``. Where it ``splits``, other answers are compared by it.
    """

    class Kind(models.TextChoices):
        """How it is answered."""

        AGREE = "agree", _("Scale: 1 to 5, disagree to agree, or not applicable")
        RATING = "rating", _("Scale: 1 to 5, poor to excellent")
        RECOMMEND = "recommend", _("Scale: 0 to 10, how likely")
        CHOICE = "choice", _("One choice of several")
        MANY = "many", _("Any number of choices")
        WORDS = "words", _("In words")
        MATRIX = "matrix", _("Matrix: several statements on one scale")

    class Scale(models.TextChoices):
        """The words of a matrix's scale of 1 to 5, or not applicable."""

        AGREE = "agree", _("Strongly disagree to strongly agree")
        QUALITY = "quality", _("Poor to excellent")
        FREQUENCY = "frequency", _("Never to always")

    SCALES = (Kind.AGREE, Kind.RATING, Kind.RECOMMEND)
    PICKED = (Kind.CHOICE, Kind.MANY)

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    number = models.PositiveSmallIntegerField(_("number"))
    code = models.CharField(_("code"), max_length=32)
    section = LineColumn(_("section"), max_length=100, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("help"), max_length=300, blank=True)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    rows = models.JSONField(_("statements"), default=list, blank=True)
    scale = models.CharField(_("scale of a matrix"), max_length=12, choices=Scale, default=Scale.AGREE)
    required = models.BooleanField(_("required"), default=False)
    splits = models.BooleanField(_("the other answers are compared by it"), default=False)
    depends_on = models.CharField(_("asked only after an answer to"), max_length=32, blank=True)
    depends_values = models.JSONField(_("one of these answers"), default=list, blank=True)

    class Meta:
        verbose_name = _("evaluation question")
        verbose_name_plural = _("evaluation questions")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "version", "code"], name="evaluationquestion_once_a_version"
            ),
            models.CheckConstraint(
                condition=models.Q(splits=False) | models.Q(kind="choice"),
                name="evaluationquestion_one_choice_splits",
            ),
            models.CheckConstraint(
                condition=models.Q(splits=False) | models.Q(depends_on=""),
                name="evaluationquestion_everybody_is_asked_what_splits",
            ),
            models.CheckConstraint(
                condition=models.Q(scale="agree") | models.Q(kind="matrix"),
                name="evaluationquestion_only_a_matrix_has_other_words",
            ),
        ]

    def __str__(self) -> str:
        return self.text
