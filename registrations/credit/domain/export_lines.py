"""What one row of an export is about, and what columns read of all rows of a part at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

from meetings.models import Meeting, WorkingGroup
from partners.models import EducatorNumber
from registrations.credit.domain.readiness import Kind, Readiness
from registrations.credit.domain.reason_words import reason_words
from registrations.models import Attendance, Document, Registration

Whose = tuple[int, int]  # the keys of a network and a person


class Record(NamedTuple):
    """One record of a person's credit in a network: its key, which never changes, and the one it replaces.

    Without a document and with the first of its kind the key is that of the person's first registration; a
    document that was issued anew is a record of its own.
    """

    key: str
    replaces: str
    status: str
    number: str
    code: str


class Part:
    """Some people of an export; what columns want besides is read when the first asks, for all at once."""

    def __init__(self, people: Sequence[Readiness]) -> None:
        self.people = people
        self._labels: dict[type[TextChoices], dict[str, str]] = {}

    def labels(self, choices: type[TextChoices]) -> dict[str, str]:
        """Return what each choice is called, in the language that is active; translated once a part."""
        if choices not in self._labels:
            self._labels[choices] = {str(value): str(label) for value, label in choices.choices}
        return self._labels[choices]

    @cached_property
    def numbers(self) -> dict[int, dict[str, str]]:
        """Return the educator numbers of each person, by their keys and kinds; one statement."""
        found: dict[int, dict[str, str]] = {}
        rows = EducatorNumber.objects.filter(person__in={one.person.pk for one in self.people})
        for person, kind, number in rows.order_by("kind").values_list("person", "kind", "number"):
            found.setdefault(person, {})[kind] = number
        return found

    @cached_property
    def groups(self) -> list[WorkingGroup]:
        """Return the working groups of the networks, in their order; one statement."""
        networks = {one.course.network.pk for one in self.people}
        return list(WorkingGroup.objects.filter(network__in=networks))

    @cached_property
    def records(self) -> dict[Whose, Record]:
        """Return the record of each person in each network, in two statements."""
        networks = {one.course.network.pk for one in self.people}
        people = {one.person.pk for one in self.people}
        first: dict[Whose, str] = {}
        rows = Registration.objects.filter(network__in=networks, person__in=people).order_by("pk")
        for network, person, uid in rows.values_list("network", "person", "uid"):
            first.setdefault((network, person), str(uid))
        issued: dict[Whose, list[Document]] = {}
        documents = Document.objects.filter(network__in=networks, person__in=people).order_by("pk")
        for document in documents.defer("snapshot"):
            issued.setdefault((document.network_id, document.person_id), []).append(document)
        return {whose: _record(key, issued.get(whose, [])) for whose, key in first.items()}


def _record(first: str, documents: Iterable[Document]) -> Record:
    """Return the record of one person, whose ``documents`` come as they were issued.

    Certificates of points count before confirmations.
    """
    rows = list(documents)
    chain = [one for one in rows if one.kind == Kind.PDP] or rows
    if not chain:
        return Record(first, "", "not_issued", "", "")
    last, keys = chain[-1], [first, *(str(one.uid) for one in chain[1:])]
    status = "issued" if len(chain) == 1 else "corrected"
    if last.status != Document.Status.VALID:
        status = "revoked"
    elif last.to_be_reviewed_at:
        status = "under_review"
    return Record(keys[-1], keys[-2] if len(keys) > 1 else "", status, last.number, last.code)


@dataclass(frozen=True)
class Line:
    """One person in a network, or at one of its meetings, with the attendance where it was marked."""

    one: Readiness
    part: Part
    at_meeting: Meeting | None = None
    row: Attendance | None = None

    @property
    def meeting(self) -> Meeting:
        """Return the meeting of a row of one. Raises ValueError for a row of a person."""
        if self.at_meeting is None:
            raise ValueError("This row is of a person, and of no meeting.")
        return self.at_meeting

    @property
    def record(self) -> Record:
        """Return the record of the person's credit."""
        return self.part.records[self.one.course.network.pk, self.one.person.pk]

    @property
    def reason(self) -> str:
        """Return why the meeting counts as it does, in words."""
        row, rule = self.row, self.one.course.rule
        return reason_words(row.reason, rule, presenting=row.presenting) if row else ""

    def clock_of(self, name: str) -> time | None:
        """Return the time of a moment of the attendance where the meeting is held."""
        moment: datetime | None = getattr(self.row, name) if self.row else None
        return moment.astimezone(ZoneInfo(self.meeting.zone)).time() if moment else None


def meeting_lines(one: Readiness, part: Part, meetings: Iterable[Meeting]) -> Iterable[Line]:
    """Give a line for every one of ``meetings`` that a person was expected at, or that they were at."""
    marks = {row.meeting_id: row for row in one.attendances}
    memberships = one.registration.group_memberships.all()
    groups = {None} | {each.working_group_id for each in memberships if each.left_at is None}
    for meeting in meetings:
        if meeting.working_group_id in groups or meeting.pk in marks:
            yield Line(one, part, meeting, marks.get(meeting.pk))
