"""The fields of our forms: one line, a name, an e-mail address; and a field of a form by its kind."""

import re
from typing import Any, TypeVar, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from stemnet.one_line import one_line

F = TypeVar("F", bound=forms.Field)
ADDRESS_WORDS = gettext_lazy("Type an e-mail address such as name@example.org.")
LINK = re.compile(r"://|www\.|@|\.\w{2,}/", re.IGNORECASE)


def field_of(form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """Return the field ``name`` of ``form``. Raises TypeError where it is not a ``kind``."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{type(form).__name__}.{name} is a {type(field).__name__}, not a {kind.__name__}")
    return field


class LineField(forms.CharField):
    """One line of words in any script: spaces become one, what nobody sees goes (`stemnet.one_line`)."""

    def to_python(self, value: Any) -> str:
        """Tidy what was typed."""
        return one_line(super().to_python(value) or "")


class NameField(LineField):
    """A name: no address of a page or a mailbox, for names go into mail that others may have to read."""

    def clean(self, value: Any) -> str:
        """Refuse what a mail program would turn into a link (docs/rules.md 13.11)."""
        name: str = super().clean(value)
        if LINK.search(name):
            raise forms.ValidationError(_("Type only a name, not an address."))
        return name


class AddressField(forms.EmailField):
    """An e-mail address, kept in lower case, without spaces and what nobody sees."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("error_messages", {"invalid": ADDRESS_WORDS, "required": ADDRESS_WORDS})
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Tidy what was typed or pasted; what no browser sends is left, and refused."""
        typed = super().to_python(value) or ""
        return typed if "\x00" in typed else one_line(typed).lower()


class SentOnceField(forms.UUIDField):
    """The hidden uid that makes a form that is sent twice one thing; what is none counts as not given."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> UUID | None:
        """Return the uid, or None."""
        try:
            return cast("UUID | None", super().clean(value))
        except forms.ValidationError:
            return None
