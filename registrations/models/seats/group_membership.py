"""Which working group a registered person is in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import WorkingGroup
from registrations.models.seats.registration import Registration


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    """Questions about memberships."""

    def current(self) -> "GroupMembershipQuerySet":
        """Return those not left."""
        return self.filter(left_at__isnull=True)


class GroupMembership(models.Model):
    """One registration in one working group; hours stay when it is left."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="group_memberships")
    working_group = models.ForeignKey(WorkingGroup, on_delete=models.PROTECT, related_name="memberships")
    joined_at = models.DateTimeField(_("joined"))
    term_ends = models.DateField(_("last day of the term"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a working group")
        verbose_name_plural = _("members of working groups")
        constraints = [
            models.UniqueConstraint(
                fields=["registration", "working_group"],
                condition=models.Q(left_at__isnull=True),
                name="groupmembership_once",
                violation_error_message=_("This person is already in this group."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.registration.person}, {self.working_group}"
