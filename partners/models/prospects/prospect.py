"""The way of an organization to partner: suggested, invited, interested, and on."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.change import Change
from partners.models.people.organization import Organization, Stage
from partners.models.people.person import Person
from stemnet.columns import AddressColumn, LineColumn


class StageChangeQuerySet(models.QuerySet["StageChange"]):
    """Questions about steps."""

    def latest_of(self, organization: models.OuterRef) -> "StageChangeQuerySet":
        """Return the step that led an organization of an outer query to where it is, as a subquery."""
        return self.filter(organization=organization).order_by("-at", "-pk")


class StageChange(Change):
    """One step of an organization on its way: who moved it, when, why."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="stage_changes")

    objects = StageChangeQuerySet.as_manager()

    class Meta(Change.Meta):
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")

    @property
    def label(self) -> str:
        """Return the stage it led to, in words."""
        return str(dict(Stage.choices).get(self.to_status, self.to_status))


class Suggestion(models.Model):
    """Somebody suggests an organization, says why and whom they know there; two who suggest are both kept."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="suggestions")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="suggestions")
    why = models.TextField(_("why"), max_length=2000)
    knows = LineColumn(_("who do you know there?"), max_length=300, blank=True)
    contact_name = LineColumn(_("their name"), max_length=200, blank=True)
    contact_email = AddressColumn(_("their e-mail"), blank=True)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "by"],
                name="suggestion_once_a_person",
                violation_error_message=_("You've already suggested this organization."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.by}"


class LetterTemplate(models.Model):
    """A letter of invitation with placeholders, edited by coordinators."""

    title = LineColumn(_("title"), max_length=100, unique=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    subject = LineColumn(_("subject"), max_length=200)
    body = models.TextField(_("text"), help_text=_("Placeholders: {organization}, {name}, {sender}, {link}."))

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Invitation(models.Model):
    """One letter to one organization in the name of whoever suggested it, and what they answered."""

    class Answer(models.TextChoices):
        """What the invited said, always by POST."""

        NONE = "none", _("No answer yet")
        INTERESTED = "interested", _("Interested")
        COMING = "coming", _("Coming to a session")
        DECLINED = "declined", _("Declined")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    name = LineColumn(_("to"), max_length=200, blank=True)
    address = AddressColumn(_("e-mail"))
    sender = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations_sent")
    subject = LineColumn(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=10, default="en")
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, default=Answer.NONE)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=500, blank=True)
    profile = models.TextField(_("their work, in their own words"), blank=True, max_length=4000)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "address"], name="invitation_once_an_address")
        ]

    def __str__(self) -> str:
        return f"{self.organization}, {self.address}"


class InvitationStop(models.Model):
    """An address that wants no more invitations; nothing else ends with it."""

    address = AddressColumn(_("e-mail"), unique=True)
    at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("address that gets no invitations")
        verbose_name_plural = _("addresses that get no invitations")

    def __str__(self) -> str:
        return self.address


class Contact(models.Model):
    """A visit, call or letter that the partnership had with an organization."""

    class Kind(models.TextChoices):
        """How."""

        VISIT = "visit", _("Visit")
        CALL = "call", _("Call")
        LETTER = "letter", _("Letter or e-mail")
        MEETING = "meeting", _("Meeting")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    on = models.DateField(_("on"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contacts_made")
    whom = LineColumn(_("with whom"), max_length=200, blank=True)
    note = models.TextField(_("what was said"), max_length=4000)
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("visit, call or letter")
        verbose_name_plural = _("visits, calls and letters")
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on}"
