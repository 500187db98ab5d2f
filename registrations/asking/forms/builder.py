"""What a coordinator types to set up one question, and which other network's questions to copy."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meetings.models import Appointment, Network
from partners.models import Person
from registrations.asking.domain.plans import COLUMNS, QuestionPlan
from registrations.asking.forms.typed import choices_in, conditions_shown
from registrations.models import Question, QuestionVersion
from stemnet.forms.fields import AddressField, LineField, SentOnceField, field_of

Kind, About = Question.Kind, Question.About
CHECKED = "yes"


class QuestionForm(forms.Form):
    """One question: its words, what an answer is, when it is asked, who reads it and how long it is kept."""

    uid = SentOnceField()
    label = LineField(
        label=gettext_lazy("Question"),
        max_length=300,
        error_messages={"required": gettext_lazy("Type the question.")},
    )
    help = LineField(label=gettext_lazy("Help"), max_length=500, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What's the answer?"), choices=Kind.choices)
    options = forms.CharField(
        label=gettext_lazy("Choices"),
        required=False,
        max_length=10_000,
        help_text=gettext_lazy("One on each line, if people choose."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    least = forms.IntegerField(label=gettext_lazy("Smallest number"), required=False)
    most = forms.IntegerField(label=gettext_lazy("Largest number"), required=False)
    required = forms.BooleanField(label=gettext_lazy("Required"), required=False)
    on_registering = forms.BooleanField(
        label=gettext_lazy("Ask when people register"),
        required=False,
        initial=True,
        help_text=gettext_lazy(
            "If not, people answer it later on their own page. A file is always asked there, "
            "once we know that the e-mail address is theirs."
        ),
    )
    condition = forms.MultipleChoiceField(
        label=gettext_lazy("Ask only after this answer"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Leave empty to ask everyone."),
    )
    changeable_until = forms.DateField(
        label=gettext_lazy("Last day to change an answer"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=gettext_lazy("Leave empty for the day of the last meeting."),
    )
    about = forms.ChoiceField(
        label=gettext_lazy("What's it about?"),
        choices=About.choices,
        widget=forms.RadioSelect,
        initial=About.ORDINARY,
        help_text=gettext_lazy(
            "What somebody needs or eats is read only by the people you name, and we delete it the day "
            "after the last meeting."
        ),
    )
    staff_read = forms.BooleanField(label=gettext_lazy("The network's staff"), required=False, initial=True)
    leads_read = forms.BooleanField(
        label=gettext_lazy("Leads of working groups, about their own members"), required=False
    )
    caterer_reads = forms.BooleanField(
        label=gettext_lazy("The caterer: totals for one meeting, without names"), required=False
    )
    readers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("These people"),
        queryset=Person.objects.none(),
        to_field_name="uid",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reader_address = AddressField(
        label=gettext_lazy("Somebody else, by e-mail address"),
        required=False,
        help_text=gettext_lazy("Somebody who has an account here."),
    )
    kept_days = forms.IntegerField(
        label=gettext_lazy("Days to keep the answers after the last meeting"),
        required=False,
        min_value=0,
        max_value=3650,
        help_text=gettext_lazy("Leave empty to keep them as long as the registration."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        *args: Any,
        network: Network,
        by: Person,
        question: Question | None = None,
        earlier: Sequence[QuestionVersion] = (),
        **kwargs: Any,
    ) -> None:
        """Make the form of one question; it can depend on those of ``earlier``."""
        super().__init__(*args, **kwargs)
        self.network, self.question = network, question
        self.earlier = [one for one in earlier if decides(one.question)]
        field_of(self, "condition", forms.MultipleChoiceField).choices = self._conditions()
        candidates = readers_for(network, by=by, question=question)
        field_of(self, "readers", forms.ModelMultipleChoiceField).queryset = candidates
        if not self.earlier:
            del self.fields["condition"]

    def _conditions(self) -> list[tuple[str, Any]]:
        """Return the answers that a question can depend on, grouped by their question."""
        found: list[tuple[str, Any]] = []
        for version in self.earlier:
            if version.question.kind == Kind.AGREEMENT:
                options = [(f"{version.question.uid} {CHECKED}", _("The box is checked"))]
            else:
                options = [(f"{version.question.uid} {one}", one) for one in version.options]
            found.append((version.label, options))
        return found

    def conditions(self) -> list[dict[str, Any]]:
        """Return the answers that a question can depend on, by question, and whether each is chosen."""
        return conditions_shown(self, self._conditions())

    def clean_options(self) -> list[str]:
        """Return the choices, a line each, without those that are there twice."""
        return choices_in(self.cleaned_data["options"])

    def clean_reader_address(self) -> Person | None:
        """Return who signs in with this address."""
        address = self.cleaned_data["reader_address"]
        if not address:
            return None
        person = Person.objects.holding(address).filter(user__isnull=False).first()
        if person is None:
            raise forms.ValidationError(_("Nobody signs in with this address. Ask them to sign in once."))
        return person

    def clean(self) -> dict[str, Any]:
        """Want choices, a reader and one condition where they are needed."""
        data = super().clean() or self.cleaned_data
        if data.get("kind") in Question.PICKED and "options" not in self.errors and len(data["options"]) < 2:
            self.add_error("options", _("Type at least two choices, one on each line."))
        least, most = data.get("least"), data.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("The largest number is smaller than the smallest one."))
        chosen = {value.partition(" ")[0] for value in data.get("condition") or []}
        if len(chosen) > 1:
            self.add_error("condition", _("Choose answers to one question only."))
        self._want_a_reader(data)
        return data

    def _want_a_reader(self, data: dict[str, Any]) -> None:
        """Refuse a question whose answers nobody would read."""
        if self.errors:
            return
        named = bool(data.get("readers")) or data.get("reader_address") is not None
        ordinary = data["about"] == About.ORDINARY
        others = (ordinary and (data["staff_read"] or data["leads_read"])) or (
            data["caterer_reads"] and data["about"] != About.ACCESS and data["kind"] != Kind.FILE
        )
        if not named and not others:
            self.add_error("readers", _("Name at least one person who reads the answers."))

    def plan(self) -> QuestionPlan:
        """Return the question as it is to be."""
        data = self.cleaned_data
        parent, values = self._condition(data.get("condition") or [])
        readers = [*data["readers"], *([data["reader_address"]] if data["reader_address"] else [])]
        columns = {name: data[name] for name in COLUMNS if name != "depends_values"}
        return QuestionPlan(
            label=data["label"],
            help=data["help"],
            options=data["options"],
            depends_on=parent,
            depends_values=values,
            readers=list(dict.fromkeys(readers)),
            **columns,
        )

    def _condition(self, chosen: Sequence[str]) -> tuple[Question | None, list[str]]:
        """Return on which question this one depends, and after which answers."""
        if not chosen:
            return None, []
        uid = chosen[0].partition(" ")[0]
        parent = next(one.question for one in self.earlier if str(one.question.uid) == uid)
        if parent.kind == Kind.AGREEMENT:
            return parent, []
        return parent, [value.partition(" ")[2] for value in chosen]


def decides(question: Question) -> bool:
    """Return whether others can depend on a question: that they are asked tells what was answered to it."""
    return question.kind in Question.DECIDING and not question.is_sensitive


def readers_for(network: Network, *, by: Person, question: Question | None) -> QuerySet[Person]:
    """Return who is offered as a reader: who works for the network, who reads it now, and oneself."""
    appointed = Appointment.objects.filter(network=network).values("person")
    named = Q(questions_read__question=question) if question else Q(pk__in=[])
    people = Person.objects.current().filter(Q(pk__in=appointed) | Q(pk=by.pk) | named)
    return people.distinct().order_by("last_name", "first_name", "pk")


def initial_of(question: Question, version: QuestionVersion, readers: Iterable[Person]) -> dict[str, Any]:
    """Return what the form of a question shows at first."""
    parent = question.depends_on
    values = question.depends_values or ([CHECKED] if parent else [])
    return {
        **{name: getattr(question, name) for name in COLUMNS},
        "label": version.label,
        "help": version.help,
        "options": "\n".join(version.options),
        "condition": [f"{parent.uid} {value}" for value in values] if parent else [],
        "readers": [reader.uid for reader in readers],
        "seen": question.edition,
    }


class CopyForm(forms.Form):
    """Whose questions to copy."""

    network = forms.ModelChoiceField(
        label=gettext_lazy("Network"),
        queryset=Network.objects.none(),
        to_field_name="slug",
        error_messages={"required": gettext_lazy("Choose a network.")},
    )

    def __init__(self, *args: Any, networks: QuerySet[Network], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "network", forms.ModelChoiceField).queryset = networks
