"""Who asked to join a group, and what its leads said."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.planning.working_group import WorkingGroup
from partners.models import Person


class GroupRequestQuerySet(models.QuerySet["GroupRequest"]):
    """Questions about requests."""

    def waiting(self) -> "GroupRequestQuerySet":
        """Return those that nobody has answered, first first."""
        return self.filter(answer="").order_by("asked_at", "pk")


class GroupRequest(models.Model):
    """One person asks to join one group; answered rows stay."""

    class Answer(models.TextChoices):
        """What became of it."""

        WAITING = "", _("Waiting")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    group = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="requests", verbose_name=_("group")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="group_requests", verbose_name=_("person")
    )
    words = models.CharField(_("why"), max_length=500, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    answer = models.CharField(_("answer"), max_length=16, choices=Answer, blank=True, default=Answer.WAITING)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answered_group_requests",
        verbose_name=_("answered by"),
    )

    objects = GroupRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join a group")
        verbose_name_plural = _("requests to join groups")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(answer=""),
                name="grouprequest_one_waiting",
                violation_error_message=_("This person has already asked to join."),
            ),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="grouprequest_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.group}"
