"""The memorandum itself: its term and its dates."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.people.person import Person
from stemnet.columns import LineColumn


class MouQuerySet(models.QuerySet["Mou"]):
    """Questions about memoranda."""

    def visible_to(self, person: Person | None) -> "MouQuerySet":
        """Return all for coordinators; for contacts and drafters those that they have a part in."""
        if person is None:
            return self.none()
        if person.is_coordinator:
            return self
        own = models.Q(roles__lead_contact=person) | models.Q(roles__drafter=person)
        return self.filter(own).distinct()


class Mou(models.Model):
    """One memorandum of understanding with its term (docs/rules.md 8.1, 8.4)."""

    class Status(models.TextChoices):
        """Where it is in its life."""

        DRAFTING = "drafting", _("Being written")
        SIGNING = "signing", _("Locked for signature")
        IN_FORCE = "in_force", _("In effect")
        ENDED = "ended", _("Ended")

    title = LineColumn(_("title"), max_length=200)
    slug = models.SlugField(_("page address"), max_length=120, unique=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFTING)
    parts_due_on = models.DateField(_("parts are due on"), null=True, blank=True)
    effective_on = models.DateField(_("in effect from"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    review_on = models.DateField(_("next yearly review"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice to withdraw"), default=60)
    ceremony_on = models.DateField(_("signing ceremony"), null=True, blank=True)
    ceremony_place = LineColumn(_("place of the ceremony"), max_length=200, blank=True)
    history = HistoricalRecords()

    objects = MouQuerySet.as_manager()

    class Meta:
        verbose_name = _("memorandum of understanding")
        verbose_name_plural = _("memoranda of understanding")
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(effective_on__isnull=True)
                | models.Q(ends_on__gt=models.F("effective_on")),
                name="mou_ends_after_it_begins",
                violation_error_message=_("It can't end before it takes effect."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of the memorandum."""
        return reverse("mou", args=[self.slug])


class MouReview(models.Model):
    """One yearly review of the memorandum."""

    mou = models.ForeignKey(Mou, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("MOU"))
    on = models.DateField(_("on"))
    note = models.TextField(_("what the review found"), max_length=4000)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("yearly review")
        verbose_name_plural = _("yearly reviews")
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.mou}, {self.on}"
