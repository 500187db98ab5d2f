"""Numbers by which a state or a district knows an educator, typed by themselves and kept as text."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models.people.person import Person
from stemnet.columns import LineColumn


class NumberKind(models.TextChoices):
    """Whose number it is; a credit rule may name one by its code (docs/rules.md 3.2)."""

    MEPID = "MEPID", _("MEPID (Massachusetts)")
    WA_CERT = "WA_CERT", _("Washington certificate number")
    TX_TEA = "TX_TEA", _("TEA ID (Texas)")
    IEIN = "IEIN", _("IEIN (Illinois)")
    PPID = "PPID", _("PPID (Pennsylvania)")
    LICENSE = "LICENSE", _("License number (another state)")
    LOCAL = "LOCAL", _("Employee number (my district)")


class EducatorNumber(models.Model):
    """One number of one person, of which there is one a kind."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="educator_numbers")
    kind = models.CharField(_("kind"), max_length=16, choices=NumberKind)
    number = LineColumn(_("number"), max_length=30)
    on_documents = models.BooleanField(_("print it on my documents"), default=False)
    typed_at = models.DateTimeField(_("typed"))

    class Meta:
        verbose_name = _("educator number")
        verbose_name_plural = _("educator numbers")
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="educatornumber_once_a_kind",
                violation_error_message=_("This person already has a number of this kind."),
            ),
            models.CheckConstraint(
                condition=~models.Q(number=""),
                name="educatornumber_not_empty",
                violation_error_message=_("A number can't be empty."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    @property
    def label(self) -> str:
        """Return what the number is called beside it, without where it is from: "MEPID"."""
        return str(self.get_kind_display()).partition(" (")[0]
