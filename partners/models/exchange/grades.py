"""The grades that people work with and that needs are for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GradeBand(models.TextChoices):
    """Grades that one works with."""

    PK_2 = "pk-2", _("PreK to 2")
    THREE_5 = "3-5", _("3 to 5")
    SIX_8 = "6-8", _("6 to 8")
    NINE_12 = "9-12", _("9 to 12")
    HIGHER_ED = "higher-ed", _("College or university")
