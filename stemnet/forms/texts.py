"""Fields of long texts, which several people may write, and of days."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from stemnet.one_line import visible

MARKDOWN_HELP = _(
    "Leave a blank line between paragraphs. Start a line with “- ” for a list, and use "
    "**two asterisks** for bold."
)


class LongText(forms.CharField):
    """A long text. The browser cuts nothing off; what is too long is said, and what was typed stays."""

    widget = forms.Textarea
    default_error_messages = {
        "max_length": _(
            "This text has %(show_value)d characters. The limit is %(limit_value)d. Shorten it; "
            "everything you typed is still here."
        )
    }

    def __init__(self, *, rows: int = 10, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"rows": rows, "data-grows": ""}

    def to_python(self, value: Any) -> str:
        """Return the text with the line ends that it is kept with."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\x00", "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave the limit out, which would let the browser cut a pasted text in silence."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class SeenText(forms.CharField):
    """Several lines of words, without the signs that nobody sees: a text of such signs alone is empty."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return what can be seen of it."""
        return visible(str(super().to_python(value))).strip()


class DayInput(forms.DateInput):
    """A day, chosen in the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
