"""What people of a network reported to its staff, and what became of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Person
from registrations.models.together.card import Card
from registrations.models.together.letter import Letter
from registrations.models.together.topic import Comment, Proposal

THINGS = ("card", "letter", "proposal", "comment")


def one_of_them() -> models.Q:
    """Return the condition that exactly one of the `THINGS` is reported."""
    condition = models.Q()
    for one in THINGS:
        condition |= models.Q(**{f"{name}__isnull": name != one for name in THINGS})
    return condition


class ReportQuerySet(models.QuerySet["Report"]):
    """Questions about reports."""

    def waiting(self) -> "ReportQuerySet":
        """Return those that nobody has settled, first first."""
        return self.filter(outcome="").order_by("at", "pk")


class Report(models.Model):
    """One person says that something is wrong with what somebody wrote: one of `THINGS`."""

    class Outcome(models.TextChoices):
        """What staff did."""

        WAITING = "", _("Waiting")
        HIDDEN = "hidden", _("Hidden")
        LEFT = "left", _("Nothing to hide")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="reports")
    card = models.ForeignKey(Card, on_delete=models.CASCADE, null=True, blank=True, related_name="reports")
    letter = models.ForeignKey(
        Letter, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    proposal = models.ForeignKey(
        Proposal, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, blank=True, related_name="reports"
    )
    reporter = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reports")
    reason = models.CharField(_("what is wrong"), max_length=500)
    at = models.DateTimeField(_("reported"))
    outcome = models.CharField(_("what became of it"), max_length=8, choices=Outcome, blank=True, default="")
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by_name = models.CharField(_("settled by"), max_length=200, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=one_of_them(),
                name="report_of_one_thing",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="", settled_at=None)
                | (~models.Q(outcome="") & models.Q(settled_at__isnull=False)),
                name="report_settled_at_a_moment",
            ),
            *(
                models.UniqueConstraint(
                    fields=["reporter", what], condition=models.Q(outcome=""), name=f"report_{what}_once"
                )
                for what in THINGS
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
