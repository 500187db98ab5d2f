"""The form of a meeting in the admin: its title, and when, how and where it is planned."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meetings.admin import hearers
from meetings.models import Meeting
from meetings.planning.domain import planning
from meetings.planning.domain.breaks import BreakPlan
from meetings.planning.domain.plans import MeetingPlan
from meetings.planning.exceptions import MeetingsRefused
from meetings.planning.forms.fields import ClockInput, DayInput
from meetings.planning.forms.rule_choices import every_category
from partners.people.forms.listed import listed_field
from partners.people.forms.standards_field import StandardsField

TOLD = ["on", "start_time", "end_time", "modality", "venue", "address", "room", "join_url"]
PLANNED = ["on", ("start_time", "end_time"), "modality", ("venue", "room"), "address", "join_url"]


def is_draft(meeting: Meeting) -> bool:
    """Return whether a meeting is of a network that was never published, so that nobody was told of it."""
    return meeting.network is not None and meeting.network.published_at is None


def as_typed(field: models.Field[Any, Any], **kwargs: Any) -> Any:
    """Return the field of a form; an address without a scheme is a secure one."""
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    return field.formfield(**kwargs)


class MeetingForm(forms.ModelForm[Meeting]):
    """A meeting: its title, and when, how and where it is planned."""

    tell = forms.BooleanField(
        label=_("Tell the people who are registered"),
        required=False,
        help_text=_(
            "Once a network is published, each of them gets an e-mail as soon as the meeting is added."
        ),
    )

    standards = StandardsField()

    class Meta:
        model = Meeting
        fields = ["network", "title", *TOLD, "host", "counts", "category", "subjects", "standards"]
        widgets = {"on": DayInput, "start_time": ClockInput, "end_time": ClockInput}
        formfield_callback = as_typed

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "category" in self.fields:
            self.fields["category"] = every_category(self.instance.category)
        if "network" in self.fields:
            self.fields["network"].required = True
        if "subjects" in self.fields:
            self.fields["subjects"] = listed_field("subjects", self.instance, by="pk")

    def clean(self) -> dict[str, Any]:
        """Say at its field what is wrong with a time, and who will be told of a new meeting."""
        cleaned = super().clean() or self.cleaned_data
        self._check_told(cleaned)
        network = cleaned.get("network") or self.instance.network
        if network is None or any(cleaned.get(name) is None for name in ("on", "start_time", "end_time")):
            return cleaned
        times = {name: cleaned[name] for name in ("on", "start_time", "end_time")}
        try:
            planning.set_time(self.instance, **times, zone=network.zone)
        except MeetingsRefused as refusal:
            self.add_error("end_time", str(refusal))
        return cleaned

    def _check_told(self, cleaned: dict[str, Any]) -> None:
        """Refuse a new meeting of which people would be told, until that is confirmed."""
        network = cleaned.get("network")
        number = hearers.number_of(network) if network is not None and "tell" in self.fields else 0
        if number and not cleaned.get("tell"):
            words = ngettext(
                "%(network)s is published, and %(n)s person will get an e-mail about this meeting right "
                "away. Check this box to add it.",
                "%(network)s is published, and %(n)s people will get an e-mail about this meeting right "
                "away. Check this box to add it.",
                number,
            )
            self.add_error("tell", words % {"network": network, "n": number})

    def plan(self) -> MeetingPlan:
        """Return what was typed; the form must be valid."""
        typed, meeting = self.cleaned_data, self.instance
        known = Meeting.objects.filter(pk=meeting.pk or 0).prefetch_related("breaks").first()
        return MeetingPlan(
            meeting=known,
            title=typed["title"],
            category=typed.get("category", "") or "",
            breaks=[BreakPlan(one.start_time, one.minutes) for one in known.breaks.all()] if known else [],
            **{name: typed[name] for name in TOLD},
        )
