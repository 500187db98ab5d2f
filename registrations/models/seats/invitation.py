"""Seats that somebody else asked for: teams of a district, lists of staff, personal invitations."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Organization, Person
from registrations.models.seats.registration import Registration
from registrations.models.seats.reservation import Reservation
from stemnet.columns import AddressColumn, LineColumn


class PartyQuerySet(models.QuerySet["Party"]):
    """Questions about parties."""

    def waiting(self) -> "PartyQuerySet":
        """Return those in line, first first, each with its ``size``: how many seats it waits for."""
        size = models.Count("invitations", filter=models.Q(invitations__ended_at=None))
        return self.filter(line__isnull=False).annotate(size=size).order_by("line")


class Party(models.Model):
    """People who were registered together, and by whom: a team, a leader's people, a list, invitations.

    As long as too few seats are free for all of a team, the party waits as one and has a number in ``line``.
    """

    class Kind(models.TextChoices):
        """Who asked for the seats."""

        TEAM = "team", _("Team of an organization")
        LEADER = "leader", _("Registered by their leader")
        LIST = "list", _("List from staff")
        INVITED = "invited", _("Invited by staff")
        RESERVED = "reserved", _("Named for reserved seats")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, related_name="parties", verbose_name=_("network")
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_parties",
        verbose_name=_("organization"),
    )
    organization_words = LineColumn(_("organization as typed"), max_length=200, blank=True)
    title = LineColumn(_("name"), max_length=150, blank=True)
    line = models.PositiveIntegerField(_("number in line"), null=True, blank=True)
    limited_by = models.CharField(
        _("limit that keeps them in line"),
        max_length=16,
        choices=Registration.Limit,
        blank=True,
        editable=False,
    )
    reason = LineColumn(_("why it went first"), max_length=300, blank=True)
    made_at = models.DateTimeField(_("made"))
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(_("registered by"), max_length=200)

    size: int | None = None  # as `PartyQuerySet.waiting` fills in

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "line"],
                condition=models.Q(line__isnull=False),
                name="party_line_once_a_network",
            )
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class SeatInvitationQuerySet(models.QuerySet["SeatInvitation"]):
    """Questions about invitations to a seat."""

    def live(self, at: datetime) -> "SeatInvitationQuerySet":
        """Return those that nobody has answered and whose last moment has not passed."""
        return self.filter(ended_at=None, until__gt=at)

    def occupying(self, at: datetime) -> "SeatInvitationQuerySet":
        """Return live ones that take a seat of the network's own (a reserved one is counted there)."""
        return self.live(at).filter(keeps_seat=True, reservation=None)


class SeatInvitation(models.Model):
    """One address that was asked to come; the seat is theirs once they proved the address.

    ``keeps_seat`` says that a seat is kept until ``until``. What is kept of the link's token is its hash.
    """

    class Outcome(models.TextChoices):
        """How it ended."""

        REGISTERED = "registered", _("Registered")
        DECLINED = "declined", _("Declined")
        EXPIRED = "expired", _("Expired")
        TAKEN_BACK = "taken_back", _("Taken back")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="seat_invitations")
    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="invitations")
    reservation = models.ForeignKey(
        Reservation, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    address = AddressColumn(_("e-mail"))
    first_name = LineColumn(_("first name"), max_length=100, blank=True)
    last_name = LineColumn(_("last name"), max_length=100, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="seat_invitations",
        verbose_name=_("organization"),
    )
    answers = models.JSONField(_("what was typed for them"), default=dict, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    keeps_seat = models.BooleanField(_("keeps a seat"), default=False)
    made_at = models.DateTimeField(_("asked"))
    until = models.DateTimeField(_("until"))
    sent = models.PositiveSmallIntegerField(_("mails with the link"), default=0)
    sent_at = models.DateTimeField(_("last mail"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=16, choices=Outcome, blank=True)
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )

    objects = SeatInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a seat")
        verbose_name_plural = _("invitations to seats")
        ordering = ["made_at", "id"]
        indexes = [models.Index(fields=["network", "until"], name="seatinvitation_network_until")]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "address"],
                condition=models.Q(ended_at=None),
                name="seatinvitation_one_open_an_address",
                violation_error_message=_("This address was already asked."),
            ),
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")), name="seatinvitation_lower_case"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, outcome="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(outcome="")),
                name="seatinvitation_ends_with_an_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)

    @property
    def name(self) -> str:
        """Return who was asked, or the address where no name is known."""
        return f"{self.first_name} {self.last_name}".strip() or self.address

    @property
    def workplace(self) -> Organization | str:
        """Return where they work as whoever asked them said: an organization, or how it was typed."""
        words = self.answers.get("organization_words") or self.party.organization_words
        return self.organization or self.party.organization or str(words)
