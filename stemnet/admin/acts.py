"""Acts on a selection: what one will do is planned and shown first, then done row by row.

An act is a class that a list names in ``acts``. It plans with the functions of the domain that the portal's
pages call, and does each row with one of them. `confirming` shows the plan and takes the answer, `doing`
does it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import Form
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from stemnet.tables.writing import Sheet

Words = str | Promise


@dataclass(frozen=True)
class Repair:
    """A page where a row that is skipped is put right."""

    label: Words
    url: str


@dataclass(frozen=True)
class Line:
    """What an act will do to one row, or why it skips it.

    ``seen`` says how the row stands now, in a few signs: a row that stands otherwise when the act is
    confirmed is skipped. ``cells`` go below the act's ``columns``, ``mails`` are those whom it writes to.
    ``skipped`` is why nothing is done, in a few words, and ``why`` the sentence below it.
    """

    pk: int
    name: str
    seen: str = ""
    note: Words = ""
    cells: Sequence[Any] = ()
    mails: Sequence[str] = ()
    skipped: Words = ""
    why: Words = ""
    repair: Repair | None = None


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    to: str
    subject: str
    lines: Sequence[str]
    action: str = ""


@dataclass(frozen=True)
class Asking:
    """Who asks for an act, when, and what they said in its form."""

    by: Any
    at: datetime
    said: Mapping[str, Any]


class Act:
    """One act on a selection of rows.

    ``form_class`` asks for what the act needs, such as a reason; ``begins_with`` is what it is filled with.
    ``depends_on`` names the fields that the plan depends on: it waits until they are there, and is shown
    anew when they change. ``permission`` is one of the model admin's. An act that ``hands_out`` a file
    changes nothing: it has `table` instead of `do`.
    """

    name: ClassVar[str]
    label: ClassVar[Words]
    icon: ClassVar[str] = ""
    main: ClassVar[bool] = False
    permission: ClassVar[str] = "change"
    form_class: ClassVar[type[Form] | None] = None
    depends_on: ClassVar[Sequence[str]] = ()
    columns: ClassVar[Sequence[Words]] = ()
    promises: ClassVar[Sequence[Words]] = ()
    hands_out: ClassVar[bool] = False

    def begins_with(self) -> dict[str, str]:
        """Return what the form begins with, as it would be typed."""
        return {}

    def form(self, typed: Mapping[str, Any] | None = None) -> Form | None:
        """Return the form, with what was typed, else with what it begins with."""
        if self.form_class is None:
            return None
        return self.form_class(typed) if typed is not None else self.form_class(initial=self.begins_with())

    def said(self, typed: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return the clean values of what was typed, or None where it can't be taken."""
        form = self.form(typed)
        if form is None:
            return {}
        return form.cleaned_data if form.is_valid() else None

    def rows(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows with all that planning reads, in the order of the page."""
        return queryset

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return what will happen to each row, in as many queries for any number of rows."""
        raise NotImplementedError

    def do(self, row: Any, *, asking: Asking) -> None:
        """Do it to one row by a function of the domain. Raises Refused."""
        raise NotImplementedError

    def table(self, rows: QuerySet[Any], *, asking: Asking) -> tuple[str, list[Sheet]]:
        """Return the name and the sheets of the file that the act hands out, with the rows left in."""
        raise NotImplementedError

    def noted(self, *, asking: Asking) -> str:
        """Return what the history of each row says in the admin."""
        return str(self.label)

    def letter(self, row: Any, *, asking: Asking) -> Letter | None:
        """Return the mail that the act sends about a row, to be read before."""
        return None

    def heading(self, number: int, chosen: int) -> str:
        """Return the question at the top of the page, such as "Remind 4 of 7 organizations?"."""
        raise NotImplementedError

    def button(self, number: int) -> str:
        """Return the words of the button, with the number."""
        raise NotImplementedError

    def done(self, number: int) -> str:
        """Return what was done, with the number."""
        raise NotImplementedError

    def will(self) -> str:
        """Return the heading above the rows that it will be done to."""
        return _("Will be done")
