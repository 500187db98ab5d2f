"""The columns of the export for certificates: each header beside what it says (docs/rules.md 3.5)."""

from datetime import datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from meetings.models import Meeting
from partners.models import EducatorNumber, Job, NumberKind
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.category_words import category_words, label_of, parts_words
from registrations.credit.domain.credit_words import presented_words
from registrations.credit.domain.readiness import NetworkFacts, Readiness
from registrations.credit.domain.reason_words import reason_words
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.snapshots import place_of
from registrations.credit.domain.totals import credit_of, parts_of, was_there
from registrations.models import Attendance, Seen, Source
from stemnet import wording
from stemnet.tables.writing import Column, Columns


class Expected(NamedTuple):
    """One person at one meeting, with the attendance where it was marked."""

    one: Readiness
    meeting: Meeting
    row: Attendance | None

    @property
    def reason(self) -> str:
        """Return why the meeting counts as it does, in words."""
        row, rule = self.row, self.one.course.rule
        return reason_words(row.reason, rule, presenting=row.presenting) if row else ""

    def clock(self, moment: datetime | None) -> time | None:
        """Return the time of ``moment`` where the meeting is held."""
        return moment.astimezone(ZoneInfo(self.meeting.zone)).time() if moment else None


def labels(choices: type[TextChoices]) -> dict[str, str]:
    """Return what each choice is called, in the language that is active."""
    return {str(value): str(label) for value, label in choices.choices}


def people_columns(course: NetworkFacts) -> Columns[Readiness]:
    """Return the columns of sheet 1, a row a person, ready for mail merge."""
    awards = not lacking(course.network, course.version)
    days = {meeting.pk: wording.day(meeting.on) for meeting in course.network.meetings.all()}
    held, jobs = course.own_held, labels(Job)

    def job(one: Readiness) -> str:
        position = one.registration.position
        return (position.title or jobs.get(position.job, position.job)) if position else ""

    def dates(one: Readiness) -> str:
        return "; ".join(dict.fromkeys(days[row.meeting_id] for row in one.attendances if was_there(row)))

    def attended(one: Readiness) -> str:
        return _("%(attended)s of %(held)s") % {"attended": one.meetings_attended, "held": held}

    return Columns(
        [
            Column(_("Last name"), 18, lambda one: one.person.last_name),
            Column(_("First name"), 18, lambda one: one.person.first_name),
            Column(_("Name for the certificate"), 28, lambda one: one.person.printed_name),
            Column(_("E-mail"), 30, lambda one: one.person.primary_address),
            *number_columns(course),
            Column(_("Organization"), 34, organization_name),
            Column(_("Organization code"), 14, organization_code),
            Column(_("Job"), 24, job),
            Column(_("Meetings attended"), 12, attended),
            Column(_("Dates attended"), 40, dates),
            Column(_("Hours"), 10, lambda one: decimal_down(one.total.hours)),
            Column(
                course.rule.unit_label_plural or _("Points"),
                10,
                lambda one: one.total.units if awards else None,
            ),
            Column(_("Evaluation done"), 14, lambda one: _("yes") if one.evaluation_done else _("no")),
            Column(_("Document numbers"), 30, numbers),
            Column(_("What's missing"), 50, lambda one: one.reason),
            *([Column(_("Hours by category"), 40, by_category)] if course.rule.hours_by_category else []),
            *([Column(_("Hours presented"), 30, presented)] if course.rule.presenter_multiplier else []),
        ]
    )


def number_columns(course: NetworkFacts) -> list[Column[Readiness]]:
    """Return a column for each kind of educator number that somebody of the network has; one statement."""
    people = course.network.registrations.values("person")
    kinds = EducatorNumber.objects.filter(person__in=people).order_by("kind").values_list("kind", flat=True)
    return [number_column(NumberKind(kind)) for kind in kinds.distinct()]


def number_column(kind: NumberKind) -> Column[Readiness]:
    """Return the column of one kind: numbers as text, which keeps their zeros; they are fetched."""

    def number(one: Readiness) -> str:
        return next((held.number for held in one.person.educator_numbers.all() if held.kind == kind), "")

    return Column(str(kind.label), 16, number)


def organization_name(one: Readiness) -> str:
    """Return where the person works, as it is called or typed."""
    position = one.registration.position
    return position.organization_name if position else ""


def organization_code(one: Readiness) -> str:
    """Return the state's code of where the person works."""
    position = one.registration.position
    return position.organization.state_org_code if position and position.organization else ""


def numbers(one: Readiness) -> str:
    """Return the numbers of the valid documents."""
    return ", ".join(document.number for document in one.documents.values())


def by_category(one: Readiness) -> str:
    """Return the hours of each category in words."""
    return category_words(one.total)


def presented(one: Readiness) -> str:
    """Return the hours of presenting among those that count, and what they give."""
    return presented_words(one.total)


def meeting_columns(course: NetworkFacts) -> Columns[Expected]:
    """Return the columns of sheet 2, a row a person and meeting; times are those of the zone in the row.

    Words are translated once a table: `get_FOO_display` translates every choice at each call.
    """
    seen, sources = labels(Seen), labels(Source)
    presented, unmarked = _("Presented"), _("Not marked")

    def status(at: Expected) -> str:
        if at.row is None:
            return unmarked
        return presented if at.row.presenting else seen[at.row.status]

    def known(at: Expected) -> str:
        return ", ".join(sources[one] for one in at.row.stands_on or [at.row.source]) if at.row else ""

    return Columns(
        [
            Column(_("Last name"), 18, lambda at: at.one.person.last_name),
            Column(_("First name"), 18, lambda at: at.one.person.first_name),
            Column(_("E-mail"), 30, lambda at: at.one.person.primary_address),
            Column(_("Date"), 12, lambda at: at.meeting.on),
            Column(_("Begins"), 9, lambda at: at.meeting.start_time),
            Column(_("Ends"), 9, lambda at: at.meeting.end_time),
            Column(_("Time zone"), 18, lambda at: at.meeting.zone),
            Column(_("Meeting"), 30, lambda at: at.meeting.title),
            Column(_("Working group"), 24, group_title),
            Column(_("Attendance"), 12, status),
            Column(_("Arrived"), 9, lambda at: at.clock(at.row.arrived_at if at.row else None)),
            Column(_("Left"), 9, lambda at: at.clock(at.row.left_at if at.row else None)),
            Column(_("Minutes attended"), 10, lambda at: at.row.minutes_attended if at.row else None),
            Column(_("Minutes counted"), 10, lambda at: at.row.minutes_counted if at.row else None),
            Column(_("Why"), 34, lambda at: at.reason),
            Column(_("How we know"), 22, known),
            Column(_("Marked by"), 24, lambda at: at.row.marked_by if at.row else ""),
            Column(_("Minutes made up for"), 10, lambda at: at.row.minutes_made_up if at.row else None),
            Column(_("Make-up work approved by"), 24, lambda at: at.row.made_up_by if at.row else ""),
            *([Column(_("Category"), 24, category)] if course.rule.hours_by_category else []),
            *([Column(_("Place"), 24, lambda at: place_of(at.meeting))] if course.shows_places else []),
        ]
    )


def category(at: Expected) -> str:
    """Return the category of the meeting's hours in words."""
    network, rule = at.one.course.network, at.one.course.rule
    if at.row and (words := parts_words(credit_of(at.row, network), rule)):
        return words
    return ", ".join(label_of(code, rule) for code, _minutes in parts_of(at.meeting, network) if code)


def group_title(at: Expected) -> str:
    """Return the working group whose meeting it is."""
    return at.meeting.working_group.title if at.meeting.working_group else ""
