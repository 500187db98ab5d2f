"""Input on the pages of people: whom to list and in which order, and the reason of an act."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import OFFERED
from registrations.credit.domain.credit_words import hours_words
from registrations.desk.domain import people_list
from registrations.desk.domain.people_list import ListFacts
from registrations.models.seats.registration import RegistrationQuerySet
from stemnet.forms.fields import field_of

ORDERS = ["name", "organization", "group", "hours", "-hours"]


class Shown(models.TextChoices):
    """Which people of a network are listed."""

    SEATED = "seated", gettext_lazy("With a seat")
    WAITING = "waiting", gettext_lazy("On the waitlist")
    CAME_BACK = "came_back", gettext_lazy("Mail came back")
    GUESTS = "guests", gettext_lazy("Guests at single meetings")
    GONE = "gone", gettext_lazy("Left or removed")
    ALL = "all", gettext_lazy("Everyone")


class PeopleForm(forms.Form):
    """Narrow the people of a network; a value that is no choice counts as none."""

    q = forms.CharField(label=gettext_lazy("Find"), max_length=100, required=False)
    group = forms.ChoiceField(label=gettext_lazy("Working group"), required=False)
    attendance = forms.ChoiceField(label=gettext_lazy("Attendance"), required=False)
    evaluation = forms.ChoiceField(label=gettext_lazy("Evaluation"), required=False)
    interest = forms.ChoiceField(label=gettext_lazy("Interest"), required=False)
    show = forms.ChoiceField(choices=Shown.choices, required=False)
    sort = forms.ChoiceField(choices=[(order, order) for order in ORDERS], required=False)

    def __init__(self, data: Any, *, facts: ListFacts, groups: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.facts = facts
        everyone = ("", _("All"))
        self.choices = {
            "group": [everyone, *groups, (people_list.NO_GROUP, _("No group"))] if groups else [],
            "attendance": [everyone, *self._attendance()],
            "evaluation": [
                everyone,
                (people_list.UNANSWERED, _("Not answered")),
                (people_list.ANSWERED, _("Answered")),
            ],
            "interest": [everyone, *OFFERED.get()[0]],
        }
        for name, choices in self.choices.items():
            field = field_of(self, name, forms.ChoiceField)
            field.choices = choices
            field.widget.attrs["class"] = "form-select"
        unasked = [("group", bool(groups)), ("evaluation", facts.network.asks_evaluation)]
        for name, is_asked in unasked:
            if not is_asked:
                del self.fields[name]
        self.is_valid()

    def _attendance(self) -> list[tuple[str, str]]:
        found = [(people_list.NEVER, _("Never came"))]
        if self.facts.last:
            found.insert(0, (people_list.MISSED, _("Missed the last meeting")))
        if self.facts.least_minutes:
            hours = hours_words(self.facts.least_minutes // 60)
            found.append((people_list.SHORT, _("Under %(hours)s") % {"hours": hours}))
        return found

    def value_of(self, name: str) -> str:
        """Return what was validly chosen, or an empty string."""
        return str(self.cleaned_data.get(name) or "")

    @property
    def shown(self) -> str:
        """Return which people are asked for; those with a seat, where nothing else was said."""
        return self.value_of("show") or Shown.SEATED.value

    @property
    def order(self) -> str:
        """Return by what the list is sorted."""
        return self.value_of("sort") or "name"

    @property
    def asked(self) -> dict[str, str]:
        """Return what was asked for besides the order, a value a field."""
        return {name: self.value_of(name) for name in self.fields if name != "sort" and self.value_of(name)}

    def narrow(self, people: RegistrationQuerySet) -> RegistrationQuerySet:
        """Return those of ``people`` who were asked for, in order; those in line in theirs."""
        words, show = self.value_of("q").strip(), self.shown
        if words:
            people = people.found_by(words)
        if group := self.value_of("group"):
            people = people.filter(people_list.in_group(group))
        if interest := self.value_of("interest"):
            people = people.filter(person__interests__subject__code=interest)
        people = people.filter(
            people_list.attendance_condition(self.facts, self.value_of("attendance")),
            people_list.evaluation_condition(self.facts.network, self.value_of("evaluation")),
        )
        if show == Shown.WAITING:
            return people.waiting()
        if show == Shown.GONE:
            people = people.filter(people_list.GONE)
        elif show == Shown.GUESTS:
            people = people.filter(people_list.GUESTS)
        elif show != Shown.ALL:
            people = people.occupying()
        if show == Shown.CAME_BACK:
            people = people.filter(people_list.mail_came_back())
        return people_list.in_order(people, self.order)


class ActForm(forms.Form):
    """Why something is done for one person; kept with the history."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
