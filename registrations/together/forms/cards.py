"""What one says on one's card, and how one looks for the cards of others."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import GradeBand, Subject
from registrations.models import Card
from registrations.models.together.card import CardQuerySet
from registrations.together.domain.cards import CardWords
from registrations.together.domain.finding import LOOKING, MENTORS, at_organization, mentoring, on_team
from stemnet.forms.fields import LineField, field_of
from stemnet.forms.filtering import FilterForm, any_or


class CardForm(forms.ModelForm[Card]):
    """What one says beside name, job, organization and grades."""

    interests = forms.ModelMultipleChoiceField(
        Subject.objects.filter(active=True),
        label=_("Subjects I care about"),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The same as on your account."),
    )
    field_order = ["ask_about", "interests", "would_mentor", "looks_for_mentor"]

    class Meta:
        model = Card
        fields = ["ask_about", "would_mentor", "looks_for_mentor"]
        field_classes = {"ask_about": LineField}
        help_texts = {"ask_about": _("For example: phenomena for grade 5, or scheduling a STEM night.")}

    def words(self) -> CardWords:
        """Return what was typed."""
        return CardWords(**{name: self.cleaned_data[name] for name in self.Meta.fields})


class ColleaguesForm(FilterForm):
    """Whom one looks for; all optional, and a value that is no choice counts as none."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    organization = forms.ChoiceField(label=_("Organization"), required=False)
    grades = forms.ChoiceField(label=_("Grades"), required=False, choices=any_or(GradeBand.choices))
    interest = forms.ChoiceField(label=_("Interest"), required=False)
    mentors = forms.ChoiceField(
        label=_("Mentoring"),
        required=False,
        choices=any_or([(MENTORS, _("Would mentor")), (LOOKING, _("Looking for a mentor"))]),
    )
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in choices.items():
            field_of(self, name, forms.ChoiceField).choices = any_or(offered)
            if not offered:
                del self.fields[name]
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control" if name == "q" else "form-select"

    def narrow(self, cards: CardQuerySet) -> CardQuerySet:
        """Return those of ``cards`` that were asked for."""
        chosen = self.chosen()
        if words := chosen["q"].strip():
            cards = cards.found_by(words)
        if chosen.get("organization"):
            cards = cards.filter(at_organization(chosen["organization"]))
        if chosen["grades"]:
            cards = cards.for_grades(chosen["grades"])
        if chosen.get("interest"):
            cards = cards.filter(registration__person__interests__subject__code=chosen["interest"])
        if chosen["mentors"]:
            cards = cards.filter(mentoring(chosen["mentors"]))
        if chosen.get("team"):
            cards = cards.filter(on_team(chosen["team"]))
        return cards
