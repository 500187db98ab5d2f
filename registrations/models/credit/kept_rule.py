"""Which version of a credit rule a network goes by, once somebody was marked there (docs/rules.md 2.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from partners.models import Change
from registrations.models.credit.credit_rule import CreditRule


class KeptRule(models.Model):
    """The version that a network keeps from its first mark on, whatever becomes of dates and rules."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="kept_rule")
    version = models.ForeignKey(CreditRule, on_delete=models.PROTECT, related_name="kept_by")
    since = models.DateTimeField(_("kept since"))

    class Meta:
        verbose_name = _("kept credit rule")
        verbose_name_plural = _("kept credit rules")

    def __str__(self) -> str:
        return f"{self.network}: {self.version}"


class RuleChange(Change):
    """The credit rule of a network was changed after people were marked; why, and from which version."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="rule_changes")

    class Meta(Change.Meta):
        verbose_name = _("change of a network's credit rule")
        verbose_name_plural = _("changes of networks' credit rules")
