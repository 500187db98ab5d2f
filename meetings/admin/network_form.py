"""The forms of a network in the admin: begun with its dates, and changed later."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from meetings.planning.domain.plans import MeetingPlan, Plan
from meetings.planning.domain.setting_up import check_title
from meetings.planning.exceptions import TitleTaken
from meetings.planning.forms.dates import PlanningForm
from meetings.planning.forms.fields import school_year_of, zone_choices
from meetings.planning.forms.rule_choices import every_category
from meetings.planning.forms.window import WindowForm
from partners.models import Partnership, local_day
from partners.people.forms.listed import listed_field
from partners.people.forms.standards_field import StandardsField
from stemnet import wording

COLUMNS = ["title", "school_year", "kind", "zone", "seats", "waitlist"]
WORDS = ["summary", "who_should_attend", "description", "contact_name", "contact_email"]
LISTS = ["subjects", "audiences"]
PUBLIC = ["title", "school_year", "kind", *LISTS, "standards"]
PUBLIC += ["summary", "who_should_attend", "description"]
CONTACT = [("contact_name", "contact_email")]
ADDED = [
    (gettext_lazy("About"), {"fields": PUBLIC}),
    (
        gettext_lazy("Dates"),
        {
            "fields": ["zone", "dates", ("start_time", "end_time"), ("modality", "venue"), "link"],
            "description": gettext_lazy(
                "Each date becomes a meeting. Give it its title in the list of meetings."
            ),
        },
    ),
    (gettext_lazy("Seats and contact"), {"fields": ["seats", "waitlist", *CONTACT]}),
]
CHANGED = [
    (gettext_lazy("About"), {"fields": ["page", "status", *PUBLIC, "language"]}),
    (
        gettext_lazy("Seats and contact"),
        {
            "fields": [
                "zone",
                ("seats", "waitlist_limit"),
                "waitlist",
                "groups_each",
                ("opens_at", "members_open_at", "closed_at"),
                *CONTACT,
            ]
        },
    ),
    (
        gettext_lazy("Evaluation and credit"),
        {
            "fields": [
                "asks_evaluation",
                "evaluation_days",
                "requires_demonstration",
                "credit_code",
                "breaks_count",
                "provider",
                ("pdp_topic", "pdp_category"),
                "objectives",
                "assessment",
                ("signatory_name", "signatory_title"),
            ]
        },
    ),
    (
        gettext_lazy("Kept by the portal"),
        {
            "classes": ["collapse"],
            "fields": ["slug", "published_at", "cloned_from", "edition", "edited_by_name"],
        },
    ),
]


class NetworkChangeForm(WindowForm):
    """What may be changed of a network here."""

    standards = StandardsField()

    class Meta:
        model = Network
        exclude = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(LISTS) & set(self.fields):
            self.fields[name] = listed_field(name, self.instance, by="pk")
        if "pdp_category" in self.fields:
            self.fields["pdp_category"] = every_category(self.instance.pdp_category)


class NetworkAddForm(PlanningForm, forms.ModelForm[Network]):
    """A new network, a draft: what it is, its dates with their time and place."""

    link = forms.URLField(
        label=gettext_lazy("Link to join"), max_length=500, required=False, assume_scheme="https"
    )
    standards = StandardsField()

    class Meta:
        model = Network
        fields = [*COLUMNS, *LISTS, "standards", *WORDS]
        widgets = {name: forms.Textarea({"rows": 3}) for name in ("who_should_attend", "description")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LISTS:
            self.fields[name] = listed_field(name, self.instance, by="pk")
        if "zone" in self.fields:
            self.fields["zone"] = forms.ChoiceField(label=_("Time zone"), choices=zone_choices())
        known = Partnership.objects.first()
        self.initial.setdefault("school_year", wording.school_year_on(local_day(timezone.now())))
        if known is not None:
            for name in ("zone", "contact_name", "contact_email"):
                self.initial[name] = self.initial.get(name) or getattr(known, name)

    def clean_school_year(self) -> str:
        """Refuse a year whose halves do not follow each other; dates without a year fall into it."""
        self.school_year = school_year_of(self.cleaned_data["school_year"])
        return self.school_year

    def clean(self) -> dict[str, Any]:
        """Refuse a second network of the same title in a year, and points for an information session."""
        cleaned = super().clean()
        try:
            title, year = cleaned.get("title", ""), cleaned.get("school_year", "")
            check_title(Network(title=title, school_year=year))
        except TitleTaken as taken:
            self.add_error("title", str(taken))
        if cleaned.get("kind") == Network.Kind.INFORMATION_SESSION:
            self.instance.asks_evaluation = False
        return cleaned

    def plan(self) -> Plan:
        """Return what was typed; the form must be valid."""
        typed = self.cleaned_data
        columns = {name: typed[name] for name in (*COLUMNS, *WORDS)}
        columns["asks_evaluation"] = self.instance.asks_evaluation
        return Plan(
            columns=columns,
            subjects=list(typed["subjects"]),
            audiences=list(typed["audiences"]),
            standards=typed["standards"],
            meetings=[self._meeting(*one) for one in enumerate(self.found, start=1)],
        )

    def _meeting(self, number: int, on: date) -> MeetingPlan:
        typed = self.cleaned_data
        return MeetingPlan(
            title=_("Meeting %(number)d") % {"number": number},
            on=on,
            start_time=typed["start_time"],
            end_time=typed["end_time"],
            modality=typed["modality"] or "in_person",
            venue=typed["venue"],
            join_url=typed["link"],
        )
