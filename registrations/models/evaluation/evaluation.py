"""The network evaluation: two stores without a shared key (docs/rules.md 10.2)."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import local_day
from registrations.models.seats.registration import Registration


class Evaluation(models.Model):
    """The one evaluation of a network, asked from the moment attendance is complete until its last day."""

    network = models.OneToOneField(Network, on_delete=models.PROTECT, related_name="evaluation")
    opened_at = models.DateTimeField(_("asked since"))
    last_day = models.DateField(_("last day to answer"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by_name = models.CharField(_("closed by"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("results published"), null=True, blank=True)
    published_by_name = models.CharField(_("published by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("network evaluation")
        verbose_name_plural = _("network evaluations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(closed_at__isnull=False),
                name="evaluation_published_after_closing",
            )
        ]

    def __str__(self) -> str:
        return str(self.network)

    def takes_answers(self, at: datetime) -> bool:
        """Return whether it can be answered at ``at``: not closed, and its last day is not over there."""
        return self.closed_at is None and local_day(at, self.network.zone) <= self.last_day


class EvaluationQuestion(models.Model):
    """One question, as it was asked in one evaluation."""

    class Kind(models.TextChoices):
        """How it is answered."""

        AGREE = "agree", _("1 to 5, disagree to agree, or not applicable")
        RATING = "rating", _("1 to 5")
        RECOMMEND = "recommend", _("0 to 10")
        WORDS = "words", _("In words")
        CHOICE = "choice", _("One of several")

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    text = models.CharField(_("question"), max_length=300)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=False)

    class Meta:
        verbose_name = _("evaluation question")
        verbose_name_plural = _("evaluation questions")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "number"], name="evaluationquestion_number_once")
        ]

    def __str__(self) -> str:
        return self.text


class EvaluationRequest(models.Model):
    """That one person is asked to answer, since when, and how many of the mails about it went out."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="requests")
    registration = models.OneToOneField(
        Registration, on_delete=models.PROTECT, related_name="evaluation_request"
    )
    asked_at = models.DateTimeField(_("asked since"))
    step = models.PositiveSmallIntegerField(_("schedule steps done"), default=0)
    mails = models.PositiveSmallIntegerField(_("e-mails sent"), default=0)
    mailed_at = models.DateTimeField(_("last mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("evaluation request")
        verbose_name_plural = _("evaluation requests")
        indexes = [models.Index(fields=["step", "asked_at"], name="evaluationrequest_step")]

    def __str__(self) -> str:
        return str(self.registration)


class EvaluationCompletion(models.Model):
    """That somebody answered (a date, no time), or was excused. Holds no answer and no key to one."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="completions")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="evaluation_completions"
    )
    completed_on = models.DateField(_("on"))
    waived_by_name = models.CharField(_("excused by"), max_length=200, blank=True)
    waiver_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("completed evaluation")
        verbose_name_plural = _("completed evaluations")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "registration"], name="evaluationcompletion_once"),
            models.CheckConstraint(
                condition=models.Q(waived_by_name="") | ~models.Q(waiver_reason=""),
                name="evaluationcompletion_waiver_has_a_reason",
                violation_error_message=_("To excuse somebody, give a reason."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.registration)


class EvaluationBox(models.Model):
    """All answers to an evaluation that is open, as one sealed value that each answer writes anew."""

    evaluation = models.OneToOneField(
        Evaluation, on_delete=models.PROTECT, primary_key=True, related_name="box"
    )
    sealed = models.BinaryField(_("sealed answers"))

    class Meta:
        verbose_name = _("box of answers")
        verbose_name_plural = _("boxes of answers")

    def __str__(self) -> str:
        return str(self.evaluation)


class EvaluationResponse(models.Model):
    """Somebody's answers to an evaluation that is closed; nobody's. No moment, no person, no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="responses")
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("evaluation response")
        verbose_name_plural = _("evaluation responses")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(_("a response"))
