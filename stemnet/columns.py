"""Columns of names, addresses and codes: forms clean what is typed into them, and rows refuse the rest."""

from typing import Any

from django import forms
from django.db import models

from stemnet.forms.fields import AddressField, LineField, NameField
from stemnet.one_line import refuse_hidden


class LineColumn(models.CharField[str, str]):
    """One line of words, such as the name of an organization, a title or a code."""

    default_validators = [refuse_hidden]
    form_class: type[forms.Field] = LineField

    def deconstruct(self) -> Any:
        """Return what a migration writes: for the database it is a CharField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Clean what is typed."""
        if self.choices is None:
            kwargs.setdefault("form_class", self.form_class)
        return super().formfield(**kwargs)


class NameColumn(LineColumn):
    """The name of a person."""

    form_class = NameField


class AddressColumn(models.EmailField[str, str]):
    """An e-mail address."""

    default_validators = [*models.EmailField.default_validators, refuse_hidden]

    def deconstruct(self) -> Any:
        """Return what a migration writes: for the database it is an EmailField."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Clean what is typed."""
        return super().formfield(**{"form_class": AddressField, **kwargs})
