"""A form of the admin that was open while somebody else saved the row: said at the field, not overwritten.

The page carries a short hash of each value that it showed; what differs when the form comes back
was changed by somebody else. Rows below a form carry none.
"""

import hashlib
from typing import Any

from django.forms import BaseForm, ModelChoiceField
from django.utils.text import Truncator
from django.utils.translation import gettext as _

CARRIED = "_as_shown"
BETWEEN = ","


class AsShownForm(BaseForm):
    """A form about a row that is there, which knows what its page showed."""

    @property
    def as_shown(self) -> str:
        """Return what the page is to carry: each field with a hash of its value as it is now."""
        return BETWEEN.join(f"{name}={digest}" for name, digest in self._digests().items())

    def full_clean(self) -> None:
        """Find faults, and say at each field that somebody changed it meanwhile; what was typed stays."""
        super().full_clean()
        if not self.is_bound:
            return
        shown = dict(one.split("=", 1) for one in self.data.get(CARRIED, "").split(BETWEEN) if "=" in one)
        for name, digest in self._digests().items():
            if name in self.changed_data and shown.get(name, digest) != digest:
                self.add_error(name, self._changed(name))

    def _digests(self) -> dict[str, str]:
        stored = {name: self._stored(name) for name in self.fields if name in self.initial}
        return {name: hashlib.sha256(repr(one).encode()).hexdigest()[:12] for name, one in stored.items()}

    def _stored(self, name: str) -> Any:
        return _plain(self.fields[name].prepare_value(self.initial[name]))

    def _changed(self, name: str) -> str:
        field, value = self.fields[name], self.initial[name]
        if isinstance(field, ModelChoiceField) and not isinstance(value, list | tuple):
            rows = field.queryset
            value = rows.filter(pk=self._stored(name)).first() if value and rows is not None else ""
        else:
            choices = dict(getattr(field, "choices", None) or {})
            value = choices.get(value, "" if isinstance(value, list | tuple) else value)
        if value in ("", None) or isinstance(value, bool):
            return _("Somebody else changed this while the page was open. Save again to replace it.")
        now = Truncator(str(value)).chars(80)
        sentence = _(
            "Somebody else changed this to “%(now)s” while the page was open. Save again to replace it."
        )
        return sentence % {"now": now}


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(str(_plain(one)) for one in value)
    return str(getattr(value, "pk", value))
