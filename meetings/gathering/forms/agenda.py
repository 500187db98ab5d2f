"""What is typed about a meeting's page: an item of the agenda, its words, which agenda is copied."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.gathering.domain.agenda import Words
from meetings.models import AgendaItem, Meeting
from meetings.models.gathering.agenda_item import LONGEST
from partners.models import Person
from partners.people.forms.listed import listed_field
from partners.people.forms.standards_field import StandardsField
from stemnet import wording
from stemnet.forms.fields import AddressField, LineField, field_of
from stemnet.forms.texts import LongText

BREAK = "break"
LENGTH_WORDS = _("Type a whole number of minutes, from 1 to 720.")
COPIED_FROM = timedelta(days=800)


class MinutesField(forms.IntegerField):
    """A length in whole minutes."""

    def __init__(self, **kwargs: Any) -> None:
        errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), LENGTH_WORDS)
        super().__init__(min_value=1, max_value=LONGEST, error_messages=errors, **kwargs)


class ItemForm(forms.Form):
    """One item."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind)
    minutes = MinutesField(label=_("Minutes"))
    title = LineField(
        label=_("What it's about"),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Say it in 200 characters at most.")},
    )
    presenter_name = LineField(
        label=_("Who presents"),
        max_length=200,
        required=False,
        help_text=_(
            "Everyone can read it. Put a comma between a name and where they work, "
            "and a semicolon between two people."
        ),
    )
    presenter = AddressField(
        label=_("E-mail of a presenter who has an account"),
        required=False,
        help_text=_("Only people in this meeting see their name."),
    )
    note = LineField(label=_("Note"), max_length=500, required=False)

    def clean_presenter(self) -> Person | None:
        """Return who holds the address, or None."""
        address = self.cleaned_data["presenter"]
        if not address:
            return None
        found = Person.objects.current().holding(address).first()
        if found is None:
            raise forms.ValidationError(
                _("Nobody here has this e-mail address. Type their name above instead.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        """Want a title of all but a break."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("title") and typed.get("kind") != BREAK and "title" not in self.errors:
            self.add_error("title", _("Say what this item is about."))
        return typed

    def words(self) -> Words:
        """Return what was typed."""
        names = ("title", "minutes", "kind", "presenter", "presenter_name", "note")
        return Words(**{name: self.cleaned_data[name] for name in names})


class NewItemForm(ItemForm):
    """A new item or break, which the page names, so that sending it twice adds one."""

    uid = forms.UUIDField(widget=forms.HiddenInput)
    breaks = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, breaks: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"uid": uuid4(), "breaks": breaks, "minutes": 15}
        field_of(self, "kind", forms.ChoiceField).choices = [
            *AgendaItem.Kind.choices,
            (BREAK, _("Break")),
        ]

    @property
    def is_break(self) -> bool:
        """Return whether a break was chosen."""
        return bool(self.cleaned_data["kind"] == BREAK)


class ChangeItemForm(ItemForm):
    """An item as it was in its edition."""

    edition = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    @classmethod
    def of(cls, item: AgendaItem, data: Any = None) -> "ChangeItemForm":
        """Return the form of ``item``, filled."""
        names = ("title", "minutes", "kind", "presenter_name", "note", "edition")
        address = item.presenter.primary_address if item.presenter else ""
        return cls(data, initial={**{name: getattr(item, name) for name in names}, "presenter": address})


class BreakForm(forms.Form):
    """The length of a break."""

    minutes = MinutesField(label=_("Minutes"))


class AboutForm(forms.Form):
    """What people have at the end of a meeting, what it is about, and how they get in."""

    aim = LongText(
        label=_("What people have at the end"),
        rows=2,
        max_length=500,
        required=False,
        help_text=_("One or two sentences above the agenda."),
    )
    arrival = LongText(
        label=_("Parking, entrance, elevator"),
        rows=3,
        max_length=1000,
        required=False,
        help_text=_("How people get in, including a way without stairs."),
    )
    standards = StandardsField()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"] = listed_field("subjects", meeting)
        self.order_fields(["aim", "arrival", "subjects", "standards"])
        if not self.is_bound:
            self.initial["aim"], self.initial["arrival"] = meeting.aim, meeting.arrival
            self.initial["subjects"] = list(meeting.subjects.all())
            self.initial["standards"] = list(meeting.standards.all())


class MeetingField(forms.ModelChoiceField[Meeting]):
    """A choice among meetings, each by its title and day."""

    def label_from_instance(self, obj: Any) -> str:
        """Say which meeting it is."""
        return f"{obj.title}, {wording.day(obj.on)}"


class CopyForm(forms.Form):
    """Which meeting's agenda is copied."""

    source = MeetingField(
        label=_("Copy the agenda of"),
        queryset=Meeting.objects.none(),
        to_field_name="uid",
        empty_label=_("Choose a meeting"),
        error_messages={
            "required": _("Choose a meeting."),
            "invalid_choice": _("Choose one of the meetings in the list."),
        },
    )

    def __init__(self, *args: Any, meeting: Meeting, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        with_items = Meeting.objects.markable_by(person).filter(
            pk__in=AgendaItem.objects.values("meeting"), starts_at__gt=meeting.starts_at - COPIED_FROM
        )
        field = field_of(self, "source", MeetingField)
        field.queryset = with_items.exclude(pk=meeting.pk).order_by("-starts_at")
