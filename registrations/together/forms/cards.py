"""What one says on one's card, and how one looks for the cards of others."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Subject
from partners.models import GradeBand
from registrations.models import Card
from registrations.models.together.card import CardQuerySet
from registrations.together.domain.cards import CardWords
from registrations.together.domain.finding import LOOKING, MENTORS, at_organization, mentoring, on_team
from stemnet.forms.fields import LineField, field_of
from stemnet.forms.filtering import FilterForm, any_or


class CardForm(forms.ModelForm[Card]):
    """What one says beside name, job, organization and grades."""

    class Meta:
        model = Card
        fields = ["ask_about", "interests", "would_mentor", "looks_for_mentor"]
        field_classes = {"ask_about": LineField}
        widgets = {"interests": forms.CheckboxSelectMultiple}
        help_texts = {"ask_about": _("Such as: phenomena for grade 5, or scheduling a STEM night.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        interests = cast("forms.ModelMultipleChoiceField[Subject]", self.fields["interests"])
        interests.queryset = Subject.objects.filter(active=True)
        interests.required = False

    def words(self) -> CardWords:
        """Return what was typed."""
        return CardWords(**self.cleaned_data)


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
            cards = cards.filter(interests__code=chosen["interest"])
        if chosen["mentors"]:
            cards = cards.filter(mentoring(chosen["mentors"]))
        if chosen.get("team"):
            cards = cards.filter(on_team(chosen["team"]))
        return cards
