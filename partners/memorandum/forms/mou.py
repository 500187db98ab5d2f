"""Forms of coordinators about the memorandum: its dates, its sections, whom to ask for a part."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.memorandum.domain import mou_texts, part_contacts
from partners.models import Mou, MouRole, MouSection, MouText, Organization, Person
from partners.people.domain.organizations import Workplace
from partners.people.forms.holder import SureField, ask_who_holds
from partners.people.forms.organization_field import OrganizationField
from stemnet.forms.fields import AddressField, LineField, NameField
from stemnet.forms.texts import MARKDOWN_HELP, DayInput, LongText

DAYS = ("parts_due_on", "effective_on", "ends_on", "review_on", "ceremony_on")


class MouForm(forms.ModelForm[Mou]):
    """The memorandum's title and its dates."""

    class Meta:
        model = Mou
        fields = [
            "title",
            "parts_due_on",
            "effective_on",
            "ends_on",
            "review_on",
            "notice_days",
            "ceremony_on",
            "ceremony_place",
        ]
        widgets = {name: DayInput() for name in DAYS}
        help_texts = {
            "parts_due_on": _(
                "We remind partners 14 days, 7 days and 1 day before, the day after, and then weekly "
                "for a few weeks, until they submit their part or you change the date."
            ),
            "ceremony_on": _(
                "We remind people who haven't signed 14 days, 7 days and 1 day before and the day "
                "after, unless you set a different date to sign by when you lock the document."
            ),
            "effective_on": _(
                "For each partner that has signed. Partners that sign later join on the date they sign."
            ),
        }


class SectionForm(forms.Form):
    """One section of the shared text; it carries the words that were there when its page was opened."""

    heading = forms.CharField(label=_("Heading"), max_length=150)
    body = LongText(label=_("Text"), max_length=60_000, required=False, rows=16, help_text=MARKDOWN_HELP)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    base_heading = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    base_body = LongText(required=False, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base_body"].widget.attrs = {"hidden": True}

    @classmethod
    def of(cls, section: MouSection, **typed: str) -> "SectionForm":
        """Return the form of a section as it is now; ``typed`` stands instead of its words."""
        now = {"heading": section.heading, "body": section.body}
        base = {f"base_{name}": words for name, words in now.items()}
        return cls(initial={**now, **base, "seen": mou_texts.mark(section), **typed})

    def base(self) -> dict[str, str] | None:
        """Return what was there when the page was opened; None where the browser sent something else."""
        given = self.cleaned_data
        base = {name: given[f"base_{name}"] for name in ("heading", "body")}
        return base if mou_texts.mark(MouSection(**base)) == given["seen"] else None


class ProposalForm(forms.Form):
    """Other words for one section, and why."""

    body = LongText(
        label=_("The section, with your changes"), max_length=60_000, rows=16, help_text=MARKDOWN_HELP
    )
    why = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea({"rows": 2}))


class DecisionForm(forms.Form):
    """What becomes of a proposed change."""

    body = LongText(label=_("The section as it should read"), max_length=60_000, required=False, rows=16)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Required if you decline. The partner will read it."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class CirculateForm(forms.Form):
    """What is said of a version as it goes out."""

    note = forms.CharField(
        label=_("What changed"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    weight = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[
            (MouText.Weight.EDITORIAL, _("Editorial: partners who have signed don't need to do anything")),
            (MouText.Weight.MATERIAL, _("Material: partners who have signed need to sign again")),
        ],
        widget=forms.RadioSelect,
    )


class PeopleForm(forms.Form):
    """Who drafts a part and who answers for it."""

    drafter_email = AddressField(label=_("Drafter's e-mail address"), max_length=254)
    drafter_sure = SureField()
    drafter_first = NameField(label=_("First name"), max_length=100)
    drafter_last = NameField(label=_("Last name"), max_length=100)
    lead_email = AddressField(
        label=_("Lead contact's e-mail address"),
        max_length=254,
        required=False,
        help_text=_("Leave empty if the drafter is also the lead contact."),
    )
    lead_sure = SureField()
    lead_first = NameField(label=_("First name"), max_length=100, required=False)
    lead_last = NameField(label=_("Last name"), max_length=100, required=False)
    due_on = forms.DateField(
        label=_("Due on"), required=False, widget=DayInput, help_text=_("Leave empty to use the MOU's date.")
    )

    def clean(self) -> dict[str, Any]:
        """Want a name for a lead contact who is somebody else, and ask about addresses of other names."""
        given = super().clean() or {}
        if given.get("lead_email") and not (given.get("lead_first") and given.get("lead_last")):
            self.add_error("lead_last", _("Type the lead contact's first and last name."))
        for who in ("drafter", "lead"):
            names = {"first_name": f"{who}_first", "last_name": f"{who}_last"}
            ask_who_holds(self, address=f"{who}_email", sure=f"{who}_sure", names_them=True, **names)
        return given

    @property
    def due(self) -> date | None:
        """Return the day that was typed."""
        day: date | None = self.cleaned_data["due_on"]
        return day

    def people(self) -> tuple[Person, Person]:
        """Return drafter and lead contact; who is not known yet is noted."""
        given = self.cleaned_data
        drafter = part_contacts.person_at(
            given["drafter_email"], first_name=given["drafter_first"], last_name=given["drafter_last"]
        )
        if not given["lead_email"]:
            return drafter, drafter
        lead = part_contacts.person_at(
            given["lead_email"], first_name=given["lead_first"], last_name=given["lead_last"]
        )
        return drafter, lead


class AskForm(PeopleForm):
    """Which organization is asked for its part, and whom to write to."""

    organization = OrganizationField(label=_("Organization"))
    field_order = ["organization"]

    def clean_organization(self) -> Organization:
        """Want an organization that is listed."""
        place: Workplace = self.cleaned_data["organization"]
        if place.organization is None:
            raise forms.ValidationError(_("This organization isn't listed yet. Add it first."))
        return place.organization


class ContactsForm(PeopleForm):
    """Other contacts of a part, another day, or the part as a model."""

    model_title = LineField(
        label=_("Offer this part as a model"),
        max_length=100,
        required=False,
        help_text=_(
            "For example: school district, as in Salem-Keizer. Leave empty if you don't want to "
            "offer it as a model."
        ),
    )


def contacts_now(role: MouRole) -> dict[str, Any]:
    """Return what the form of a part's contacts starts with."""
    start: dict[str, Any] = {"due_on": role.due_on, "model_title": role.model_title}
    for name, person in (("drafter", role.drafter), ("lead", role.lead_contact)):
        if person is not None:
            start |= {
                f"{name}_email": person.primary_address,
                f"{name}_first": person.first_name,
                f"{name}_last": person.last_name,
            }
    return start
