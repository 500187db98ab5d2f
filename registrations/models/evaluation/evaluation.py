"""The network evaluation: two stores without a shared key (docs/rules.md 10.2)."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Network
from partners.models import local_day
from registrations.models.evaluation.questionnaire import EvaluationQuestion, Questionnaire
from registrations.models.seats.registration import Registration
from stemnet.columns import LineColumn


class Evaluation(models.Model):
    """One time that people are asked: at the end of a network, or a pulse after one of its meetings.

    That of the end is the network's ``evaluation``, which documents wait for; a pulse has its ``meeting``.
    ``version`` is what its form asks now, ``versions`` are all that it asked, ``answered`` is how many
    answers it closed with.
    """

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="evaluations")
    end_of = models.OneToOneField(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="evaluation"
    )
    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="pulse"
    )
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="evaluations")
    version = models.PositiveSmallIntegerField(_("version asked now"), default=1)
    versions = models.JSONField(_("versions asked"), default=list, blank=True)
    opened_at = models.DateTimeField(_("asked since"))
    last_day = models.DateField(_("last day to answer"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by_name = models.CharField(_("closed by"), max_length=200, blank=True)
    answered = models.PositiveIntegerField(_("answers at closing"), default=0)
    published_at = models.DateTimeField(_("results published"), null=True, blank=True)
    published_by_name = models.CharField(_("published by"), max_length=200, blank=True)
    words_deleted = models.BooleanField(_("answers in words were deleted"), default=False, editable=False)

    class Meta:
        verbose_name = _("network evaluation")
        verbose_name_plural = _("network evaluations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_at__isnull=True) | models.Q(closed_at__isnull=False),
                name="evaluation_published_after_closing",
            ),
            models.CheckConstraint(
                condition=models.Q(meeting=None, end_of=models.F("network"))
                | models.Q(meeting__isnull=False, end_of=None),
                name="evaluation_ends_a_network_or_follows_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return str(self.network)

    @property
    def is_pulse(self) -> bool:
        """Return whether it is asked after one meeting; no document waits for it."""
        return self.meeting_id is not None

    @property
    def questions(self) -> models.QuerySet[EvaluationQuestion]:
        """Return what its form asks now, in order."""
        return EvaluationQuestion.objects.filter(
            questionnaire=self.questionnaire_id, version=self.version
        ).order_by("number", "pk")

    def takes_answers(self, at: datetime) -> bool:
        """Return whether it can be answered at ``at``: not closed, and its last day is not over there."""
        return self.closed_at is None and local_day(at, self.network.zone) <= self.last_day


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


class PulseRequest(models.Model):
    """That one person was at a meeting and is asked its pulse; once they answered, on which day.

    It opens no document. Holds no answer and no key to one.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="pulse_requests")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="pulse_requests")
    asked_at = models.DateTimeField(_("asked since"))
    step = models.PositiveSmallIntegerField(_("schedule steps done"), default=0)
    mails = models.PositiveSmallIntegerField(_("e-mails sent"), default=0)
    mailed_at = models.DateTimeField(_("last mail"), null=True, blank=True)
    completed_on = models.DateField(_("answered on"), null=True, blank=True)

    class Meta:
        verbose_name = _("pulse asked")
        verbose_name_plural = _("pulses asked")
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "registration"], name="pulserequest_once")
        ]

    def __str__(self) -> str:
        return str(self.registration)


class Outcome(models.Model):
    """What people said in a network's evaluations, and what was done with it, in words of its staff."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="outcomes")
    said = LineColumn(_("you said"), max_length=300)
    done = models.TextField(_("we did"), max_length=1000)
    written_at = models.DateTimeField(_("written"))
    by_name = models.CharField(_("by"), max_length=200)
    edition = models.PositiveIntegerField(_("edition"), default=1)

    class Meta:
        verbose_name = _("what was done")
        verbose_name_plural = _("what was done")
        ordering = ["-written_at", "-id"]

    def __str__(self) -> str:
        return self.said
