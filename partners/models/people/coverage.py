"""Who is at the table: stakeholder groups, and lists of who should be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from stemnet.columns import LineColumn


class StakeholderGroup(models.TextChoices):
    """What a person or unit stands for (AMTE P.1; docs/rules.md 9.1); a sector is something else."""

    TEACHER_EDUCATORS = "teacher_educators", _("Mathematics teacher educators")
    MATHEMATICS_FACULTY = "mathematics_faculty", _("Faculty who teach mathematics and statistics")
    EDUCATION_FACULTY = "education_faculty", _("Faculty in other fields of education")
    OTHER_PREPARATION = "other_preparation", _("Teacher preparation in other disciplines")
    SCHOOL_PERSONNEL = "school_personnel", _("PreK-12 school personnel")
    FAMILIES_COMMUNITY = "families_community", _("Families and community leaders")
    BUSINESS_INDUSTRY = "business_industry", _("Business and industry")


class RequiredList(models.Model):
    """A list of who should be at the table, such as a state's rule."""

    slug = models.SlugField(_("page address"), max_length=60, unique=True)
    name = LineColumn(_("name"), max_length=150)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("list of who should be represented")
        verbose_name_plural = _("lists of who should be represented")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class RequiredItem(models.Model):
    """One line of such a list: any of these sectors or stakeholder groups meets it."""

    required_list = models.ForeignKey(RequiredList, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("order"), default=1)
    label = LineColumn(_("who"), max_length=150)
    sectors = models.JSONField(_("sectors"), default=list, blank=True)
    stakeholder_groups = models.JSONField(_("stakeholder groups"), default=list, blank=True)
    at_least = models.PositiveSmallIntegerField(_("at least"), default=1)

    class Meta:
        verbose_name = _("list line")
        verbose_name_plural = _("list lines")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label
