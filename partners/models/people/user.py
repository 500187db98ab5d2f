"""A login, nothing more."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person
from stemnet import admin_tasks
from stemnet.columns import AddressColumn


class UserManager(BaseUserManager["User"]):
    """Makes logins by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a login for ``email`` (lower-cased)."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a login that may do everything, with a person of its own."""
        fields.setdefault("person", Person.objects.create(first_name="Administrator", last_name="-"))
        return self.create_user(email, password, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A login. Its ``email`` copies the primary address; `partners.people.domain.addresses` writes it."""

    email = AddressColumn(_("e-mail"), unique=True)
    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("since"), default=timezone.now)

    is_in_step = False  # whether its copies of the person's addresses were just written

    objects = UserManager()
    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")

    def __str__(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        """Return whether they may open the admin: coordinators, and staff with a task there."""
        return self.is_coordinator or (self.is_active and bool(self.tasks))

    @property
    def is_coordinator(self) -> bool:
        """Return whether this is the login of a coordinator of the whole partnership."""
        return self.is_active and (self.is_superuser or bool(self.person and self.person.is_coordinator))

    @property
    def tasks(self) -> frozenset[str]:
        """Return the tasks in the admin that were given to somebody on staff."""
        return self.person.tasks if self.person else frozenset()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return whether somebody may do this in the admin, as far as its classes allow it.

        Coordinators may do everything, staff what belongs to a task of theirs.
        """
        return self.is_coordinator or admin_tasks.allows(self.tasks, perm) or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """Return whether somebody has anything to do in an app of the admin."""
        theirs = self.is_coordinator or admin_tasks.allows_app(self.tasks, app_label)
        return theirs or super().has_module_perms(app_label)
