"""Input on the pages of people: what to look for, and the reason of an act."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from registrations.models.seats.registration import RegistrationQuerySet


class Shown(models.TextChoices):
    """Which people of a network are listed."""

    SEATED = "seated", _("With a seat")
    WAITING = "waiting", _("On the waitlist")
    GONE = "gone", _("Left or removed")
    ALL = "all", _("Everyone")


class PeopleForm(forms.Form):
    """Narrow the people of a network."""

    q = forms.CharField(label=_("Name, e-mail or organization"), max_length=100, required=False)
    show = forms.ChoiceField(label=_("Who"), choices=Shown.choices, required=False)

    @property
    def shown(self) -> str:
        """Return which people are asked for; those with a seat, where nothing else was said."""
        return self.cleaned_data.get("show") or Shown.SEATED if self.is_valid() else Shown.SEATED

    def narrow(self, people: RegistrationQuerySet) -> RegistrationQuerySet:
        """Return those of ``people`` who were asked for, by name; those in line in their order."""
        values = self.cleaned_data if self.is_valid() else {}
        show, words = self.shown, values.get("q", "").strip()
        if words:
            people = people.found_by(words)
        if show == Shown.WAITING:
            return people.waiting()
        if show == Shown.SEATED:
            people = people.occupying()
        elif show == Shown.GONE:
            people = people.exclude(pk__in=people.live().values("pk"))
        return people.by_name()


class ActForm(forms.Form):
    """Why something is done for one person; kept with the history."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
