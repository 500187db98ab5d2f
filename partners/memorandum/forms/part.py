"""Forms of a partner's own part: its words, remarks beside it, a model to begin from."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.memorandum.domain import parts
from partners.models import MouRole
from stemnet.forms.fields import AddressField, LineField, NameField, field_of
from stemnet.forms.texts import MARKDOWN_HELP, LongText


class PartForm(forms.Form):
    """The words of a part. Any of it may be empty until the part is submitted."""

    does = LongText(
        label=_("What we do"), max_length=60_000, required=False, rows=12, help_text=MARKDOWN_HELP
    )
    needs_text = LongText(label=_("What we need"), max_length=20_000, required=False, rows=6)
    contributes_text = LongText(label=_("What we contribute"), max_length=20_000, required=False, rows=6)
    signatory_name = NameField(label=_("Name"), max_length=150, required=False)
    signatory_title = LineField(label=_("Title"), max_length=150, required=False)
    signatory_email = AddressField(label=_("E-mail"), max_length=254, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput({"id": "id_seen"}))
    marks = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput({"id": "id_marks"}))

    @classmethod
    def of(cls, role: MouRole) -> "PartForm":
        """Return the form with the words as they are saved."""
        return cls.with_words(parts.part_words(role), role)

    @classmethod
    def with_words(cls, words: Mapping[str, str], role: MouRole) -> "PartForm":
        """Return the form with other words than those that are saved, which it begins from."""
        marks = written(parts.marks_of(parts.part_words(role)))
        return cls(initial={**words, "seen": role.revision, "marks": marks})

    def words(self) -> dict[str, str]:
        """Return what was typed and fits, by the name of its column."""
        return {name: self.cleaned_data[name] for name in parts.WORDS if name in self.cleaned_data}

    @property
    def revision(self) -> int:
        """Return the revision that the page began from."""
        return self.cleaned_data.get("seen") or 0

    @property
    def began_from(self) -> dict[str, str] | None:
        """Return the marks of the words that each field began from; None where the page sent none."""
        pairs = (pair.partition(":") for pair in self.cleaned_data.get("marks", "").split())
        return {name: mark for name, _colon, mark in pairs} or None

    def marks_after(self, role: MouRole) -> str:
        """Return the marks of a page once saved: a field that shows other words keeps its own."""
        saved, before = parts.part_words(role), self.began_from or {}
        new, typed = parts.marks_of(saved), self.words()
        kept = {name: before.get(name, "") for name in saved if typed.get(name) != saved[name]}
        return written({**new, **kept})

    def others(self, role: MouRole) -> list[str]:
        """Return the labels of the fields that somebody else changed, and that this page doesn't show."""
        saved = parts.part_words(role)
        return [str(self.fields[name].label) for name, typed in self.words().items() if typed != saved[name]]


def written(marks: Mapping[str, str]) -> str:
    """Return marks as a page carries them."""
    return " ".join(f"{name}:{mark}" for name, mark in marks.items())


class CommentForm(forms.Form):
    """A remark beside a part."""

    text = forms.CharField(label=_("Comment"), max_length=4000, widget=forms.Textarea({"rows": 3}))


class JudgeForm(forms.Form):
    """The comment with which a part is returned."""

    text = forms.CharField(
        label=_("Comment"),
        max_length=4000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Required if you return it. The partner will read it."),
    )


class ModelForm(forms.Form):
    """Which model part to begin from."""

    model = forms.ChoiceField(label=_("Model"))

    def __init__(self, *args: Any, models: list[MouRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.models = {f"{role.mou.slug}/{role.organization.slug}": role for role in models}
        choices = [(key, role.model_title) for key, role in self.models.items()]
        field_of(self, "model", forms.ChoiceField).choices = choices

    @property
    def chosen(self) -> MouRole:
        """Return the model part that was chosen."""
        return self.models[self.cleaned_data["model"]]
