"""Messages: what staff, coordinators and leads of groups write to a choice of people, and who gets it."""

import uuid
from datetime import datetime
from typing import TypeAlias, TypedDict, cast

from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import WithAnnotations

from meetings.models import Network, WorkingGroup
from partners.models import Person
from stemnet.columns import AddressColumn, LineColumn
from stemnet.models import Mail

LONGEST_SUBJECT, LONGEST_TEXT = 150, 10_000


class MessageQuerySet(models.QuerySet["Message"]):
    """Questions about messages."""

    def visible_to(self, person: Person | None) -> "MessageQuerySet":
        """Return those of networks one staffs and groups one leads; to partners only for coordinators."""
        if person is None:
            return self.none()
        theirs = models.Q(network__in=Network.objects.staffed_by(person)) | models.Q(
            group__in=WorkingGroup.objects.led_by(person)
        )
        if person.is_coordinator:
            theirs |= models.Q(network=None)
        return self.filter(theirs)

    def to_partners(self) -> "MessageQuerySet":
        """Return those to contacts of partners, which belong to no network and no group."""
        return self.filter(network=None, group=None)

    def due(self) -> "MessageQuerySet":
        """Return those that wait for their time, soonest first."""
        return self.filter(state=Message.State.SCHEDULED).order_by("send_at")


class Message(models.Model):
    """One text to a choice of people; only `registrations.messages.domain` changes its state."""

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        SCHEDULED = "scheduled", _("Waiting to go")
        SENDING = "sending", _("Going out")
        SENT = "sent", _("Sent")
        CANCELLED = "cancelled", _("Stopped")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="written_messages",
        verbose_name=_("network"),
    )
    group = models.ForeignKey(
        WorkingGroup,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="written_messages",
        verbose_name=_("working group"),
    )
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="written_messages", verbose_name=_("written by")
    )
    audience = models.CharField(_("to whom"), max_length=24)
    choice = models.JSONField(_("which of them"), default=dict, blank=True)
    subject = LineColumn(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    title = LineColumn(
        _("subject as lists say it"),
        max_length=250,
        blank=True,
        help_text=_("With what is the same for all readers filled in, from the moment on which it is to go."),
    )
    text = models.TextField(_("text"), max_length=LONGEST_TEXT, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField(_("begun"))
    send_on = models.DateField(_("goes out on"), null=True, blank=True)
    send_time = models.TimeField(_("at"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=64, blank=True)
    send_at = models.DateTimeField(_("goes out"), null=True, blank=True, editable=False)
    chosen_at = models.DateTimeField(_("readers listed"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    stopped_by_name = models.CharField(_("stopped by"), max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "send_at"], name="message_state_send_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "scheduled", "sending", "sent", "cancelled"]),
                name="message_state_known",
                violation_error_message=_("That isn't a state of a message."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") | models.Q(send_at__isnull=False),
                name="message_has_a_time_once_it_is_to_go",
                violation_error_message=_("Say when the message goes out."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at=None)),
                name="message_sent_has_moment",
                violation_error_message=_("A message that was sent has the time it was sent."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.subject or str(_("A message without a subject"))

    def get_absolute_url(self) -> str:
        """Return the page where it is written, or its report."""
        return reverse("message", args=[self.uid])

    @property
    def is_draft(self) -> bool:
        """Return whether it is still being written."""
        return self.state == self.State.DRAFT


class LeftOut(models.TextChoices):
    """Why somebody who was chosen gets no mail."""

    UNSUBSCRIBED = "unsubscribed", _("doesn't want messages")
    NO_ADDRESS = "no_address", _("no e-mail address")
    REFUSED = "refused", _("mail to this address came back")


class MessageRecipientQuerySet(models.QuerySet["MessageRecipient"]):
    """Questions about recipients."""

    def mailed(self) -> "MessageRecipientQuerySet":
        """Return those to whom a mail goes."""
        return self.filter(left_out="")

    def with_mail(self) -> "models.QuerySet[MailedRecipient]":
        """Annotate each with what the outbox knows of its mail; empty where there is none."""
        mail = Mail.objects.filter(key=models.OuterRef("mail_key"))
        words, none = models.TextField(), models.Value("")
        annotated = self.annotate(
            mail_state=Coalesce(models.Subquery(mail.values("state")), none, output_field=words),
            mail_error=Coalesce(models.Subquery(mail.values("last_error")), none, output_field=words),
            mail_due_at=models.Subquery(mail.values("due_at")),
            mail_sent_at=models.Subquery(mail.values("sent_at")),
            mail_attempts=Coalesce(models.Subquery(mail.values("attempts")), 0),
        )
        return cast("models.QuerySet[MailedRecipient]", annotated)


class MessageRecipient(models.Model):
    """One person, or one address that is nobody's here, whom a message was for; written when it goes out."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="recipients")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="messages_received"
    )
    name = LineColumn(_("name"), max_length=200, blank=True)
    address = AddressColumn(_("e-mail"), blank=True)
    left_out = models.CharField(_("left out because"), max_length=16, choices=LeftOut, blank=True)
    mail_key = models.CharField(_("key of the mail"), max_length=120)

    objects = MessageRecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of a message")
        verbose_name_plural = _("recipients of messages")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["message", "mail_key"], name="messagerecipient_once_a_message")
        ]

    def __str__(self) -> str:
        return self.name or self.address


class MailFacts(TypedDict):
    """What the outbox knows of the mail of a recipient."""

    mail_state: str
    mail_error: str
    mail_due_at: datetime | None
    mail_sent_at: datetime | None
    mail_attempts: int


MailedRecipient: TypeAlias = "WithAnnotations[MessageRecipient, MailFacts]"
