"""The leads of a group, typed as e-mail addresses."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import WorkingGroup
from partners.models import Person
from stemnet.forms.fields import LineField

APART = re.compile(r"[\s,;]+")


class LeadsField(LineField):
    """E-mail addresses of people in our records, apart by commas; its value is those people."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Leads"))
        kwargs.setdefault(
            "help_text",
            gettext_lazy("E-mail addresses of people in our records, with commas between several."),
        )
        super().__init__(**{"required": False, "max_length": 1000, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the people who hold the addresses, each once. Raises ValidationError."""
        typed = super().clean(value).lower()
        return list(
            {person.pk: person for person in map(holder_of, filter(None, APART.split(typed)))}.values()
        )


def holder_of(address: str) -> Person:
    """Return who holds ``address``. Raises ValidationError where it is none, or nobody's."""
    try:
        validate_email(address)
    except ValidationError as invalid:
        raise forms.ValidationError(
            _("“%(address)s” isn't an e-mail address.") % {"address": address}
        ) from invalid
    person = Person.objects.current().holding(address).first()
    if person is None:
        raise forms.ValidationError(
            _("Nobody in our records has the e-mail address %(address)s. Leave it out for now.")
            % {"address": address}
        )
    return person


def lead_addresses(group: WorkingGroup) -> str:
    """Return who leads ``group`` now, as it would be typed."""
    if group.pk is None:
        return ""
    leads = group.leads.current().select_related("person").prefetch_related("person__emails")
    return ", ".join(lead.person.primary_address for lead in leads)
