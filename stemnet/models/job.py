"""A batch that takes a while: who asked for it, how far it is, and the file it made."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """How far a job has come."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class JobQuerySet(models.QuerySet["Job"]):
    """Questions about jobs."""

    def of(self, actor: str) -> "JobQuerySet":
        """Return the jobs that ``actor`` asked for; nobody has none."""
        return self.filter(actor=actor).exclude(actor="")

    def waiting(self) -> "JobQuerySet":
        """Return what nobody has begun, the oldest first."""
        return self.filter(state=JobState.QUEUED).order_by("created_at", "pk")

    def abandoned(self, at: datetime) -> "JobQuerySet":
        """Return what a worker began and left before its lease ran out."""
        return self.filter(state=JobState.RUNNING, lease_until__lte=at)


class Job(models.Model):
    """One batch with its progress, in rows or steps, and its result."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    params = models.JSONField(_("asked for"), default=dict, blank=True)
    actor = models.CharField(_("asked by"), max_length=120)
    state = models.CharField(_("state"), max_length=16, choices=JobState.choices, default=JobState.QUEUED)
    progress = models.PositiveIntegerField(_("steps done"), default=0)
    total = models.PositiveIntegerField(_("total steps"), default=0)
    result = models.FileField(_("result"), upload_to="jobs/", blank=True)
    result_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    error = models.TextField(_("what went wrong"), blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("taken by a worker until"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked at"))
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "created_at"], name="job_state_created"),
            models.Index(fields=["actor", "-created_at"], name="job_actor_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.values),
                name="job_state_known",
                violation_error_message=_("That isn't a job state."),
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=F("total")),
                name="job_progress_within_total",
                violation_error_message=_("A job can't be past its end."),
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | (~Q(state=JobState.RUNNING) & Q(lease_until=None)),
                name="job_running_has_lease",
                violation_error_message=_("A job has a lease only while it runs."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.get_state_display()})"

    def get_absolute_url(self) -> str:
        """Return the address of the page that shows how far the job is."""
        return reverse("job", args=[self.uid])

    @property
    def left_out(self) -> list[str]:
        """Return what a job that is done left out, each with the reason."""
        return self.error.splitlines() if self.state == JobState.DONE else []

    @property
    def done(self) -> int:
        """Return how many steps were done and not left out."""
        return max(self.progress - len(self.left_out), 0)
