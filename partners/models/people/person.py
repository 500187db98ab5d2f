"""People: humans we know of, who may never sign in."""

import uuid
from collections.abc import Sequence
from functools import cached_property

from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.people.roles import roles_of
from stemnet.columns import AddressColumn, NameColumn
from stemnet.plain_columns import PlainField, PlainNames, PlainNamesQuerySet
from stemnet.plain_names import as_typed, asked_words, has_words, in_each, plain_name

COORDINATOR = "coordinator"
STAFF = "staff"
NAMES = ("plain_last_name", "plain_first_name", "plain_certificate_name")
TASK = "task: "  # before the name of a task in the admin, as the name of a group
FEW = 500
REMOVED = _("Removed person")


def login_of(person: "Person") -> PermissionsMixin | None:
    """Return the active login of a person, or None."""
    user = getattr(person, "user", None)
    return user if user is not None and user.is_active else None


def by_name(path: str = "") -> tuple[str, ...]:
    """Return the one order of people: last name, first name, whoever came first; ``path`` leads to them."""
    return f"{path}plain_last_name", f"{path}plain_first_name", f"{path}pk"


def has_name(words: str, *, path: str = "", columns: Sequence[str] = ()) -> models.Q:
    """Return the condition that each of ``words``, in any order, is in a name or an address of somebody.

    ``path`` leads to the person; plain ``columns`` are looked into as well.
    """
    names = [f"{path}{name}" for name in NAMES]
    return has_words(words, plain=[*names, *columns], also=lambda word: _has_address(word, path))


def _has_address(word: str, path: str) -> models.Q:
    holders = PersonEmail.objects.filter(person=models.OuterRef(f"{path}pk"), address__icontains=word)
    return models.Q(models.Exists(holders))


def _holders(word: str) -> "models.QuerySet[PersonEmail, int]":
    """Return the keys of the people in whose addresses a word is, nobody where it is no more than a comma."""
    asked = as_typed(word).lower()
    held = PersonEmail.objects.filter(address__contains=asked) if asked else PersonEmail.objects.none()
    return held.order_by().values_list("person", flat=True)


class PersonQuerySet(PlainNamesQuerySet["Person"]):
    """Questions about people."""

    def current(self) -> "PersonQuerySet":
        """Return all but those that were merged into another or whose data was deleted."""
        return self.filter(merged_into__isnull=True, removed_at__isnull=True)

    def coordinators(self) -> "PersonQuerySet":
        """Return those who coordinate the whole partnership, with their addresses."""
        people = self.current().filter(user__groups__name=COORDINATOR, user__is_active=True)
        return people.prefetch_related("emails").distinct()

    def running(self) -> "PersonQuerySet":
        """Return those who may do everything, as `Person.is_coordinator` says."""
        return self._with_login(models.Q(user__groups__name=COORDINATOR))

    def staff_for_all(self) -> "PersonQuerySet":
        """Return those who work for every network, as `Person.is_staff_for_all` says."""
        return self._with_login(models.Q(user__groups__name__in=[STAFF, COORDINATOR]))

    def _with_login(self, roles: models.Q) -> "PersonQuerySet":
        return self.filter(roles | models.Q(user__is_superuser=True), user__is_active=True).distinct()

    def holding(self, address: str) -> "PersonQuerySet":
        """Return the person who holds this e-mail address (any case), verified or not."""
        return self.filter(emails__address=address.strip().lower())

    def found_by(self, words: str) -> "PersonQuerySet":
        """Return those whose name or address has every one of ``words``, in any order."""
        condition = models.Q()
        for word in asked_words(words):
            condition &= in_each(word, NAMES) | models.Q(pk__in=_holders(word))
        return self.filter(condition)

    def first_found(self, words: str, most: int) -> list["Person"]:
        """Return the first ``most`` by name of those that `found_by` would find.

        Who has a rare word is found by the index of that word. A common one is met soon in the order of
        names: first where last names begin with it. Either way it matters little how many people there are.
        """
        asked = asked_words(words)
        for word in asked:
            named = Person.objects.filter(in_each(word, NAMES)).order_by().values_list("pk", flat=True)
            keys = set(named.union(_holders(word), all=True)[: FEW + 1])
            if len(keys) <= FEW:
                return list(self.filter(pk__in=keys).found_by(words)[:most])
        if len(asked) == 1:
            beginning = list(self.filter(plain_last_name__startswith=plain_name(asked[0]))[:most])
            if len(beginning) == most:
                return beginning
        return list(self.found_by(words)[:most])


