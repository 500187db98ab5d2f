"""Resources of the library: files and links that worked, for whom, by whom, and from review to everyone."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models.gathering.material import Material
from partners.models import Change, GradeBand, Need, Organization, Person, Standard, Subject
from stemnet.code_search import in_text, pieces, word_begins
from stemnet.columns import LineColumn
from stemnet.plain_columns import PlainNames, PlainNamesQuerySet
from stemnet.searched_columns import WordsField
from stemnet.web_addresses import SameAddressField

SEARCHED = {"searched_title": 8, "searched_summary": 3, "searched_description": 1}  # what a word there weighs
OF_STANDARD, OF_PLACE = 6, 1
MOST_PLACES = 200  # organizations with a word in their name that a statement lists


def path_of(resource: "Resource", _name: str) -> str:
    """Return where its file is kept: nothing of it comes from whoever sent it."""
    return f"library/{resource.uid}"


class ResourceQuerySet(PlainNamesQuerySet["Resource"]):
    """Questions about resources."""

    def public(self) -> "ResourceQuerySet":
        """Return those that everyone sees."""
        return self.filter(state=Resource.State.PUBLIC)

    def visible_to(self, person: Person | None) -> "ResourceQuerySet":
        """Return public ones for everyone, their own for contributors, and all for staff."""
        if person is None:
            return self.public()
        if person.is_staff_for_all:
            return self
        return self.filter(Q(state=Resource.State.PUBLIC) | Q(contributor=person))

    def editable_by(self, person: Person | None) -> "ResourceQuerySet":
        """Return all for staff, and for contributors their own that were not hidden."""
        if person is None:
            return self.none()
        if person.is_staff_for_all:
            return self
        return self.filter(contributor=person).exclude(state=Resource.State.HIDDEN)

    def found_by(self, typed: str) -> "ResourceQuerySet":
        """Return those that have every word or code of ``typed``, annotated with their ``rank``."""
        found, rank = self, []
        for piece in pieces(typed):
            known = Standard.objects.tied_by_word(piece).order_by()
            keys = list(known.values_list("pk", flat=True))
            about = self.model.standards.through.objects.filter(standard__in=keys).values("resource")
            conditions = {in_text(piece, words=name): weight for name, weight in SEARCHED.items()}
            if keys:
                conditions[Q(pk__in=about)] = OF_STANDARD
            named = Organization.objects.filter(word_begins(piece, column="plain_name")).order_by()
            if places := list(named.values_list("pk", flat=True)[: MOST_PLACES + 1]):
                few = len(places) <= MOST_PLACES
                conditions[Q(organization__in=places if few else named.values("pk"))] = OF_PLACE
            anywhere = Q(pk__in=[])
            for condition, weight in conditions.items():
                anywhere |= condition
                rank.append(models.Case(models.When(condition, then=weight), default=0))
            found = found.filter(anywhere)
        total: Any = sum(rank[1:], start=rank[0]) if rank else models.Value(0)
        return found.annotate(rank=total)


class Resource(PlainNames):
    """One file or link that colleagues share. `meetings.library.domain` writes all of it."""

    class Kind(models.TextChoices):
        """What it is."""

        TASK = "task", _("Task")
        LESSON = "lesson", _("Lesson")
        UNIT = "unit", _("Unit")
        VIDEO = "video", _("Video")
        DATA = "data", _("Data set")
        SIMULATION = "simulation", _("Simulation")
        PROGRAM = "program", _("Program for classes")
        TOOL = "tool", _("Tool for leaders")
        STRATEGY = "strategy", _("Strategy")
        OTHER = "other", _("Something else")

    class License(models.TextChoices):
        """What others may do with it."""

        CC0 = "cc0", _("Free for any use (CC0 or public domain)")
        CC_BY = "cc-by", _("Free with its author named (CC BY)")
        CC_BY_SA = "cc-by-sa", _("The same, and shared alike (CC BY-SA)")
        CC_BY_NC = "cc-by-nc", _("Free with its author named, not for sale (CC BY-NC)")
        CC_BY_NC_SA = "cc-by-nc-sa", _("The same, and shared alike (CC BY-NC-SA)")
        CLASS = "class", _("Free to use with students; ask before you pass it on")
        SEE = "see", _("As its own site says")

    class State(models.TextChoices):
        """How far it is."""

        DRAFT = "draft", _("Draft")
        REVIEW = "review", _("In review")
        PUBLIC = "public", _("Public")
        HIDDEN = "hidden", _("Hidden")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = LineColumn(_("title"), max_length=150)
    summary = LineColumn(_("in one or two sentences"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=8000, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.LESSON)
    extent = LineColumn(_("how long"), max_length=60, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=path_of, blank=True, editable=False)
    file_name = LineColumn(_("name of the file"), max_length=150, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(_("bytes"), default=0, editable=False)
    file_type = models.CharField(_("type"), max_length=100, blank=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, editable=False)
    subjects = models.ManyToManyField(Subject, blank=True, related_name="resources")
    standards = models.ManyToManyField(Standard, blank=True, related_name="resources")
    needs = models.ManyToManyField(Need, through="AnsweredNeed", related_name="resources")
    license = models.CharField(_("license"), max_length=16, choices=License, default=License.CLASS)
    contributor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="resources"
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name=_("from"),
    )
    adapted_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="adaptations"
    )
    material = models.ForeignKey(
        Material, on_delete=models.SET_NULL, null=True, blank=True, related_name="resources", editable=False
    )
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    trial_count = models.PositiveIntegerField(_("organizations that tried it"), default=0, editable=False)
    made_at = models.DateTimeField(_("added"))
    changed_at = models.DateTimeField(_("changed"))
    published_at = models.DateTimeField(_("public since"), null=True, blank=True, editable=False)
    link_failed_at = models.DateTimeField(
        _("link doesn't answer since"), null=True, blank=True, editable=False
    )
    link_checked_at = models.DateTimeField(_("link looked at"), null=True, blank=True, editable=False)
    link_said = LineColumn(_("what the link answered"), max_length=200, blank=True, editable=False)
    searched_title = WordsField("title", max_length=600)
    searched_summary = WordsField("summary", max_length=1200)
    searched_description = WordsField("description", max_length=16_000)
    plain_url = SameAddressField("url", max_length=500)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        base_manager_name = "objects"
        ordering = ["-published_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-trial_count", "-published_at"], name="resource_most_tried"),
            models.Index(fields=["state", "-published_at"], name="resource_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["plain_url"],
                condition=~Q(plain_url=""),
                name="resource_page_once",
                violation_error_message=_("This link is in the library already."),
            ),
            models.UniqueConstraint(
                fields=["sha256"],
                condition=~Q(sha256=""),
                name="resource_file_once",
                violation_error_message=_("This file is in the library already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="public") | (~Q(summary="") & (~Q(url="") | ~Q(sha256=""))),
                name="resource_whole_before_public",
                violation_error_message=_("It needs a sentence about it, and a file or a link."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unseen(self) -> bool:
        """Return whether nobody but contributor and staff ever saw it, so that it may go."""
        return self.state == self.State.DRAFT and self.published_at is None

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("resource", args=[self.uid])


class ResourceGrade(models.Model):
    """A grade band that a resource is for."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="grades")
    band = models.CharField(_("grades"), max_length=12, choices=GradeBand)

    class Meta:
        verbose_name = _("grade band")
        verbose_name_plural = _("grade bands")
        constraints = [models.UniqueConstraint(fields=["resource", "band"], name="resourcegrade_once")]

    def __str__(self) -> str:
        return str(self.get_band_display())


class AnsweredNeedQuerySet(models.QuerySet["AnsweredNeed"]):
    """Questions about which resources answer which needs."""

    def undone_by(self, person: Person) -> "AnsweredNeedQuerySet":
        """Return those that somebody may take back: their own, those of their partner's needs, staff all."""
        if person.is_staff_for_all:
            return self
        return self.filter(Q(by=person) | Q(need__in=Need.objects.editable_by(person)))


class AnsweredNeed(models.Model):
    """A need of a partner that a resource answers, as somebody of the partners said."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="answers")
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    objects = AnsweredNeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer to a need")
        verbose_name_plural = _("answers to needs")
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "need"],
                name="answeredneed_once",
                violation_error_message=_("It answers this need already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource}: {self.need}"


class ResourceChange(Change):
    """One step of a resource: sent, made public, returned, hidden, shown again."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("step of a resource")
        verbose_name_plural = _("steps of resources")

    @property
    def to_words(self) -> str:
        """Return what it became, in words."""
        return str(dict(Resource.State.choices).get(self.to_status, self.to_status))
