"""Which version of a credit rule a network is to go by from now on, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registrations.models import CreditRule
from stemnet.forms.fields import field_of


def label_of(rule: CreditRule) -> str:
    """Return "Massachusetts PDPs, version 2"."""
    return _("%(name)s, version %(version)s") % {"name": rule.name, "version": rule.version}


class VersionField(forms.ModelChoiceField[CreditRule]):
    """A version of a rule, by its name."""

    def label_from_instance(self, rule: CreditRule) -> str:
        """Return its label."""
        return label_of(rule)


class RuleForm(forms.Form):
    """One version of a rule, or none, and the reason."""

    version = VersionField(
        label=gettext_lazy("Credit rule"), queryset=CreditRule.objects.none(), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("We keep it with the network. Nobody gets an e-mail about it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = field_of(self, "version", forms.ModelChoiceField)
        version.queryset = CreditRule.objects.order_by("name", "code", "-version")
        version.empty_label = _("None: hours of attendance")
