"""What differs between a page as typed and the network as somebody else left it."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from meetings.planning.forms.page import NetworkPage
from meetings.planning.forms.rows import Rows

Difference = tuple[str, str, str]


def differences(mine: NetworkPage, theirs: NetworkPage) -> list[Difference]:
    """Return label, their value and mine for everything that is not the same on both pages."""
    found = []
    for form, other in ((mine.network, theirs.network), (mine.dates, theirs.dates)):
        for name in form.fields:
            found.append((str(form.fields[name].label), shown(other, name), shown(form, name)))
    kinds = ((_("Meetings"), "on"), (_("Working groups"), "meets"), (_("Commitments"), "required"))
    for (label, detail), rows, others in zip(kinds, mine.formsets(), theirs.formsets(), strict=True):
        found.append((label, rows_shown(others, detail), rows_shown(rows, detail)))
    return [(label, old, new) for label, old, new in found if old != new]


def shown(form: Any, name: str) -> str:
    """Return the value of a field as people read it."""
    bound, field = form[name], form.fields[name]
    value = bound.value()
    choices = dict(field.choices) if hasattr(field, "choices") and name not in ("zone",) else {}
    labels = {str(key): str(label) for key, label in choices.items()}
    if isinstance(value, bool) or value in ("on",):
        return _("yes") if value else _("no")
    if isinstance(value, list | QuerySet):
        codes = [str(field.prepare_value(one)) for one in value]
        return ", ".join(labels.get(code, code) for code in codes)
    text = str(field.widget.format_value(field.prepare_value(value)) or "")
    return labels.get(text.strip("[]'"), text).replace("\r\n", "\n").strip()


def rows_shown(rows: Rows, detail: str) -> str:
    """Return the rows of one kind in words, without those to be taken away."""
    listed = [form for form in rows.forms if not form["DELETE"].value()]
    texts = [
        ", ".join(
            filter(None, [shown(form, "text" if "text" in form.fields else "title"), shown(form, detail)])
        )
        for form in listed
    ]
    return "; ".join(text for text in texts if text)
