"""The one page on which somebody registers for a network."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import CommitmentVersion, Meeting, Network
from partners.models import GradeBand, Job, Organization
from registrations.seats.domain import groups, questions, ways
from registrations.seats.domain.answers import Answers
from registrations.seats.forms.group import GroupField, is_full
from registrations.seats.forms.questions import AsksQuestions
from registrations.seats.forms.ways import WayField
from registrations.seats.forms.who import WhoForm
from stemnet.forms.fields import AddressField, LineField, NameField, field_of

SELF, DESIGNEE = "self", "designee"


class RegisterForm(AsksQuestions, WhoForm):
    """Everything that a registration asks, with one checkbox per commitment, none ticked beforehand."""

    certificate_name = NameField(
        label=gettext_lazy("Name for the certificate"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "The way you want it printed. If you leave it empty, we use your first and last name."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    job = forms.ChoiceField(
        label=gettext_lazy("Job"),
        error_messages={"required": gettext_lazy("Choose your job.")},
        choices=[("", gettext_lazy("Choose one")), *Job.choices],
    )
    grade_bands = forms.MultipleChoiceField(
        label=gettext_lazy("Grades you work with"),
        choices=GradeBand.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    attending = forms.ChoiceField(
        label=gettext_lazy("I'm coming"),
        choices=[
            (SELF, gettext_lazy("for myself")),
            (DESIGNEE, gettext_lazy("as a leader's designee, for the whole year")),
        ],
        initial=SELF,
        widget=forms.RadioSelect,
    )
    leader_name = NameField(label=gettext_lazy("The leader's name"), max_length=200, required=False)
    leader_job = LineField(label=gettext_lazy("The leader's job"), max_length=150, required=False)
    leader_email = AddressField(
        label=gettext_lazy("The leader's e-mail"),
        required=False,
        help_text=gettext_lazy(
            "We'll e-mail them a code to confirm that you're coming in their "
            "place. We hold a seat until then."
        ),
    )
    group = GroupField(label=gettext_lazy("Working group"), required=False)

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        """Make the form; it ``asks`` the network's own questions unless somebody's own page does."""
        super().__init__(*args, **kwargs)
        field_of(self, "group", GroupField).offer(groups.open_groups(self.network))
        self.versions = current_versions(self.network)
        self._add_commitments()
        self._add_ways()
        if asks:
            typed_before = self.initial.get("questions") or []
            versions = questions.asked_on_registering(self.network)
            of_version = {version.pk: version.question_id for version in versions}
            self.ask(versions, values={of_version.get(key, 0): value for key, value in typed_before})

    def _add_ways(self) -> None:
        """Ask for each meeting that is held both ways, with so many places, how somebody comes."""
        self.places = {way_name(one.meeting): one for one in ways.asked_of(self.network, at=timezone.now())}
        for name, places in self.places.items():
            self.fields[name] = WayField(places)

    def way_fields(self) -> list[BoundField]:
        """Return the choices of the room or online in their order."""
        return [self[name] for name in self.places]

    def _add_commitments(self) -> None:
        """Add a checkbox for the newest wording of each commitment."""
        for version in self.versions:
            required = version.commitment.required
            words = version.text if required else _("%(text)s (optional)") % {"text": version.text}
            self.fields[name_of(version)] = forms.BooleanField(
                label=words,
                required=required,
                error_messages={"required": _("Check this commitment. It's required.")},
            )

    @property
    def showing(self) -> str:
        """Return the wordings on this page, which come back with it."""
        return ",".join(str(version.pk) for version in self.versions)

    def commitment_fields(self) -> list[BoundField]:
        """Return the checkboxes in their order."""
        return [self[name_of(version)] for version in self.versions]

    def clean(self) -> dict[str, Any]:
        """Want the leader of a designee only, and each new wording read."""
        data = super().clean() or self.cleaned_data
        if data.get("attending") == DESIGNEE:
            self._want_a_leader(data)
        else:
            for name in ("leader_name", "leader_job", "leader_email"):
                data[name] = ""
                self.errors.pop(name, None)
        if (group := data.get("group")) and is_full(group):
            self.add_error("group", _("This working group is full. Choose another one."))
        self._ask_about_new_wordings()
        return data

    def _want_a_leader(self, data: dict[str, Any]) -> None:
        own = self.person.primary_address if self.person else data.get("address")
        wanted = {
            "leader_name": _("Type the name of the leader you're coming for."),
            "leader_job": _("Type the leader's job."),
            "leader_email": _("Type the leader's e-mail address."),
        }
        for name, words in wanted.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        if data.get("leader_email") and data["leader_email"] == own:
            self.add_error("leader_email", _("This is your own address. Type the leader's address."))

    def _ask_about_new_wordings(self) -> None:
        """Refuse a form that was opened before a commitment was worded anew."""
        shown = set(self.data.get("shown", "").split(","))
        for version in self.versions:
            if str(version.pk) not in shown:
                name = name_of(version)
                self.errors.pop(name, None)
                self.add_error(
                    name, _("The wording changed after you opened the page. Read it and decide again.")
                )

    def answers(self) -> Answers:
        """Return what was typed."""
        data = self.cleaned_data
        names = ("certificate_name", "job", "grade_bands", "leader_name", "leader_job", "leader_email")
        group = data["group"]
        return Answers(
            **{**self.who(), **{name: data[name] for name in names}},
            group=group.pk if group else None,
            ways={str(one.meeting.pk): data[name] for name, one in self.places.items() if data.get(name)},
            accepted=[version.pk for version in self.versions if data.get(name_of(version))],
            questions=[(one.version, one.value) for one in self.given()],
        )


def way_name(meeting: Meeting) -> str:
    """Return the name of the field that asks how somebody comes to one meeting."""
    return f"way_{meeting.pk}"


def name_of(version: CommitmentVersion) -> str:
    """Return the name of the checkbox of one wording."""
    return f"accept_{version.pk}"


def current_versions(network: Network) -> list[CommitmentVersion]:
    """Return the newest wording of each commitment, in their order."""
    commitments = network.commitments.prefetch_related("versions")
    versions = [commitment.current for commitment in commitments]
    return [version for version in versions if version is not None]


def initial_of_answers(answers: Answers) -> dict[str, Any]:
    """Return what somebody typed before, so that they can correct it; commitments are asked again."""
    initial = {
        name: value
        for name, value in answers.as_json().items()
        if name not in ("accepted", "organization", "ways")
    }
    chosen = {f"way_{key}": way for key, way in answers.ways.items()}
    organization = (
        Organization.objects.filter(pk=answers.organization).first() if answers.organization else None
    )
    return {
        **initial,
        **chosen,
        "organization": organization or answers.organization_words,
        "attending": DESIGNEE if answers.leader_name else SELF,
    }
