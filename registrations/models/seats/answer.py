"""Answers to a network's own questions, and what was done with them: mail, links for a caterer, the log."""

import uuid
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Network, WorkingGroup
from partners.models import Person
from registrations.models.seats.group_membership import GroupMembership
from registrations.models.seats.question import Question, QuestionReader, QuestionVersion
from registrations.models.seats.registration import Registration
from stemnet.columns import LineColumn


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Questions about answers."""

    def readable_by(self, person: Person | None) -> "AnswerQuerySet":
        """Return those this person may read: as staff, as one who was named, or of a group they lead."""
        if person is None:
            return self.none()
        led = GroupMembership.objects.current().filter(
            working_group__in=WorkingGroup.objects.led_by(person).values("pk")
        )
        return self.filter(
            models.Q(question__in=QuestionReader.objects.filter(person=person).values("question"))
            | models.Q(question__staff_read=True, question__network__in=Network.objects.staffed_by(person))
            | models.Q(question__leads_read=True, registration__in=led.values("registration"))
        )

    def visible_to(self, person: Person | None) -> "AnswerQuerySet":
        """Return one's own, and those one may read."""
        if person is None:
            return self.none()
        own = models.Q(registration__person=person)
        return self.filter(own | models.Q(pk__in=self.model.objects.readable_by(person).values("pk")))


def answer_path(answer: "Answer", _name: str) -> str:
    """Return where a file is kept: nothing of it comes from whoever sent it."""
    return f"answers/{uuid.uuid4().hex}"


class Answer(models.Model):
    """What one person answered to one question, under the wording that they read.

    ``value`` is text, a list of choices, True or False; a number as text, a date as ISO 8601; None where they
    left it empty. Nothing keeps what stood there before: ``revision`` counts, ``changed_at`` says when.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(_("answer"), null=True, blank=True)
    file = models.FileField(_("file"), upload_to=answer_path, blank=True, editable=False)
    revision = models.PositiveIntegerField(_("times changed"), default=1)
    given_at = models.DateTimeField(_("given"))
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)
    by_name = models.CharField(_("by"), max_length=200)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="answer_once_a_question")
        ]

    def __str__(self) -> str:
        return str(self.uid)


class QuestionRound(models.Model):
    """One press that mailed everyone who had not answered; they are reminded once."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="question_rounds")
    asked_at = models.DateTimeField(_("asked"))
    by_name = models.CharField(_("by"), max_length=200)
    people = models.PositiveIntegerField(_("people asked"), default=0)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail about questions")
        verbose_name_plural = _("mail about questions")
        ordering = ["asked_at", "id"]

    def __str__(self) -> str:
        return f"{self.network}, {self.asked_at}"


class QuestionLog(models.Model):
    """What was done with a question or with answers to it; never what somebody answered."""

    class What(models.TextChoices):
        """What was done."""

        ADDED = "added", _("added")
        WORDED = "worded", _("worded differently")
        CHANGED = "changed", _("changed")
        ENDED = "ended", _("not asked anymore")
        AGAIN = "again", _("asked again")
        READERS = "readers", _("other people read it")
        DELETED = "deleted", _("deleted")
        FORGOTTEN = "forgotten", _("answers deleted, as their time was over")
        LEFT = "left", _("answers of people who left deleted")
        CLEARED = "cleared", _("answers deleted by staff")
        EXPORTED = "exported", _("answers downloaded")
        ASKED = "asked", _("people asked by e-mail")
        LINKED = "linked", _("link for a caterer made")
        UNLINKED = "unlinked", _("link for a caterer ended")

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="question_log")
    question = models.ForeignKey(
        Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="log"
    )
    words = models.CharField(_("question"), max_length=300, blank=True)
    what = models.CharField(_("what"), max_length=12, choices=What)
    number = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    by_name = models.CharField(_("by"), max_length=200)

    class Meta:
        verbose_name = _("log of questions")
        verbose_name_plural = _("log of questions")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.words}: {self.get_what_display()}"


class CatererLink(models.Model):
    """A link that shows a caterer the totals of one meeting, until it ends; what is kept of it is a hash."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="caterer_links")
    name = LineColumn(_("for whom"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"))
    by_name = models.CharField(_("made by"), max_length=200)
    until = models.DateTimeField(_("until"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("link for a caterer")
        verbose_name_plural = _("links for caterers")
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.name

    def is_open(self, *, at: datetime) -> bool:
        """Return whether it shows anything at the moment ``at``."""
        return self.ended_at is None and at < self.until
