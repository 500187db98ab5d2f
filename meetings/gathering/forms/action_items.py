"""What is typed about an action item or homework: what, who, until when, and the answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.gathering.domain.owners import Owner
from meetings.models import ActionItem
from partners.models import Organization, Person
from stemnet.forms.fields import LineField, field_of
from stemnet.forms.texts import DayInput, LongText

Group = tuple[str | Promise, list[tuple[str, str]]]


def key_of(owner: Owner) -> str:
    """Return the owner as a form names them."""
    return f"person:{owner.uid}" if isinstance(owner, Person) else f"organization:{owner.slug}"


class OwnersMixin:
    """The people and the organizations among whom owners are chosen."""

    known: dict[str, Owner]

    def learn(self, people: Iterable[Person], organizations: Iterable[Organization]) -> list[Group]:
        """Remember who can be chosen, and return the choices."""
        groups: list[Group] = []
        self.known = {}
        for label, owners in ((_("People"), people), (_("Organizations"), organizations)):
            listed: dict[str, Owner] = {key_of(one): one for one in owners}
            self.known |= listed
            if listed:
                groups.append((label, [(key, str(one)) for key, one in listed.items()]))
        return groups


class ActionItemForm(OwnersMixin, forms.Form):
    """One action item."""

    text = LineField(
        label=_("What should be done"),
        max_length=300,
        error_messages={"required": _("Say what should be done.")},
    )
    owner = forms.ChoiceField(
        label=_("Who does it"),
        error_messages={
            "required": _("Choose who does it."),
            "invalid_choice": _("They aren't here anymore. Choose somebody else."),
        },
        help_text=_("We e-mail them now, and remind them before it's due and after."),
    )
    due_on = forms.DateField(label=_("Due"), widget=DayInput)
    details = LongText(label=_("Details"), max_length=4000, required=False, rows=3)

    def __init__(
        self,
        *args: Any,
        people: Iterable[Person],
        organizations: Iterable[Organization],
        item: ActionItem | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        groups: list[Any] = [("", "---------"), *self.learn(people, organizations)]
        if item and item.owner and key_of(item.owner) not in self.known:
            self.known[key_of(item.owner)] = item.owner
            groups.insert(1, (key_of(item.owner), str(item.owner)))
        field_of(self, "owner", forms.ChoiceField).choices = groups

    def clean_owner(self) -> Owner:
        """Return who does it."""
        return self.known[self.cleaned_data["owner"]]


class HomeworkForm(OwnersMixin, forms.Form):
    """One thing asked of many."""

    text = LineField(
        label=_("What we ask"), max_length=300, error_messages={"required": _("Say what should be done.")}
    )
    details = LongText(label=_("Details"), max_length=4000, required=False, rows=4)
    due_on = forms.DateField(label=_("Due"), widget=DayInput)
    every_organization = forms.BooleanField(label=_("All partners"), required=False)
    every_person = forms.BooleanField(label=_("Everyone here"), required=False)
    owners = forms.MultipleChoiceField(
        label=_("Or choose"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Someone you chose isn't here anymore. Choose again.")},
    )

    def __init__(
        self, *args: Any, people: Iterable[Person], organizations: Iterable[Organization], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "owners", forms.MultipleChoiceField).choices = self.learn(people, organizations)

    def clean_owners(self) -> list[Owner]:
        """Return who is asked. Refuse nobody at all."""
        every = self.cleaned_data["every_person"], self.cleaned_data["every_organization"]
        chosen = set(self.cleaned_data["owners"])
        asked = [
            one
            for key, one in self.known.items()
            if key in chosen or (every[0] if isinstance(one, Person) else every[1])
        ]
        if not asked:
            raise forms.ValidationError(_("Choose who should answer."))
        return asked

    def given(self) -> dict[str, Any]:
        """Return what was typed, as `give_homework` takes it."""
        return {name: self.cleaned_data[name] for name in ("text", "details", "due_on", "owners")}


class HomeworkChangeForm(forms.Form):
    """What is asked, and until when."""

    text = LineField(
        label=_("What we ask"), max_length=300, error_messages={"required": _("Say what should be done.")}
    )
    details = LongText(label=_("Details"), max_length=4000, required=False, rows=4)
    due_on = forms.DateField(label=_("Due"), widget=DayInput)


class StateForm(forms.Form):
    """What becomes of an item: done, dropped, open again, taken over; a note, and to homework an answer."""

    MINE = "mine"
    to = forms.ChoiceField(choices=[*ActionItem.State.choices, (MINE, _("Taken over"))])
    reason = forms.CharField(label=_("Note"), max_length=500, required=False)
    answer = LongText(label=_("Your answer"), max_length=10_000, required=False, rows=8)
