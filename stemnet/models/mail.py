"""The outbox: one row a mail, which is the guarantee that it goes out once.

See docs/decisions/0001-own-outbox.md.
"""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def removed_address() -> str:
    """Return what stands where the address of somebody was whose data was deleted; nothing goes there."""
    return "removed@removed.invalid"


class MailState(models.TextChoices):
    """How far a mail has come."""

    QUEUED = "queued", _("queued")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    IN_DOUBT = "in_doubt", _("in doubt")
    MISSED = "missed", _("missed")
    CANCELLED = "cancelled", _("cancelled")


class MailClass(models.TextChoices):
    """Why a mail is sent, which decides what may stop it."""

    TRANSACTIONAL = "transactional", _("transactional")
    REMINDER = "reminder", _("reminder")
    INVITATION = "invitation", _("invitation")
    MESSAGE = "message", _("message")


class MailQuerySet(models.QuerySet["Mail"]):
    """Questions about the outbox."""

    def queued(self) -> "MailQuerySet":
        """Return what waits to be sent."""
        return self.filter(state=MailState.QUEUED)

    def due(self, at: datetime) -> "MailQuerySet":
        """Return what is to be sent at ``at``, the oldest first."""
        return self.queued().filter(due_at__lte=at).exclude(expires_at__lte=at).order_by("due_at", "pk")

    def expired(self, at: datetime) -> "MailQuerySet":
        """Return the queued reminders that nobody needs any more at ``at``."""
        return self.queued().filter(expires_at__lte=at)

    def abandoned(self, at: datetime) -> "MailQuerySet":
        """Return what a sender took and did not bring back before its lease ran out."""
        return self.filter(state=MailState.SENDING, lease_until__lte=at)

    def late(self, moment: datetime) -> "MailQuerySet":
        """Return what was due before ``moment`` and still waits, or was tried three times in vain."""
        return self.due(moment).order_by() | self.queued().filter(attempts__gte=3)

    def undelivered(self, *, since: datetime) -> "MailQuerySet":
        """Return what failed or is in doubt and was last due after ``since``."""
        return self.filter(due_at__gt=since, state__in=[MailState.FAILED, MailState.IN_DOUBT])

    def failed(self) -> "MailQuerySet":
        """Return what will not be tried again."""
        return self.filter(state=MailState.FAILED)

    def in_doubt(self) -> "MailQuerySet":
        """Return what may or may not have arrived."""
        return self.filter(state=MailState.IN_DOUBT)

    def with_digest(self, digest: str) -> "MailQuerySet":
        """Return the mail whose Message-ID begins with ``digest``."""
        return self.filter(message_id__startswith=f"<{digest}@")

    def older_than(self, moment: datetime) -> "MailQuerySet":
        """Return what was over before ``moment``."""
        return self.filter(created_at__lt=moment).exclude(state__in=[MailState.QUEUED, MailState.SENDING])

    def about(self, object: str) -> "MailQuerySet":
        """Return the mails about one object, named by its opaque string."""
        return self.filter(object=object)


class Mail(models.Model):
    """One mail to one address, rendered when it was queued."""

    key = models.CharField(_("key"), max_length=250)
    template = models.CharField(_("template"), max_length=120)
    recipient = models.CharField(_("recipient"), max_length=120, blank=True)
    address = models.EmailField(_("address"), max_length=254)
    object = models.CharField(_("about"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=16, default="en")
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    attachments = models.JSONField(_("attachments"), default=list, blank=True)
    mail_class = models.CharField(
        _("kind"), max_length=16, choices=MailClass.choices, default=MailClass.TRANSACTIONAL
    )
    secret = models.BooleanField(_("has a code or private link"), default=False)
    message_id = models.CharField(_("Message-ID"), max_length=250)
    state = models.CharField(_("state"), max_length=16, choices=MailState.choices, default=MailState.QUEUED)
    created_at = models.DateTimeField(_("queued at"))
    due_at = models.DateTimeField(_("not sent before"))
    expires_at = models.DateTimeField(_("not sent after"), null=True, blank=True)
    lease_until = models.DateTimeField(_("taken by a worker until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    ABOUT_REMOVED = "removed"  # the object of a mail that is emptied once it is over, its address included

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("outbox")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="mail_state_due"),
            models.Index(fields=["address", "template", "created_at"], name="mail_address_template"),
            models.Index(fields=["object"], name="mail_object"),
            models.Index(fields=["recipient"], name="mail_recipient"),
            models.Index(fields=["-created_at", "-id"], name="mail_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                name="mail_key_once",
                violation_error_message=_("This e-mail has already been queued."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=MailState.values),
                name="mail_state_known",
                violation_error_message=_("That isn't an e-mail state."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at=None) | Q(mail_class=MailClass.REMINDER),
                name="mail_only_reminders_expire",
                violation_error_message=_("Only a reminder can be too late. All other e-mail goes out."),
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENDING, lease_until__isnull=False)
                | (~Q(state=MailState.SENDING) & Q(lease_until=None)),
                name="mail_sending_has_lease",
                violation_error_message=_("An e-mail has a lease only while it's being sent."),
            ),
            models.CheckConstraint(
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | (~Q(state=MailState.SENT) & Q(sent_at=None)),
                name="mail_sent_has_moment",
                violation_error_message=_("An e-mail that was sent has the time it was sent."),
            ),
        ]

    def __str__(self) -> str:
        return self.template if self.secret else self.subject

    @property
    def digest(self) -> str:
        """Return what names this mail in an address: the first half of its Message-ID."""
        return self.message_id.strip("<>").partition("@")[0]
