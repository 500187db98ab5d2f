"""What was said and decided at a meeting: its minutes with decisions, in versions, and who takes notes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.gathering import meeting_roles
from meetings.models.planning.meeting import Meeting, MeetingQuerySet
from partners.models import Person

LONGEST = 60_000


def among(person: Person | None) -> models.Q:
    """Return the condition that somebody is registered for a meeting, or was there."""
    roles = (meeting_roles.REGISTERED, meeting_roles.ATTENDED)
    condition = models.Q()
    for role in roles:
        condition |= models.Q(meeting__in=meeting_roles.meetings_as(role, person).values("pk"))
    return condition


def minuted_by(person: Person | None) -> MeetingQuerySet:
    """Return the meetings whose minutes and action items this person writes.

    They are those of staff of the network, of the lead of the group, and of the people named to take notes.
    """
    if person is None:
        return Meeting.objects.none()
    if person.is_staff_for_all:
        return Meeting.objects.all()
    run = models.Q(pk__in=Meeting.objects.markable_by(person).values("pk"))
    named = NoteTaker.objects.filter(person=person)
    return Meeting.objects.filter(run | models.Q(pk__in=named.values("meeting")))


class NoteTaker(models.Model):
    """Somebody whom staff or the lead named to write the minutes of one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="note_takers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="takes_notes")

    class Meta:
        verbose_name = _("note taker")
        verbose_name_plural = _("note takers")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="notetaker_once_a_meeting",
                violation_error_message=_("This person already takes notes at this meeting."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class MinutesQuerySet(models.QuerySet["Minutes"]):
    """Questions about minutes."""

    def visible_to(self, person: Person | None) -> "MinutesQuerySet":
        """Return those one writes; published ones also for the people of the meeting, public ones for all."""
        published = models.Q(published_at__isnull=False)
        readable = published & models.Q(public=True)
        if person is None:
            return self.filter(readable)
        writes = models.Q(meeting__in=minuted_by(person).values("pk"))
        return self.filter(readable | writes | (published & among(person)))


class Minutes(models.Model):
    """The minutes of a meeting as they stand, written by several people; `MinutesEdit` keeps each save."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="written_minutes")
    decisions = models.TextField(_("decisions"), max_length=LONGEST, blank=True, help_text=_("One a line."))
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)
    revision = models.PositiveIntegerField(_("revision"), default=0)
    saved_by_name = models.CharField(_("saved by"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("saved"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    public = models.BooleanField(_("everyone can read them"), default=False)

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(public=False) | models.Q(published_at__isnull=False),
                name="minutes_public_once_published",
                violation_error_message=_("Publish the minutes before everyone can read them."),
            )
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def decided(self) -> list[str]:
        """Return what was decided, a sentence each."""
        return [line for line in self.decisions.split("\n") if line]

    @property
    def is_written(self) -> bool:
        """Return whether anything is written."""
        return bool(self.text.strip() or self.decisions)


class MinutesEdit(models.Model):
    """One save of the minutes: the whole text, by whom and when."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="edits")
    revision = models.PositiveIntegerField(_("revision"))
    decisions = models.TextField(_("decisions"), max_length=LONGEST, blank=True)
    text = models.TextField(_("text"), max_length=LONGEST, blank=True)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("by"), max_length=200, help_text=_("The person's name at the time."))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["revision"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "revision"], name="minutesedit_once_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, {self.revision}"
