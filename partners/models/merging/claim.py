"""Somebody says that they are a person in our records whose address they no longer have."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person
from stemnet.columns import AddressColumn


class AccountClaimQuerySet(models.QuerySet["AccountClaim"]):
    """Questions about claims."""

    def waiting(self) -> "AccountClaimQuerySet":
        """Return those that no coordinator has answered, the oldest first."""
        return self.filter(answer=AccountClaim.Answer.WAITING).order_by("asked_at", "pk")


class AccountClaim(models.Model):
    """A request to join one's account with what is known under an old address; a coordinator decides."""

    class Answer(models.TextChoices):
        """What became of it."""

        WAITING = "", _("Waiting")
        ACCEPTED = "accepted", _("Combined")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="account_claims", verbose_name=_("person")
    )
    address = AddressColumn(_("old e-mail address"))
    words = models.CharField(_("how we can tell it's you"), max_length=500)
    asked_at = models.DateTimeField(_("asked"))
    answer = models.CharField(_("answer"), max_length=16, choices=Answer, blank=True, default=Answer.WAITING)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_account_claims",
        verbose_name=_("answered by"),
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = AccountClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim to an old address")
        verbose_name_plural = _("claims to old addresses")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(answer=""),
                name="accountclaim_one_waiting_a_person",
                violation_error_message=_("You've already asked. A coordinator will answer."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="accountclaim_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
