"""The network itself: every column of it that a coordinator sets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Network
from meetings.planning.forms.co_hosts import OrganizationsField
from meetings.planning.forms.fields import QuietForm, school_year_of, zone_choices
from meetings.planning.forms.rule_choices import RuleChoice, breaks_field, category_field
from meetings.planning.forms.window import WindowForm
from partners.models import Provider
from partners.people.forms.listed import listed_field
from partners.people.forms.standards_field import StandardsField
from stemnet.forms.fields import field_of

HELP = {
    "title": _("Leave out the school year. It's shown next to the title."),
    "school_year": _("For example, 2020-21."),
    "kind": _(
        "An information session is a single open meeting, with no points, evaluation, commitments or sign-in."
    ),
    "summary": _("One or two sentences for lists and cards."),
    "who_should_attend": _(
        "For example: District leaders with oversight of STE programming, or their designee."
    ),
    "description": _("What people will do together. Leave a blank line to start a new paragraph."),
    "zone": _("One time zone for all meetings. It's shown next to every time."),
    "seats": _("Registration stays open until every seat is taken or the first meeting starts."),
    "waitlist": _("When the network is full, people join the waitlist and are offered a seat that opens up."),
    "offer_hours": _("Never past the start. 0 gives the seat at once, without asking. Leave empty for 48."),
    "waitlist_limit": _("Leave empty for no limit."),
    "groups_each": _("Leave empty for one."),
    "takes_guests": _("Anyone can come to one meeting without a seat. They confirm an e-mail address first."),
    "guest_places": _("In addition to the seats, so the room has to hold both. Leave empty for 5."),
    "each_organization": _("Leave empty for no limit. A school counts with its district."),
    "credit_code": _("How hours turn into points. With no rule, people earn hours of attendance."),
    "provider": _("The provider approved to award points, as named in the state's registry."),
    "pdp_topic": _("The one area of study that all the hours are on."),
    "objectives": _("What people will know or be able to do."),
    "assessment": _("How people show what they learned, and what counts as mastery."),
    "requires_demonstration": _("People get the certificate after staff accept it."),
    "contact_email": _("For questions. It's shown on the public page."),
    "asks_evaluation": _(
        "Anonymous and asked once. People get their documents after they answer it, unless "
        "the credit rule says otherwise."
    ),
    "evaluation_days": _(
        "After that many days the evaluation closes automatically, and results can be published. "
        "Every e-mail about it names the last day. Leave empty for 21."
    ),
}
LONG = {"summary": 2, "who_should_attend": 2, "description": 7, "objectives": 3, "assessment": 3}


class NetworkForm(QuietForm, WindowForm):
    """Title to signatory; dates, groups and commitments are rows of their own."""

    co_hosts = OrganizationsField(
        label=_("Co-hosts"),
        required=False,
        help_text=_("Organizations running it with the partnership. Save to get more boxes."),
    )
    standards = StandardsField()

    class Meta:
        model = Network
        fields = [
            "title",
            "school_year",
            "kind",
            "subjects",
            "audiences",
            "standards",
            "summary",
            "who_should_attend",
            "description",
            "zone",
            "seats",
            "waitlist",
            "waitlist_limit",
            "line_rule",
            "offer_hours",
            "groups_each",
            "each_organization",
            "takes_guests",
            "guest_places",
            "opens_at",
            "members_open_at",
            "closed_at",
            "credit_code",
            "breaks_count",
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
            "evaluation_days",
        ]
        help_texts = HELP
        widgets = {name: forms.Textarea(attrs={"rows": rows}) for name, rows in LONG.items()}

    def clean_line_rule(self) -> str:
        """Return the rule that it has where none was chosen."""
        return self.cleaned_data["line_rule"] or self.instance.line_rule

    def clean_offer_hours(self) -> int:
        """Return a number, 48 where nothing was typed."""
        typed = self.cleaned_data["offer_hours"]
        return 48 if typed is None else typed

    def clean_guest_places(self) -> int:
        """Return a number, five where nothing was typed."""
        return self.cleaned_data["guest_places"] or 5

    def clean_groups_each(self) -> int:
        """Return a number, one where nothing was typed."""
        return self.cleaned_data["groups_each"] or 1

    def __init__(
        self,
        *args: Any,
        credit_rules: list[tuple[str, str]],
        meetings_locked: bool = False,
        rule_locked: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=zone_choices(),
            help_text=HELP["zone"],
            disabled=meetings_locked,
            error_messages={"invalid_choice": _("“%(value)s” isn't a time zone we know.")},
        )
        self.fields["credit_code"] = forms.ChoiceField(
            label=_("Credit rule"),
            choices=[("", _("None: hours of attendance")), *credit_rules],
            required=False,
            help_text=_("Attendance has been taken, so the rule changes on a page of its own.")
            if rule_locked
            else HELP["credit_code"],
            disabled=rule_locked,
        )
        provider = field_of(self, "provider", forms.ModelChoiceField)
        provider.queryset = Provider.objects.all()
        provider.empty_label = _("Not chosen yet")
        field_of(self, "seats", forms.IntegerField).min_value = 0
        for name in ("evaluation_days", "groups_each", "guest_places", "offer_hours", "line_rule"):
            self.fields[name].required = False
        for name in ("subjects", "audiences"):
            self.fields[name] = listed_field(name, self.instance)
        if self.instance.pk:
            co_hosts = self.instance.co_hosts.select_related("organization").order_by("pk")
            self.initial["co_hosts"] = [co_host.organization for co_host in co_hosts]

    def fit_rule(self, rule: RuleChoice) -> None:
        """Ask for the category and the breaks where ``rule`` has any to choose."""
        if rule.categories:
            self.fields["pdp_category"] = category_field(rule.categories, empty=str(_("Not chosen yet")))
        else:
            self.fields["pdp_category"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["breaks_count"] = breaks_field(rule)
        if not rule.breaks_by_choice:
            self.fields["breaks_count"].widget = forms.HiddenInput()

    def clean_school_year(self) -> str:
        """Refuse a year whose halves do not follow each other."""
        return school_year_of(self.cleaned_data["school_year"])

    def clean_evaluation_days(self) -> int:
        """Return the days typed; for an empty field, which many leave alone, the usual ones."""
        days: int | None = self.cleaned_data["evaluation_days"]
        return Network.evaluation_days.field.get_default() if days is None else days

    def clean(self) -> dict[str, Any]:
        """Take points and evaluation off an information session, as its kind says."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Network.Kind.INFORMATION_SESSION:
            cleaned.update(credit_code="", asks_evaluation=False)
        return cleaned
