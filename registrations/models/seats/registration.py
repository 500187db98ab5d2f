"""Registrations: one person in one network, in one status."""

import uuid
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from meetings.models import CommitmentVersion, Meeting, Network, WorkingGroup
from partners.models import Change, GradeBand, Person, Position, by_name, has_name
from registrations.models.seats.reservation import Reservation
from stemnet.columns import AddressColumn, LineColumn
from stemnet.paper_codes import in_fours, new_paper_code


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Questions about registrations."""

    def live(self) -> "RegistrationQuerySet":
        """Return those that wait, are offered a seat or have one."""
        return self.filter(status__in=Registration.LIVE)

    def seated(self) -> "RegistrationQuerySet":
        """Return those with a seat."""
        return self.filter(status=Registration.Status.SEATED)

    def waiting(self) -> "RegistrationQuerySet":
        """Return those in line, first first."""
        return self.filter(status=Registration.Status.WAITING).order_by("line")

    def occupying(self) -> "RegistrationQuerySet":
        """Return those that take a seat: seated, offered, held (holds are counted in `seats.domain`)."""
        return self.filter(status__in=Registration.OCCUPYING)

    def expected_at(self, meeting: Meeting) -> "RegistrationQuerySet":
        """Return who belongs at ``meeting``: those seated, of its network or group, and who comes as a guest.

        Whoever sent a substitute isn't expected; the substitute is, as a guest.
        """
        return self.filter(self.model.expected(meeting), network=meeting.network_id)

    def who_sent_somebody(self, meeting: Meeting) -> "RegistrationQuerySet":
        """Return those for whom a substitute comes to ``meeting``."""
        return self.filter(substitutes__in=meeting.substitutes.coming())

    def unmarked_at(self, meeting: Meeting) -> "RegistrationQuerySet":
        """Return those of whose person nobody said anything at ``meeting``; never the same as absent."""
        return self.exclude(person__in=meeting.evidence.standing().values("registration__person"))

    def with_attendance(self) -> "RegistrationQuerySet":
        """Return those of whom somebody saw at least a minute."""
        return self.filter(attendances__status="present").distinct()

    def found_by(self, words: str) -> "RegistrationQuerySet":
        """Return those with each of ``words``, in any order, in a name, an address or where they work."""
        there = [f"position__{name}" for name in ("organization__plain_name", "plain_organization_words")]
        return self.filter(has_name(words, path="person__", columns=there))

    def by_name(self) -> "RegistrationQuerySet":
        """Return them in the one order of people, which every list, sheet and export has."""
        return self.order_by(*by_name("person__"), "pk")

    def visible_to(self, person: Person | None) -> "RegistrationQuerySet":
        """Return one's own, those of networks one staffs, and members of groups one leads."""
        if person is None:
            return self.none()
        if person.is_staff_for_all:
            return self
        return self.filter(
            models.Q(person=person)
            | models.Q(network__in=Network.objects.staffed_by(person))
            | models.Q(
                pk__in=self.model.objects.filter(
                    group_memberships__left_at__isnull=True,
                    group_memberships__working_group__in=WorkingGroup.objects.led_by(person),
                ).values("pk")
            )
        )


