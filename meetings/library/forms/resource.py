"""What is typed about a resource, a trial and a report."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from meetings.gathering.domain.incoming import Incoming, from_form
from meetings.gathering.forms.material import ENDINGS
from meetings.library.domain.resources import Written
from meetings.models import Resource, ResourceReport, Trial
from partners.models import GradeBand
from partners.people.forms.listed import listed_field
from partners.people.forms.organization_field import OrganizationField
from partners.people.forms.shared import refuse_personal_link
from partners.people.forms.standards_field import StandardsField
from stemnet.exceptions import FileRefused
from stemnet.forms.fields import field_of
from stemnet.one_line import one_line
from stemnet.web_addresses import refuse_unshared

COLUMNS = ["title", "summary", "kind", "extent", "url", "description", "license"]


class ResourceForm(forms.ModelForm[Resource]):
    """A resource: what it is, a file or a link, whom it is for."""

    url = forms.URLField(
        label=_("Link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[refuse_personal_link, refuse_unshared],
        help_text=_("Or choose a file below."),
    )
    upload = forms.FileField(
        label=_("File"), required=False, widget=forms.ClearableFileInput({"accept": ENDINGS})
    )
    grades = forms.MultipleChoiceField(
        label=_("Grades"),
        choices=GradeBand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    standards = StandardsField()
    adapted_from = forms.ModelChoiceField(
        Resource.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Resource
        fields = COLUMNS
        widgets = {"summary": forms.Textarea({"rows": 2}), "description": forms.Textarea({"rows": 8})}
        help_texts = {
            "summary": _("What students or leaders do with it."),
            "extent": _("For example: 2 pages, 9 min with captions, 6 lessons."),
            "description": _("How it worked, what one needs, what to watch for. Markdown works here."),
        }
        labels = {"license": _("What may others do with it?")}

    def __init__(self, *args: Any, seen: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.incoming: Incoming | None = None
        self.there: Resource | None = None  # that has the same link or file
        self.fields["subjects"] = listed_field("subjects", self.instance)
        field_of(self, "adapted_from", forms.ModelChoiceField).queryset = seen
        if self.instance.pk:
            self.initial["grades"] = [one.band for one in self.instance.grades.all()]
            self.initial["standards"] = list(self.instance.standards.all())
            self.initial["subjects"] = list(self.instance.subjects.all())
        shown = ["title", "summary", "kind", "extent", "url", "upload", "grades", "subjects", "standards"]
        self.order_fields(shown)

    def clean_url(self) -> str:
        """Take the signs out that nobody sees."""
        return one_line(self.cleaned_data["url"])

    def clean_upload(self) -> UploadedFile[bytes] | None:
        """Take a file that is what its name says."""
        sent: UploadedFile[bytes] | None = self.cleaned_data.get("upload")
        if sent:
            try:
                self.incoming = from_form(sent)
            except FileRefused as refusal:
                raise forms.ValidationError(str(refusal)) from refusal
        return sent

    def clean(self) -> dict[str, Any]:
        """Take a file or a link, not both."""
        typed = super().clean() or self.cleaned_data
        if typed.get("url") and typed.get("upload"):
            self.add_error("url", _("Choose a file or type a link, one at a time."))
        return typed

    def written(self) -> Written:
        """Return what was typed; the form must be valid."""
        typed = self.cleaned_data
        columns = {name: typed[name] for name in COLUMNS}
        if self.incoming or (not columns["url"] and self.instance.sha256):
            del columns["url"]
        if typed.get("adapted_from"):
            columns["adapted_from"] = typed["adapted_from"]
        return Written(
            columns=columns,
            grades=typed["grades"],
            subjects=list(typed["subjects"]),
            standards=typed["standards"],
        )

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it."""


class TrialForm(forms.ModelForm[Trial]):
    """Where and when somebody tried it, and what happened."""

    workplace = OrganizationField(label=_("Where"))

    class Meta:
        model = Trial
        fields = ["on", "band", "text"]
        widgets = {
            "on": forms.DateInput({"type": "date"}, "%Y-%m-%d"),
            "text": forms.Textarea({"rows": 5}),
        }
        help_texts = {"text": _("No names of students. What would you tell a colleague?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["workplace", "on", "band", "text"])

    def clean_workplace(self) -> Any:
        """Take an organization from the list."""
        place = self.cleaned_data["workplace"]
        if place.organization is None:
            raise forms.ValidationError(_("Choose an organization from the list."))
        return place.organization

    def clean_text(self) -> str:
        """Refuse somebody's own link."""
        text: str = self.cleaned_data["text"]
        refuse_personal_link(text)
        return text.strip()

    def _post_clean(self) -> None:
        """Leave the row alone: the domain writes it."""


class ReportForm(forms.ModelForm[ResourceReport]):
    """What is wrong with it."""

    class Meta:
        model = ResourceReport
        fields = ["what", "words"]
        widgets = {"what": forms.RadioSelect, "words": forms.Textarea({"rows": 3})}


class ReasonForm(forms.Form):
    """Why a resource goes back to its contributor, or is hidden; ``read`` is the version that was read."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person who shared it reads this."),
    )
    read = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
