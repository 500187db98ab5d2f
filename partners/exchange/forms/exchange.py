"""Forms of needs, contributions and matches, and the filter of the matrix."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import OFFERED, Category, Contribution, GradeBand, Need, Organization, Person, Sector
from partners.people.forms.listed import listed_field
from partners.people.forms.standards_field import StandardPartField, StandardsField
from stemnet.forms.fields import AddressField, LineField, field_of
from stemnet.forms.filtering import FilterForm, any_or

WITH_SCHOOLS = {Sector.K12_DISTRICT, Sector.K12_REGIONAL, Sector.ESD_COLLABORATIVE, Sector.CHARTER}


def day() -> forms.DateInput:
    """Return a date box that the browser helps with."""
    return forms.DateInput({"type": "date"}, "%Y-%m-%d")


class MatrixFilterForm(FilterForm):
    """Sector, state of the cells, what needs are about, and which way round; unknown values are ignored."""

    sector = forms.ChoiceField(label=_("Sector"), required=False, choices=any_or(Sector.choices))
    state = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("Everything")),
            ("gap", _("Gaps")),
            ("needed", _("Needed")),
            ("offered", _("Offered")),
            ("confirmed", _("Confirmed")),
            ("delivered", _("Delivered")),
        ],
    )
    by = forms.ChoiceField(
        label=_("Rows"), required=False, choices=[("", _("Partners")), ("category", _("Categories"))]
    )
    subject = forms.ChoiceField(label=_("Needs about"), required=False)
    standard = StandardPartField(label=_("Needs with standard"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "subject", forms.ChoiceField).choices = any_or(OFFERED.get()[0])


class NeedForm(forms.ModelForm[Need]):
    """A need of a partner, of one of its schools, or of a teacher through it."""

    teacher_address = AddressField(
        label=_("For a teacher: their e-mail address"),
        required=False,
        help_text=_("Somebody who works there. Other partners see that it's for a teacher, but not who."),
    )
    new_school = LineField(
        label=_("For a school that isn't on our list: its name"), max_length=200, required=False
    )
    grade_bands = forms.MultipleChoiceField(
        label=_("Grades"),
        choices=GradeBand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    standards = StandardsField()

    class Meta:
        model = Need
        fields = ["category", "detail", "priority", "wanted_by", "school", "grade_bands"]
        fields += ["subjects", "standards"]
        labels = {"school": _("For one of our schools")}
        widgets = {"wanted_by": day(), "detail": forms.Textarea({"rows": 3})}

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization, self.teacher = organization, self.instance.teacher
        offer_categories(self)
        self.fields["subjects"] = listed_field("subjects", self.instance)
        if self.teacher:
            self.initial["teacher_address"] = self.teacher.primary_address
        schools = Organization.objects.current().filter(part_of=organization)
        field = field_of(self, "school", forms.ModelChoiceField)
        field.queryset, field.to_field_name, field.empty_label = schools, "slug", _("The whole organization")
        if self.instance.school:
            self.initial["school"] = self.instance.school.slug
        if not schools.exists():
            del self.fields["school"]
        if organization.sector not in WITH_SCHOOLS:
            del self.fields["new_school"]
        self.order_fields(["category", "detail", "priority", "wanted_by", "school", "new_school"])

    def clean(self) -> dict[str, Any]:
        """Take a school from the list or a new one, not both."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("school") and values.get("new_school"):
            self.add_error("new_school", _("Choose a school above or type another one here, but not both."))
        return values

    def clean_teacher_address(self) -> str:
        """Take only somebody who works at the organization or at a part of it."""
        address = str(self.cleaned_data["teacher_address"]).lower()
        self.teacher = self._teacher(address) if address else None
        if address and self.teacher is None:
            raise forms.ValidationError(
                _("We have nobody with this address at %(name)s."),
                params={"name": self.organization},
            )
        return address

    def fields_of_row(self) -> dict[str, Any]:
        """Return the columns as they were typed."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "teacher_address"}
        return {**values, "teacher": self.teacher}

    def _teacher(self, address: str) -> Person | None:
        people = Person.objects.current().holding(address)
        there = people.filter(positions__organization=self.organization)
        below = people.filter(positions__organization__part_of=self.organization)
        return there.first() or below.first()

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it and checks it whole."""


class ContributionForm(forms.ModelForm[Contribution]):
    """What a partner gives."""

    class Meta:
        model = Contribution
        fields = [
            "category",
            "detail",
            "quantity",
            "available_from",
            "available_until",
            "conditions",
            "public",
        ]
        widgets = {
            "available_from": day(),
            "available_until": day(),
            "detail": forms.Textarea({"rows": 3}),
        }
        help_texts = {
            "quantity": _("For example: 4 mentors, 20 seats, $500."),
            "public": _("If you check this, anyone can see it. If not, only partners can."),
        }

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_categories(self)

    def clean(self) -> dict[str, Any]:
        """Say at its field that an end lies before its beginning."""
        values: dict[str, Any] = super().clean() or {}
        begins, ends = values.get("available_from"), values.get("available_until")
        if begins and ends and ends < begins:
            self.add_error("available_until", _("It can't end before it starts."))
        return values

    def fields_of_row(self) -> dict[str, Any]:
        """Return the columns as they were typed."""
        return dict(self.cleaned_data)

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it and checks it whole."""


class ReasonForm(forms.Form):
    """Why a match is dropped."""

    reason = forms.CharField(
        label=_("Why won't it happen?"),
        max_length=500,
        error_messages={"required": _("Say why, so nobody tries the same match again.")},
    )


def offer_categories(form: forms.ModelForm[Need] | forms.ModelForm[Contribution]) -> None:
    """Let only categories be chosen that are offered in forms, and the one that the row has."""
    field = field_of(form, "category", forms.ModelChoiceField)
    offered = Category.objects.filter(active=True)
    if form.instance.category_id:
        offered |= Category.objects.filter(pk=form.instance.category_id)
        form.initial["category"] = form.instance.category.code
    field.queryset, field.to_field_name, field.empty_label = offered, "code", _("Choose one")
