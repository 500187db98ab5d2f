"""What people of a network want to meet about: proposals and votes."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Network
from partners.models import Person
from registrations.models.seats.registration import Registration
from registrations.models.together.hideable import Hideable
from stemnet.columns import LineColumn
from stemnet.plain_columns import PlainField, PlainNames, PlainNamesQuerySet

MOST_VOTES = 20


class Board(models.Model):
    """A network asks its people for topics; whoever votes or decides holds this row."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="board")
    votes_each = models.PositiveSmallIntegerField(
        _("votes for each person"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_VOTES)],
    )
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"))
    opened_by_name = models.CharField(_("opened by"), max_length=200)

    class Meta:
        verbose_name = _("board of topics")
        verbose_name_plural = _("boards of topics")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(votes_each__gte=1, votes_each__lte=MOST_VOTES),
                name="board_votes_each",
                violation_error_message=_("Choose a number of votes from 1 to 20."),
            )
        ]

    def __str__(self) -> str:
        return str(self.network)


class ProposalQuerySet(PlainNamesQuerySet["Proposal"]):
    """Questions about proposals."""

    def shown(self) -> "ProposalQuerySet":
        """Return those that staff did not hide."""
        return self.filter(hidden_at=None)

    def open(self) -> "ProposalQuerySet":
        """Return those of which nothing has become yet."""
        return self.filter(state=Proposal.State.OPEN)

    def decided(self) -> "ProposalQuerySet":
        """Return those of which something has become, the latest first."""
        return self.exclude(state=Proposal.State.OPEN).order_by("-decided_at", "-pk")

    def by_votes(self) -> "ProposalQuerySet":
        """Return those that `with_votes` annotated, the one with most votes first."""
        return self.order_by(models.F("number").desc(), "proposed_at", "pk")

    def with_votes(self) -> "ProposalQuerySet":
        """Annotate each with ``number``: the votes of people who have a seat, as they count now."""
        stands = models.Q(votes__registration__status=Registration.Status.SEATED)
        free = models.Q(votes__freed_at=None) | ~models.Q(state=Proposal.State.OPEN)
        return self.annotate(number=models.Count("votes", filter=stands & free, distinct=True))


class Proposal(PlainNames, Hideable):
    """One topic or need that somebody proposes for a coming meeting of their network."""

    class Kind(models.TextChoices):
        """What it asks for."""

        TOPIC = "topic", _("Topic")
        NEED = "need", _("Need")

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("Open")
        PLANNED = "planned", _("Planned")
        ANSWERED = "answered", _("Answered")
        MERGED = "merged", _("Joined with another")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="proposals")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("proposed by")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TOPIC)
    title = LineColumn(_("title"), max_length=120)
    plain_title = PlainField("title", max_length=240)
    words = models.TextField(_("why, and what would help"), max_length=1000, blank=True)
    proposed_at = models.DateTimeField(_("proposed"))
    state = models.CharField(_("what became of it"), max_length=8, choices=State, default=State.OPEN)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by_name = models.CharField(_("decided by"), max_length=200, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta(Hideable.Meta):
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["id"]
        base_manager_name = "objects"
        constraints = [
            *Hideable.Meta.constraints,
            models.UniqueConstraint(
                fields=["network", "plain_title"],
                condition=models.Q(state="open", hidden_at=None),
                name="proposal_title_once",
                violation_error_message=_("This was proposed already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", decided_at=None, meeting=None, merged_into=None, answer="")
                | models.Q(state="planned", decided_at__isnull=False, meeting__isnull=False, merged_into=None)
                | models.Q(state="merged", decided_at__isnull=False, merged_into__isnull=False, meeting=None)
                | (models.Q(state="answered", decided_at__isnull=False) & ~models.Q(answer="")),
                name="proposal_says_what_became_of_it",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return its page."""
        return reverse("topic", args=[self.network.slug, self.uid])

    @property
    def is_open(self) -> bool:
        """Return whether nothing has become of it yet."""
        return self.state == self.State.OPEN


class Vote(models.Model):
    """One vote of one registered person for one proposal.

    ``number`` is which of their votes it is: no two that stand have the same, so nobody casts one twice. Once
    something became of the proposal the vote is free for another one, and this row stays to be counted.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="votes")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="votes")
    number = models.PositiveSmallIntegerField(_("which of their votes"))
    cast_at = models.DateTimeField(_("cast"))
    freed_at = models.DateTimeField(_("free again"), null=True, blank=True)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "registration"], name="vote_once_a_proposal"),
            models.UniqueConstraint(
                fields=["registration", "number"],
                condition=models.Q(freed_at=None),
                name="vote_number_once",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_VOTES), name="vote_numbered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.proposal}"


class Comment(Hideable):
    """A few words about a proposal."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="comments")
    writer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="topic_comments")
    text = models.CharField(_("comment"), max_length=500)
    at = models.DateTimeField(_("written"))

    class Meta(Hideable.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text
