"""The shape of every row of history that people are shown."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person


@dataclass(frozen=True)
class Sweep:
    """What acts by itself when its time has come, by the name that histories show."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True)
class Outsider:
    """Who acts without signing in, by a private link or a form, as they were called then."""

    name: str

    def __str__(self) -> str:
        return self.name


Actor = Person | Sweep | Outsider


def acted(by: Actor) -> dict[str, Any]:
    """Return the columns that say who acted: a person, or the name of whoever or whatever else."""
    return {"by": by if isinstance(by, Person) else None, "by_name": str(by)}


class Change(models.Model):
    """A change of status: from what, to what, by whom, when and why."""

    from_status = models.CharField(_("from"), max_length=24, blank=True)
    to_status = models.CharField(_("to"), max_length=24)
    by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_name = models.CharField(
        _("by"), max_length=200, help_text=_("The person's name at the time, or the sweep's.")
    )
    at = models.DateTimeField(_("when"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.from_status} → {self.to_status}"
