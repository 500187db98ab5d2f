"""What an invited organization answers, on one page without a login."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Network
from partners.models import Invitation
from registrations.seats.domain.answers import Answers
from stemnet.forms.fields import LineField, NameField, field_of

Answer = Invitation.Answer
NEEDED = ("session", "first_name", "last_name")


class InvitationForm(forms.Form):
    """Interested, coming to a session, or declined; and a short profile of their work."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose your answer.")},
    )
    session = forms.ChoiceField(
        label=gettext_lazy("Which session are you coming to?"), required=False, widget=forms.RadioSelect
    )
    first_name = NameField(label=gettext_lazy("First name"), max_length=100, required=False)
    last_name = NameField(label=gettext_lazy("Last name"), max_length=100, required=False)
    party_size = forms.IntegerField(
        label=gettext_lazy("How many are coming"), min_value=1, max_value=20, initial=1, required=False
    )
    reason = LineField(label=gettext_lazy("Why not?"), max_length=500, required=False)
    profile = forms.CharField(
        label=gettext_lazy("Your work, in your own words"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "A few sentences about who you work with, what you offer and what you're looking for."
        ),
    )

    def __init__(self, *args: Any, sessions: list[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sessions = {network.slug: network for network in sessions}
        choices = [
            (Answer.INTERESTED, gettext_lazy("We're interested")),
            (Answer.COMING, gettext_lazy("We're coming to an information session")),
            (Answer.DECLINED, gettext_lazy("Not this time")),
        ]
        choices = [choice for choice in choices if sessions or choice[0] != Answer.COMING]
        field_of(self, "answer", forms.ChoiceField).choices = choices
        field_of(self, "session", forms.ChoiceField).choices = [(one.slug, one.title) for one in sessions]
        if len(sessions) == 1:
            self.fields["session"].initial = sessions[0].slug

    def clean(self) -> dict[str, Any]:
        """Want a name and a session of those who come, and a reason of those who don't."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("answer") == Answer.COMING:
            for name in NEEDED:
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("We need this to hold a seat for you."))
        if data.get("answer") == Answer.DECLINED and not data.get("reason"):
            self.add_error("reason", _("Tell us briefly why not. It helps us when we ask others."))
        return data

    def given(self, invitation: Invitation) -> dict[str, Any]:
        """Return what the domain wants of ``invitation``'s answer."""
        data = self.cleaned_data
        common = {"answer": data["answer"], "reason": data["reason"], "profile": data["profile"]}
        if data["answer"] != Answer.COMING:
            return common
        who = Answers(
            address=invitation.address,
            first_name=data["first_name"],
            last_name=data["last_name"],
            organization=invitation.organization_id,
            party_size=data["party_size"] or 1,
        )
        return {**common, "network": self.sessions[data["session"]], "who": who}
