"""News: short posts of coordinators, read by everyone once they are published."""

import uuid
from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person
from stemnet.columns import LineColumn


class NewsPostQuerySet(models.QuerySet["NewsPost"]):
    """Questions about posts."""

    def published(self) -> "NewsPostQuerySet":
        """Return those that everyone reads, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-published_at", "-pk")

    def visible_to(self, person: Person | None) -> "NewsPostQuerySet":
        """Return published ones; for coordinators drafts as well, which come first."""
        if person is None or not person.is_coordinator:
            return self.published()
        return self.order_by(models.F("published_at").desc(nulls_first=True), "-pk")


class NewsPost(models.Model):
    """One post; a draft until it has a moment of publishing."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(_("page address"), max_length=90, unique=True, editable=False)
    title = LineColumn(_("title"), max_length=120)
    summary = LineColumn(_("in one sentence"), max_length=200)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), editable=False)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("by"), editable=False
    )

    objects = NewsPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("news post")
        verbose_name_plural = _("news posts")
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["-published_at"], name="newspost_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("news_post", args=[self.slug])

    @property
    def on(self) -> datetime:
        """Return the moment it is dated by: of publishing, or of the last change of a draft."""
        return self.published_at or self.changed_at
