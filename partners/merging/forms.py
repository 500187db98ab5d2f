"""Which of two stays, and which of them each field is taken from."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Organization, Person, Stage
from partners.models.merging.merging import Subject
from stemnet.forms.fields import AddressField, field_of

ONE, OTHER = "one", "other"
MOST = 12
OWN_FIELDS = ("first_name", "last_name", "certificate_name", "language")


class MergeForm(forms.Form):
    """One choice a field that differs; empty fields are filled from the other by themselves."""

    keep = forms.ChoiceField(label=_("Which one to keep"), widget=forms.RadioSelect, initial=ONE)

    def __init__(self, *args: Any, one: Any, other: Any, fields: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sides = {ONE: one, OTHER: other}
        self._choices("keep", str(one), str(other))
        for name in fields:
            mine, theirs = shown(one, name), shown(other, name)
            if mine != theirs:
                label = one._meta.get_field(name).verbose_name.capitalize()
                self._add(name, label, mine, theirs)
        if isinstance(one, Organization) and "stage" in self.fields:
            self.initial["stage"] = further(one, other)
        if isinstance(one, Person) and one.primary_address and other.primary_address:
            self._add("primary", _("Primary address"), one.primary_address, other.primary_address)

    def decision(self) -> dict[str, Any]:
        """Return which stays, which goes, and the fields that are taken from the one that goes."""
        keep = self.cleaned_data["keep"]
        gone = OTHER if keep == ONE else ONE
        take = {name for name, side in self.cleaned_data.items() if name != "keep" and side == gone}
        return {"kept": self.sides[keep], "gone": self.sides[gone], "take": take}

    def _add(self, name: str, label: Any, mine: str, theirs: str) -> None:
        self.fields[name] = forms.ChoiceField(label=label, widget=forms.RadioSelect)
        self.initial[name] = ONE if mine else OTHER
        self._choices(name, mine, theirs)

    def _choices(self, name: str, mine: str, theirs: str) -> None:
        empty = _("(empty)")
        field_of(self, name, forms.ChoiceField).choices = [(ONE, mine or empty), (OTHER, theirs or empty)]


class OwnMergeForm(MergeForm):
    """The same of one's own two accounts: the one that is signed in stays."""

    def __init__(self, *args: Any, one: Person, other: Person) -> None:
        super().__init__(*args, one=one, other=other, fields=OWN_FIELDS)
        del self.fields["keep"]

    def take(self) -> set[str]:
        """Return the fields that are taken from the other account."""
        return {name for name, side in self.cleaned_data.items() if side == OTHER}


class ClaimForm(forms.Form):
    """An old address, and how a coordinator can tell."""

    address = AddressField(label=_("Your old e-mail address"), max_length=254)
    words = forms.CharField(
        label=_("How can we tell it's you?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: where you worked then, which network you were in, and who knows you."),
    )


class DecideForm(forms.Form):
    """Combine the two, or say no with a reason."""

    act = forms.ChoiceField(choices=[("accept", ""), ("decline", "")], widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why not"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only if you decline. We'll send them this."),
    )


class ChooseTwoForm(forms.Form):
    """Two to compare: words for each, then one of those that have these words."""

    one_words = forms.CharField(label=_("One of the two"), required=False, max_length=200)
    other_words = forms.CharField(label=_("The other one"), required=False, max_length=200)
    one = forms.ChoiceField(required=False, widget=forms.RadioSelect)
    other = forms.ChoiceField(required=False, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, asked: str = "") -> None:
        super().__init__(data)
        self._asked = asked
        for side in (ONE, OTHER):
            found = self._found(str(self.data.get(f"{side}_words", ""))[:200])
            field_of(self, side, forms.ChoiceField).choices = [(str(row.pk), said_of(row)) for row in found]

    @property
    def what(self) -> str:
        """Return what is compared; organizations where nothing valid is said."""
        asked = str(self.data.get("what", self._asked))
        return asked if asked in Subject.values else Subject.ORGANIZATION.value

    @property
    def two(self) -> tuple[int, int] | None:
        """Return the keys of the two, once both are chosen."""
        keys = [self.cleaned_data.get(side) for side in (ONE, OTHER)]
        return (int(keys[0]), int(keys[1])) if keys[0] and keys[1] and keys[0] != keys[1] else None

    def clean(self) -> dict[str, Any]:
        """Refuse one and the same."""
        values: dict[str, Any] = super().clean() or {}
        if values.get(ONE) and values.get(ONE) == values.get(OTHER):
            raise forms.ValidationError(_("Choose two different ones."))
        return values

    def _found(self, words: str) -> list[Any]:
        if not words.strip():
            return []
        rows: Any = Person.objects if self.what == Subject.PERSON else Organization.objects
        return list(rows.current().found_by(words).distinct()[:MOST])


def further(one: Organization, other: Organization) -> str:
    """Return whose stage is taken unless somebody chooses: a partner's, and any before none."""
    return OTHER if one.stage == Stage.NONE or other.stage == Stage.PARTNER else ONE


def said_of(row: Person | Organization) -> str:
    """Return what tells a row from others of its name: an address, a town."""
    beside = row.primary_address if isinstance(row, Person) else row.city
    return f"{row}, {beside}" if beside else str(row)


def shown(row: Any, name: str) -> str:
    """Return the value of a field as people read it; text is cut after 200 characters."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return "" if value is None else str(value)[:200]
