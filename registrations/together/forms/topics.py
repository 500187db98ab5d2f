"""A proposal, a comment, how a network asks for topics, and what becomes of one."""

from datetime import datetime
from typing import Any, cast
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Meeting, Modality, Network
from meetings.planning.domain import planning
from meetings.planning.domain.plans import MeetingPlan
from meetings.planning.exceptions import WallTimeRefused
from meetings.planning.forms.typed_times import EndField
from registrations.models import Proposal
from registrations.models.together.topic import MOST_VOTES
from registrations.together.domain.topics import Asked
from stemnet import wording
from stemnet.forms.fields import LineField, SentOnceField
from stemnet.one_line import visible

DAY, CLOCK = {"type": "date"}, {"type": "time"}
PLACE = ("modality", "venue", "address", "room", "join_url")


class ProposalForm(forms.ModelForm[Proposal]):
    """What somebody proposes; ``anyway`` says that one that sounds alike is another."""

    uid = SentOnceField()
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Proposal
        fields = ["kind", "title", "words"]
        widgets = {"kind": forms.RadioSelect, "words": forms.Textarea(attrs={"rows": 4})}
        labels = {"kind": gettext_lazy("What is it?"), "title": gettext_lazy("In a few words")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"uid": uuid4()}, **kwargs})
        cast("forms.ChoiceField", self.fields["kind"]).choices = [
            (Proposal.Kind.TOPIC, _("A topic for a meeting")),
            (Proposal.Kind.NEED, _("A need that others could help with")),
        ]

    def clean_words(self) -> str:
        """Return what can be seen of it."""
        return visible(self.cleaned_data["words"]).strip()

    def asked(self) -> Asked:
        """Return what was typed."""
        values = {name: self.cleaned_data[name] for name in ("kind", "title", "words")}
        return Asked(uid=self.cleaned_data["uid"] or uuid4(), **values)


class CommentForm(forms.Form):
    """A short comment."""

    uid = SentOnceField()
    text = LineField(label=gettext_lazy("Your comment"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"uid": uuid4()}, **kwargs})


class BoardForm(forms.Form):
    """How many votes each person has, and when voting closes."""

    votes_each = forms.IntegerField(
        label=gettext_lazy("Votes for each person"), min_value=1, max_value=MOST_VOTES, initial=3
    )
    closes_on = forms.DateField(
        label=gettext_lazy("Last day to propose and vote"),
        required=False,
        widget=forms.DateInput(DAY, "%Y-%m-%d"),
        help_text=gettext_lazy("It closes at the end of this day. Leave empty for no end."),
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network

    def closes_at(self) -> datetime | None:
        """Return the last minute of the last day, on the clock of the network."""
        day = self.cleaned_data["closes_on"]
        if day is None:
            return None
        return datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZoneInfo(self.network.zone))

    def clean_closes_on(self) -> Any:
        """Refuse a day that no calendar goes to."""
        day = self.cleaned_data["closes_on"]
        if day is not None and day.year not in planning.YEARS:
            raise forms.ValidationError(_("That's too far off to be a real date."))
        return day


class PlanForm(forms.Form):
    """When and where the meeting is that a topic becomes."""

    title = LineField(label=gettext_lazy("Title of the meeting"), max_length=200)
    on = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(DAY, "%Y-%m-%d"))
    start_time = forms.TimeField(label=gettext_lazy("Begins"), widget=forms.TimeInput(CLOCK, "%H:%M"))
    end_time = EndField(label=gettext_lazy("Ends"), widget=forms.TimeInput(CLOCK, "%H:%M"))
    modality = forms.ChoiceField(label=gettext_lazy("How"), choices=Modality.choices)
    venue = LineField(label=gettext_lazy("Place"), max_length=150, required=False)
    address = LineField(label=gettext_lazy("Address"), max_length=300, required=False)
    room = LineField(label=gettext_lazy("Room"), max_length=100, required=False)
    join_url = forms.URLField(
        label=gettext_lazy("Link to join"), max_length=500, required=False, assume_scheme="https"
    )

    def __init__(self, *args: Any, network: Network, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network, self.at = network, at

    def clean(self) -> dict[str, Any]:
        """Check that the clock shows these times on that day, and that they are still to come."""
        values = super().clean() or {}
        if {"on", "start_time", "end_time"} <= values.keys():
            times = (values["on"], values["start_time"], values["end_time"])
            try:
                starts_at, _ends_at = planning.window(*times, self.network.zone)
            except WallTimeRefused as refusal:
                self.add_error("start_time", str(refusal))
            else:
                if starts_at <= self.at:
                    self.add_error("on", _("That time has passed. Choose one that's still to come."))
        return values

    def plan(self) -> MeetingPlan:
        """Return what was typed."""
        return MeetingPlan(**self.cleaned_data)


class MeetingField(forms.ModelChoiceField[Meeting]):
    """A choice of meetings, each with its day."""

    def label_from_instance(self, meeting: Meeting) -> str:
        """Return title and day."""
        return f"{meeting.title}, {wording.day(meeting.on)}"


class PutOnForm(forms.Form):
    """Which meeting that is planned already is about a topic."""

    meeting = MeetingField(
        Meeting.objects.none(), label=gettext_lazy("Meeting"), to_field_name="uid", empty_label=None
    )

    def __init__(self, *args: Any, network: Network, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = network.meetings.own().upcoming(at)
        cast("forms.ModelChoiceField[Meeting]", self.fields["meeting"]).queryset = ahead


class AnswerForm(forms.Form):
    """Why a proposal becomes no meeting."""

    answer = LineField(
        label=gettext_lazy("Answer"),
        max_length=500,
        help_text=gettext_lazy("Everyone in the network reads it below the topic."),
    )


class JoinForm(forms.Form):
    """With which open proposal another one is joined."""

    into = forms.ModelChoiceField(
        Proposal.objects.none(), label=gettext_lazy("Topic"), to_field_name="uid", empty_label=None
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Proposal.objects.open().shown().filter(network=proposal.network).exclude(pk=proposal.pk)
        cast("forms.ModelChoiceField[Proposal]", self.fields["into"]).queryset = others