class Registration(models.Model):
    """One person in one network. Only `registrations.seats.domain` changes the status."""

    class Status(models.TextChoices):
        """Where the person stands (docs/glossary.md)."""

        WAITING = "waiting", _("On the waitlist")
        OFFERED = "offered", _("A seat is offered")
        HELD = "held", _("Held until the leader confirms")
        SEATED = "seated", _("Registered")
        WITHDRAWN = "withdrawn", _("Left the network")
        REMOVED = "removed", _("Removed by staff")
        TRANSFERRED = "transferred", _("Seat handed on")
        MOVED = "moved", _("Moved to another network")
        GUEST = "guest", _("Guest at single meetings")

    class Limit(models.TextChoices):
        """Which limit keeps somebody in line from a seat that is free (docs/rules.md 4.7)."""

        ORGANIZATION = "organization", _("Their organization has its seats")
        SECTOR = "sector", _("Their sector has its seats")

    LIVE = (Status.WAITING, Status.OFFERED, Status.HELD, Status.SEATED)
    OCCUPYING = (Status.OFFERED, Status.HELD, Status.SEATED)

    class Origin(models.TextChoices):
        """How the registration came."""

        WEB = "web", _("Registered in the browser")
        WALK_IN = "walk_in", _("Walked in")
        IMPORT = "import", _("Imported")
        STAFF = "staff", _("Registered by staff")

    MADE_BY_STAFF = (Origin.WALK_IN, Origin.IMPORT, Origin.STAFF)

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    door_code = models.CharField(
        _("code for the door"), max_length=16, unique=True, default=new_paper_code, editable=False
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("network")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="registrations", verbose_name=_("person")
    )
    position = models.ForeignKey(
        Position,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("position"),
    )
    status = models.CharField(_("status"), max_length=16, choices=Status)
    line = models.PositiveIntegerField(_("number in line"), null=True, blank=True)
    limited_by = models.CharField(
        _("limit that keeps them in line"), max_length=16, choices=Limit, blank=True, editable=False
    )
    reservation = models.ForeignKey(
        Reservation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("reserved seat of"),
    )
    origin = models.CharField(_("origin"), max_length=16, choices=Origin, default=Origin.WEB)
    over_seats_reason = models.CharField(_("why over the limit"), max_length=300, blank=True)
    requested_at = models.DateTimeField(_("asked"))
    seated_at = models.DateTimeField(_("seated"), null=True, blank=True)
    grade_bands = models.JSONField(_("grade bands"), default=list, blank=True)
    party_size = models.PositiveSmallIntegerField(_("how many are coming"), default=1)
    leader_name = LineColumn(_("designee of"), max_length=200, blank=True)
    leader_job = LineColumn(_("the leader's job"), max_length=150, blank=True)
    leader_email = AddressColumn(_("the leader's e-mail"), blank=True)
    demonstrated_at = models.DateTimeField(_("demonstration of learning accepted"), null=True, blank=True)
    told_of_documents = models.BooleanField(_("told about the documents"), default=False, editable=False)
    told_of = models.JSONField(_("told about these documents"), default=list, blank=True, editable=False)
    news_at = models.DateTimeField(_("figures changed"), null=True, blank=True, editable=False)
    history = HistoricalRecords(
        excluded_fields=["told_of_documents", "told_of", "news_at", "door_code", "limited_by"]
    )

    place: int | None = None  # in line, as `seats.domain.line.tell_apart` fills in
    offer: Any = None  # the open one, the same way

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["id"]
        indexes = [models.Index(fields=["network", "status", "line"], name="registration_status_line")]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "person"],
                condition=models.Q(status__in=["waiting", "offered", "held", "seated"]),
                name="registration_one_live_a_person",
                violation_error_message=_("This person is already registered for this network."),
            ),
            models.UniqueConstraint(
                fields=["network", "person"],
                condition=models.Q(status="guest"),
                name="registration_one_guest_a_person",
            ),
            models.UniqueConstraint(
                fields=["network", "line"],
                condition=models.Q(line__isnull=False),
                name="registration_line_once_a_network",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="waiting") | models.Q(line__isnull=False),
                name="registration_waiting_has_a_line",
            ),
            models.CheckConstraint(
                condition=models.Q(party_size__gte=1), name="registration_party_of_one_at_least"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.network}"

    @classmethod
    def expected(cls, meeting: Meeting) -> models.Q:
        """Return the condition of `expected_at` on registrations of the meeting's network."""
        seated = models.Q(status=cls.Status.SEATED)
        if meeting.working_group_id is not None:
            inside = cls.objects.filter(
                group_memberships__working_group=meeting.working_group_id,
                group_memberships__left_at__isnull=True,
            )
            seated &= models.Q(pk__in=inside.values("pk"))
        guests = meeting.guests.standing().filter(registration__person__merged_into=None)
        sent = meeting.substitutes.coming()
        return (seated & ~models.Q(pk__in=sent.values("registration"))) | models.Q(
            pk__in=guests.values("registration")
        )

    @property
    def grade_words(self) -> str:
        """Return the grades that this person works with."""
        return ", ".join(str(band.label) for band in GradeBand if band in self.grade_bands)

    @property
    def asks_leader(self) -> bool:
        """Return whether a leader has to confirm that they come: who registered themselves as a designee."""
        return bool(self.leader_email) and self.origin == self.Origin.WEB and not self.over_seats_reason

    @property
    def is_live(self) -> bool:
        """Return whether it waits, is offered a seat or has one."""
        return self.status in self.LIVE

    @property
    def door_code_words(self) -> str:
        """Return the code for the door as people read it."""
        return in_fours(self.door_code)

    @property
    def is_seated(self) -> bool:
        """Return whether it has a seat."""
        return self.status == self.Status.SEATED


class RegistrationChange(Change):
    """One change of status of a registration."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="changes")

    class Meta(Change.Meta):
        verbose_name = _("registration change")
        verbose_name_plural = _("registration changes")


class Acceptance(models.Model):
    """Who accepted which wording of a commitment, and when."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="acceptances")
    version = models.ForeignKey(CommitmentVersion, on_delete=models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField(_("accepted"))

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        constraints = [models.UniqueConstraint(fields=["registration", "version"], name="acceptance_once")]

    def __str__(self) -> str:
        return str(self.version)


class PlannedAbsence(models.Model):
    """A registered person said beforehand that they miss one meeting, or staff excused them for a reason."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="planned_absences")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="planned_absences")
    said_at = models.DateTimeField(_("said"))
    reason = models.CharField(_("why they are excused"), max_length=300, blank=True)
    excused_by_name = models.CharField(_("excused by"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("planned absence")
        verbose_name_plural = _("planned absences")
        constraints = [
            models.UniqueConstraint(fields=["registration", "meeting"], name="plannedabsence_once"),
            models.CheckConstraint(
                condition=models.Q(excused_by_name="") | ~models.Q(reason=""),
                name="plannedabsence_excused_with_a_reason",
                violation_error_message=_("Say why this person is excused."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.meeting}"


class CalendarRevision(models.Model):
    """How often it changed whether one person comes to one meeting: what their calendar's SEQUENCE adds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendar_revisions")
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="calendar_revisions")
    raised = models.PositiveIntegerField(_("changes"), default=0)
    at = models.DateTimeField(_("last change"))

    class Meta:
        verbose_name = _("calendar revision")
        verbose_name_plural = _("calendar revisions")
        constraints = [models.UniqueConstraint(fields=["person", "meeting"], name="calendarrevision_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.meeting}"
