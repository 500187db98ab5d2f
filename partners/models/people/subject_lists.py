"""What things are about and whom they are for: lists that coordinators keep, with codes.

Networks, meetings, resources, needs and people's interests all choose from them (docs/architecture.md).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person
from stemnet.briefly import Briefly
from stemnet.columns import LineColumn

Choices = list[tuple[str, str]]  # code and title


class Listed(models.Model):
    """A row of a list that coordinators keep; its code stands in addresses and stays."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    title = LineColumn(_("title"), max_length=100)
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    active = models.BooleanField(_("offered in forms"), default=True)

    class Meta:
        abstract = True
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Subject(Listed):
    """What something is about."""

    class Meta(Listed.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")


class Audience(Listed):
    """Whom a network is for."""

    class Meta(Listed.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Interest(models.Model):
    """A subject that somebody says they care about."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="interests")
    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="interested")

    class Meta:
        verbose_name = _("interest")
        verbose_name_plural = _("interests")
        ordering = ["subject__position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subject"],
                name="interest_once",
                violation_error_message=_("They already have this interest."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"


def _offered() -> tuple[Choices, Choices]:
    """Read the subjects and the audiences that forms offer, in one statement."""
    subjects, audiences = (
        model._default_manager.filter(active=True).order_by().annotate(kind=models.Value(kind))
        for kind, model in enumerate((Subject, Audience))
    )
    columns = ("kind", "position", "title", "code")
    found = subjects.values_list(*columns).union(audiences.values_list(*columns), all=True)
    both: tuple[Choices, Choices] = ([], [])
    for kind, _position, title, code in found.order_by(*columns[:3]):
        both[kind].append((code, title))
    return both


OFFERED = Briefly(_offered)  # subjects and audiences, as lists are narrowed by them
