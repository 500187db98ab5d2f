"""A list of people that staff paste or upload, or personal invitations."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import Person, contacts_of, local_day
from partners.people.forms.organization_field import OrganizationField, OrganizationWidget
from registrations.models import Party
from registrations.seats.exceptions import PartyRefused
from registrations.seats.imports import AskedRow, read_rows, read_text
from stemnet.exceptions import UnreadableTable
from stemnet.forms.fields import LineField
from stemnet.tables.reading import read_table

Kind = Party.Kind


class ManyForm(forms.Form):
    """Who is asked, whether seats are kept, and how long the links work."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is this?"),
        choices=[
            (Kind.INVITED, gettext_lazy("Personal invitations")),
            (Kind.LIST, gettext_lazy("A list of people to register")),
        ],
        initial=Kind.INVITED,
        widget=forms.RadioSelect,
    )
    title = LineField(
        label=gettext_lazy("Name of the list"),
        max_length=150,
        required=False,
        help_text=gettext_lazy("Only staff read it."),
    )
    text = forms.CharField(
        label=gettext_lazy("People"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "A line for each person. For example: Science lead; lead@example.org. "
            "You can also paste rows of a "
            "spreadsheet with the names of its columns."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        help_text=gettext_lazy("CSV or XLSX, up to 1,000 rows, with a column “E-mail”."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.txt,.tsv"}),
    )
    organization = OrganizationField(
        label=gettext_lazy("Or an organization"),
        required=False,
        widget=OrganizationWidget(only_listed=True),
        help_text=gettext_lazy("We invite its contacts."),
    )
    keeps = forms.BooleanField(
        label=gettext_lazy("Keep a seat for each, as long as seats are free"), required=False
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days until the links stop working"),
        min_value=1,
        max_value=60,
        initial=14,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, person: Person | None, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        if person is None or not person.is_coordinator:
            del self.fields["organization"]  # who speaks for a partner is not for everyone to see

    def clean(self) -> dict[str, Any]:
        """Read the rows; what is wrong with the list stands at its field."""
        data = super().clean() or self.cleaned_data
        given = [name for name in ("text", "file", "organization") if data.get(name)]
        if self.errors:
            return data
        if len(given) != 1:
            raise forms.ValidationError(
                _("Type or paste people, or choose a file or an organization: one of these.")
                if given
                else _("Say who is invited.")
            )
        try:
            self.rows = self._rows(given[0])
        except (PartyRefused, UnreadableTable) as refused:
            self.add_error(given[0], str(refused))
        return data

    def _rows(self, name: str) -> list[AskedRow]:
        """Return the rows. Raises PartyRefused and UnreadableTable."""
        data = self.cleaned_data
        if name == "text":
            return read_text(data["text"])
        if name == "file":
            return read_rows(read_table(data["file"]))
        return self._contacts(data["organization"].organization)

    def _contacts(self, organization: Any) -> list[AskedRow]:
        if organization is None:
            raise PartyRefused(sentence=_("Choose an organization from the list."))
        found = contacts_of(organization, on=local_day(self.at)).prefetch_related("emails")
        rows = [
            AskedRow(number, one.primary_address, one.first_name, one.last_name, organization.name)
            for number, one in enumerate(found.order_by("pk"), 1)
            if one.primary_address
        ]
        if not rows:
            words = _("%(organization)s has no contact with an address. Type an address above.")
            raise PartyRefused(sentence=words % {"organization": organization})
        return rows