class Person(PlainNames):
    """A human we know of: names, and through other rows addresses, positions, registrations."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first_name = NameColumn(_("first name"), max_length=100)
    last_name = NameColumn(_("last name"), max_length=100)
    certificate_name = NameColumn(
        _("name for the certificate"),
        max_length=200,
        blank=True,
        help_text=_("The way it should be printed."),
    )
    plain_first_name = PlainField("first_name", max_length=200)
    plain_last_name = PlainField("last_name", max_length=200)
    plain_certificate_name = PlainField("certificate_name", max_length=400)
    language = models.CharField(_("language of mail"), max_length=10, default="en")
    link_number = models.PositiveIntegerField(
        _("number in private links"),
        default=0,
        help_text=_("Raise it to turn off old calendar and unsubscribe links."),
    )
    shares_registrations = models.BooleanField(
        _("My organization's lead contact can see my registrations"),
        default=False,
        help_text=_("They see which networks you registered for through it, never your answers."),
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )
    removed_at = models.DateTimeField(_("data deleted"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("known since"), auto_now_add=True)
    history = HistoricalRecords(
        excluded_fields=[
            "removed_at",
            "link_number",
            "plain_first_name",
            "plain_last_name",
            "plain_certificate_name",
        ]
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        base_manager_name = "objects"
        ordering = by_name()
        indexes = [models.Index(fields=["plain_last_name", "plain_first_name"], name="person_by_name")]

    def __str__(self) -> str:
        if self.removed_at:
            return str(REMOVED)
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def now(self) -> "Person":
        """Return who this is now: the person whom they were merged into, or they themselves."""
        return self.merged_into or self

    @property
    def printed_name(self) -> str:
        """Return the name that documents carry."""
        return self.certificate_name or str(self)

    @property
    def sorted_name(self) -> str:
        """Return the name with the last name first, for lists."""
        return str(REMOVED) if self.removed_at else f"{self.last_name}, {self.first_name}"

    def is_called(self, first_name: str, last_name: str) -> bool:
        """Return whether this is their name or that of their certificate, whichever part stands first."""
        given = sorted(plain_name(f"{first_name} {last_name}").split())
        known = (f"{self.plain_first_name} {self.plain_last_name}", self.plain_certificate_name)
        return any(given == sorted(name.split()) for name in known)

    @property
    def sort_key(self) -> tuple[str, str, int]:
        """Return by what people are sorted who are in memory: as `by_name` does."""
        return self.plain_last_name, self.plain_first_name, self.pk

    @cached_property
    def primary_address(self) -> str:
        """Return the address that mail goes to, or an empty string."""
        emails = sorted(self.emails.all(), key=lambda email: (not email.primary, email.pk))
        return emails[0].address if emails else ""

    @cached_property
    def proved_address(self) -> str:
        """Return the first address that a code proved, or an empty string."""
        return next((one.address for one in self.emails.all() if one.verified_at), "")

    @cached_property
    def groups(self) -> frozenset[str]:
        """Return names of the groups of the person's login (``coordinator``, ``staff``)."""
        user = login_of(self)
        return frozenset(user.groups.values_list("name", flat=True)) if user else frozenset()

    @cached_property
    def roles(self) -> frozenset[str]:
        """Return what they are to the portal, by the names that apps gave (`partners.models.roles`)."""
        return roles_of(self)

    @property
    def is_coordinator(self) -> bool:
        """Return whether they coordinate the whole partnership."""
        user = login_of(self)
        return bool(user and user.is_superuser) or COORDINATOR in self.groups

    @property
    def tasks(self) -> frozenset[str]:
        """Return the tasks in the admin that were given to somebody on staff; coordinators need none."""
        given = (name.removeprefix(TASK) for name in self.groups if name.startswith(TASK))
        return frozenset(given) if STAFF in self.groups else frozenset()

    @property
    def is_staff_for_all(self) -> bool:
        """Return whether they are staff for every network."""
        return self.is_coordinator or STAFF in self.groups


class PersonEmail(models.Model):
    """An e-mail address of a person; the truth that logins copy (docs/decisions/0014-addresses.md)."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="emails")
    address = AddressColumn(_("e-mail"), unique=True)
    verified_at = models.DateTimeField(_("proved"), null=True, blank=True)
    primary = models.BooleanField(_("primary"), default=False)
    refused_at = models.DateTimeField(_("mail came back"), null=True, blank=True)
    refused_reason = models.CharField(_("why it came back"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("e-mail address")
        verbose_name_plural = _("e-mail addresses")
        ordering = ["-primary", "address"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(address=Lower("address")),
                name="personemail_lower_case",
                violation_error_message=_("E-mail addresses are kept in lower case."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(primary=True),
                name="personemail_one_primary",
                violation_error_message=_("Only one address can be the primary one."),
            ),
        ]

    def __str__(self) -> str:
        return self.address
