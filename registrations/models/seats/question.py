"""Questions of a network's own, in versions, and who may read their answers."""

import uuid

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network, WorkingGroup
from partners.models import Person
from stemnet.columns import LineColumn


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions about questions."""

    def standing(self) -> "QuestionQuerySet":
        """Return those that are asked still."""
        return self.filter(ended_at=None)

    def readable_by(self, person: Person | None) -> "QuestionQuerySet":
        """Return those whose answers this person may read, all of them or those of a group they lead."""
        if person is None:
            return self.none()
        led = WorkingGroup.objects.led_by(person).values("network")
        return self.filter(
            models.Q(pk__in=QuestionReader.objects.filter(person=person).values("question"))
            | models.Q(staff_read=True, network__in=Network.objects.staffed_by(person))
            | models.Q(leads_read=True, network__in=led)
        )


class Question(models.Model):
    """One question of a network; what it says stands in its versions (docs/rules.md 4.11).

    ``version`` is the number of the newest one. It ``depends_on`` an earlier question where it is asked only
    after one of the answers ``depends_values``; any answer where there are none.
    """

    class Kind(models.TextChoices):
        """What an answer is."""

        TEXT = "text", _("A line of text")
        LONG = "long", _("Several lines of text")
        CHOICE = "choice", _("One choice of several")
        MANY = "many", _("Any number of choices")
        NUMBER = "number", _("A number")
        DATE = "date", _("A date")
        FILE = "file", _("A file")
        AGREEMENT = "agreement", _("An agreement: a box to check")

    class About(models.TextChoices):
        """What the answers say of a person, which decides who may read them at most."""

        ORDINARY = "ordinary", _("Nothing personal")
        ACCESS = "access", _("What somebody needs to take part")
        DIET = "diet", _("What somebody eats")

    PICKED = (Kind.CHOICE, Kind.MANY)
    DECIDING = (Kind.CHOICE, Kind.MANY, Kind.AGREEMENT)  # others can depend on them

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="own_questions", verbose_name=_("network")
    )
    place = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    about = models.CharField(_("what it's about"), max_length=12, choices=About, default=About.ORDINARY)
    required = models.BooleanField(_("required"), default=False)
    on_registering = models.BooleanField(_("asked on registering"), default=True)
    depends_on = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="dependents",
        verbose_name=_("asked only after an answer to"),
    )
    depends_values = models.JSONField(_("one of these answers"), default=list, blank=True)
    staff_read = models.BooleanField(_("staff read it"), default=True)
    leads_read = models.BooleanField(_("leads read it of their members"), default=False)
    caterer_reads = models.BooleanField(_("the caterer reads it, without names"), default=False)
    changeable_until = models.DateField(_("last day to change an answer"), null=True, blank=True)
    kept_days = models.PositiveSmallIntegerField(
        _("days kept after the last meeting"), null=True, blank=True, validators=[MaxValueValidator(3650)]
    )
    least = models.IntegerField(_("least"), null=True, blank=True)
    most = models.IntegerField(_("most"), null=True, blank=True)
    version = models.PositiveSmallIntegerField(_("newest wording"), default=1)
    edition = models.PositiveIntegerField(_("edition"), default=1, editable=False)
    edited_by = models.CharField(_("edited by"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("made"))
    ended_at = models.DateTimeField(_("not asked anymore since"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(about="ordinary")
                | models.Q(staff_read=False, leads_read=False, kept_days=0),
                name="question_needs_have_the_least_audience",
                violation_error_message=_(
                    "Only the people you name read what somebody needs or eats, until the last meeting."
                ),
            ),
            models.CheckConstraint(
                condition=~models.Q(about="access") | models.Q(caterer_reads=False),
                name="question_caterer_reads_no_access_needs",
                violation_error_message=_("A caterer can't read what somebody needs to take part."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="file") | models.Q(caterer_reads=False),
                name="question_caterer_gets_no_files",
                violation_error_message=_("A caterer gets totals, and no files."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def is_sensitive(self) -> bool:
        """Return whether it asks what somebody needs or eats."""
        return self.about != self.About.ORDINARY


class QuestionVersion(models.Model):
    """One wording of a question, never edited; an answer keeps the one it was given to."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    label = LineColumn(_("question"), max_length=300)
    help = models.CharField(_("help"), max_length=500, blank=True)
    options = models.JSONField(_("choices"), default=list, blank=True)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("question wording")
        verbose_name_plural = _("question wordings")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="questionversion_number_once")
        ]

    def __str__(self) -> str:
        return self.label


class QuestionReader(models.Model):
    """Somebody who was named to read the answers to a question, whatever else they are."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="readers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="questions_read")
    named_at = models.DateTimeField(_("named"))
    named_by = models.CharField(_("named by"), max_length=200)

    class Meta:
        verbose_name = _("reader of a question")
        verbose_name_plural = _("readers of questions")
        ordering = ["named_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["question", "person"], name="questionreader_once_a_question")
        ]

    def __str__(self) -> str:
        return str(self.person)
