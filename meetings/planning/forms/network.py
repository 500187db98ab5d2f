"""The network itself: every column of it that a coordinator sets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from meetings.planning.domain.calendar_words import year_bounds
from meetings.planning.forms.fields import OrganizationsField, QuietForm, zone_choices
from partners.models import Provider
from stemnet.forms.fields import field_of

HELP = {
    "title": _("Without the school year, which is shown beside it."),
    "school_year": _("Such as 2020-21."),
    "kind": _("An information session is one open hour: no points, evaluation, commitments or login."),
    "summary": _("One or two sentences for lists and cards."),
    "who_should_attend": _("Such as: District leaders with oversight of STE programming, or their designee."),
    "description": _("What people will do together. An empty line begins a new paragraph."),
    "zone": _("One zone for all meetings; it is printed beside every time."),
    "seats": _("Registration stays open until these are filled, or until the first meeting begins."),
    "waitlist": _("Who comes later waits in line and is seated as seats are freed."),
    "waitlist_limit": _("Empty: as many as like."),
    "credit_code": _("How hours become points. Without a rule, people earn hours of attendance."),
    "provider": _("The body that may award points, as named on the state's registry."),
    "pdp_topic": _("The one area of study that all hours share."),
    "objectives": _("What people will know or be able to do."),
    "assessment": _("How learning is shown, and what counts as mastery."),
    "requires_demonstration": _("The certificate then waits until staff accept it."),
    "contact_email": _("Where questions go. It is shown on the public page."),
    "asks_evaluation": _(
        "Anonymous, asked once. Documents wait for it, unless the credit rule says otherwise."
    ),
}
LONG = {"summary": 2, "who_should_attend": 2, "description": 7, "objectives": 3, "assessment": 3}


class NetworkForm(QuietForm, forms.ModelForm[Network]):
    """Title to signatory; dates, groups and commitments are rows of their own."""

    co_hosts = OrganizationsField(
        label=_("Co-hosts"),
        required=False,
        max_length=3000,
        help_text=_("Organizations that hold it with the partnership, by name, one a line."),
    )

    class Meta:
        model = Network
        fields = [
            "title",
            "school_year",
            "kind",
            "subject",
            "audience",
            "summary",
            "who_should_attend",
            "description",
            "zone",
            "seats",
            "waitlist",
            "waitlist_limit",
            "credit_code",
            "provider",
            "pdp_topic",
            "pdp_category",
            "objectives",
            "assessment",
            "requires_demonstration",
            "signatory_name",
            "signatory_title",
            "contact_name",
            "contact_email",
            "asks_evaluation",
        ]
        help_texts = HELP
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in LONG.items()}

    def __init__(
        self, *args: Any, credit_rules: list[tuple[str, str]], meetings_locked: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=zone_choices(),
            help_text=HELP["zone"],
            disabled=meetings_locked,
            error_messages={"invalid_choice": _("There is no time zone “%(value)s”.")},
        )
        self.fields["credit_code"] = forms.ChoiceField(
            label=_("Credit rule"),
            choices=[("", _("None: hours of attendance")), *credit_rules],
            required=False,
            help_text=HELP["credit_code"],
        )
        provider = field_of(self, "provider", forms.ModelChoiceField)
        provider.queryset = Provider.objects.all()
        provider.empty_label = _("Not chosen yet")
        field_of(self, "seats", forms.IntegerField).min_value = 0
        if self.instance.pk:
            co_hosts = self.instance.co_hosts.select_related("organization")
            self.initial["co_hosts"] = [co_host.organization for co_host in co_hosts]

    def clean_school_year(self) -> str:
        """Refuse a year whose halves do not follow each other."""
        year: str = self.cleaned_data["school_year"].strip().replace("–", "-")
        if year_bounds(year) is None:
            raise forms.ValidationError(_("Write the school year like 2020-21."))
        return year

    def clean(self) -> dict[str, Any]:
        """Take points and evaluation off an information session, as its kind says."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Network.Kind.INFORMATION_SESSION:
            cleaned.update(credit_code="", asks_evaluation=False)
        return cleaned
