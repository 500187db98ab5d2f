"""Who sits on a team of the partnership, such as its leadership team."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.planning.working_group import WorkingGroup
from partners.models import Person, by_name


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """Questions about members of teams."""

    def current(self) -> "TeamMemberQuerySet":
        """Return those not left."""
        return self.filter(left_on__isnull=True)

    def public(self) -> "TeamMemberQuerySet":
        """Return those who chose to be named."""
        return self.current().filter(listed=True)


class TeamMember(models.Model):
    """One person on one team of the partnership; named in public only by their own choice."""

    team = models.ForeignKey(
        WorkingGroup, on_delete=models.CASCADE, related_name="team_members", verbose_name=_("team")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="teams", verbose_name=_("person")
    )
    listed = models.BooleanField(_("name shown on the partnership's page"), default=False)
    joined_on = models.DateField(_("from"))
    term_ends = models.DateField(_("last day of the term"), null=True, blank=True)
    left_on = models.DateField(_("left"), null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = [*by_name("person__"), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "person"],
                condition=models.Q(left_on__isnull=True),
                name="teammember_once",
                violation_error_message=_("This person is already on this team."),
            ),
            models.CheckConstraint(
                condition=models.Q(term_ends__isnull=True) | models.Q(term_ends__gte=models.F("joined_on")),
                name="teammember_term_ends_after_it_begins",
                violation_error_message=_("A term can't end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.team}"
