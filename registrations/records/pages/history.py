"""What happened to a person's rows, of every kind in one list, read by one statement."""

from datetime import datetime
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from partners.models import Person
from registrations.models import Document, DocumentChange, Registration, RegistrationChange
from registrations.records.pages.lines import Line, Look, Section, day_of, section

MOST = 300


def history(look: Look) -> Section:
    """Return the steps of registrations and documents, and the names that they had."""
    rows = list(_steps(look).order_by("-at")[: MOST + 1])
    lines = [_line(*row) for row in rows[:MOST]]
    return section("history", _("History"), lines, left_out=len(rows) - len(lines))


def _steps(look: Look) -> QuerySet[Any, Any]:
    """Return when, what kind of row, which one, from and to which status, by whom, why."""
    registrations = RegistrationChange.objects.filter(registration__person=look.person)
    documents = DocumentChange.objects.filter(document__person=look.person)
    if not look.sees_all:
        registrations = registrations.filter(registration__network__in=look.networks)
        documents = documents.filter(document__network__in=look.networks)
    told = _columns(registrations, "registration", F("registration__network__title"))
    issued = _columns(documents, "document", F("document__number"))
    if not look.sees_all:
        return told.union(issued, all=True)
    name = Concat("first_name", Value(" "), "last_name", output_field=CharField())
    empty = Value("", output_field=CharField())
    names: QuerySet[Any, Any] = (
        Person.history.filter(id=look.person.pk)
        .order_by()
        .annotate(
            what=_word("name"), which=name, of_from=empty, of_to=F("history_type"), who=empty, why=empty
        )
        .values_list("history_date", "what", "which", "of_from", "of_to", "who", "why")
    )
    return told.union(issued, names, all=True)


def _columns(rows: QuerySet[Any], what: str, which: F) -> QuerySet[Any, Any]:
    """Return changes of one kind of row as the same seven columns."""
    said: QuerySet[Any, Any] = rows.order_by().annotate(what=_word(what), which=which)
    return said.values_list("at", "what", "which", "from_status", "to_status", "by_name", "reason")


def _word(word: str) -> Value:
    return Value(word, output_field=CharField())


def _line(at: datetime, what: str, which: str, before: str, after: str, who: str, why: str) -> Line:
    """Return one step in words."""
    if what == "name":
        return Line(on=day_of(at), title=_("Name: %(name)s") % {"name": which.strip()})
    labels: dict[str, Any] = dict(
        Registration.Status.choices if what == "registration" else Document.Status.choices
    )
    step = _("corrected") if before == after else str(labels.get(after, after))
    return Line(on=day_of(at), title=f"{which}: {step}", text=". ".join(filter(None, [who, why])))
