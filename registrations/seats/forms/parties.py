"""Registering others: who asks, from where, and each person on a row of their own."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Job, Person
from registrations.models import Party
from registrations.seats.domain.answers import Answers
from registrations.seats.domain.parties import MOST, Member
from registrations.seats.forms.who import WhoForm
from stemnet.forms.fields import AddressField, NameField

SHOWN = 3  # rows that are open at first
Kind = Party.Kind


class MemberForm(forms.Form):
    """One person: a name, an address, a job."""

    first_name = NameField(label=gettext_lazy("First name"), max_length=100, required=False)
    last_name = NameField(label=gettext_lazy("Last name"), max_length=100, required=False)
    address = AddressField(
        label=gettext_lazy("E-mail address"),
        error_messages={"required": gettext_lazy("Type an address. We send the link there.")},
    )
    job = forms.ChoiceField(
        label=gettext_lazy("Job"), choices=[("", gettext_lazy("Not said")), *Job.choices], required=False
    )

    def member(self) -> Member:
        """Return who was typed."""
        return Member(**self.cleaned_data)


class MemberRows(forms.BaseFormSet[MemberForm]):
    """All rows; an empty one is nobody, and an address stands in one row only."""

    def clean(self) -> None:
        """Say at its row which address stands there twice."""
        first: set[str] = set()
        for form in self.forms:
            address = form.cleaned_data.get("address") if form.is_valid() else None
            if address and address in first:
                form.add_error("address", _("This address is in an earlier row already."))
            first.add(address or "")

    def is_valid(self) -> bool:
        """Return whether every row is, also after rows were compared."""
        return super().is_valid() and not any(form.errors for form in self.forms)

    def members(self) -> list[Member]:
        """Return who was typed, in order."""
        return [form.member() for form in self.forms if form.cleaned_data.get("address")]

    @property
    def open_rows(self) -> int:
        """Return how many rows are open: what was typed, three at least."""
        used = [place for place, form in enumerate(self.forms, 1) if form.has_changed() or form.initial]
        return max([SHOWN, *used])

    @property
    def shown(self) -> list[MemberForm]:
        """Return the rows that are open."""
        return self.forms[: self.open_rows]

    @property
    def others(self) -> list[MemberForm]:
        """Return the rows that are folded away."""
        return self.forms[self.open_rows :]


Rows = forms.formset_factory(MemberForm, formset=MemberRows, extra=MOST, max_num=MOST, absolute_max=100)


class PartyForm(WhoForm):
    """Who asks, where everyone is from, and whether they are a team."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Who are they?"),
        choices=[
            (Kind.TEAM, gettext_lazy("A team that comes together (2 to 10 people)")),
            (Kind.LEADER, gettext_lazy("People who work with me (1 to 10 people)")),
        ],
        initial=Kind.TEAM,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, network: Network, person: Person | None, **kwargs: Any) -> None:
        super().__init__(data, network=network, person=person, **kwargs)
        if person is not None:
            del self.fields["first_name"], self.fields["last_name"]
        self.fields["organization"].label = _("Organization they come from")
        rows = Rows(data, prefix="p", initial=self.initial.get("team"))
        self.rows = cast(MemberRows, rows)

    def is_valid(self) -> bool:
        """Look at the rows, too."""
        return all([super().is_valid(), self.rows.is_valid()])

    def answers(self) -> Answers:
        """Return what somebody typed who has yet to prove their address."""
        members = self.rows.members()
        return Answers(
            **self.who(),
            team=[vars(one) for one in members],
            team_kind=self.cleaned_data["kind"],
            party_size=max(1, len(members)),
        )
