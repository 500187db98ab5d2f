"""The columns of a record of credit: a row a person and network, for whoever keeps records elsewhere.

Their keys are the headings that other programs look for (docs/rules.md 3.5).
"""

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Modality
from partners.models import Organization
from registrations.credit.domain.category_columns import minutes_by_label
from registrations.credit.domain.export_kinds import About, ExportColumn, Kind, Words
from registrations.credit.domain.export_lines import Line
from registrations.credit.domain.rounding import decimal_down
from registrations.credit.domain.snapshots import address_of, place_of
from registrations.credit.domain.summing import by_category
from registrations.credit.domain.totals import credit_of, was_there
from registrations.models import Attendance
from stemnet.tables.writing import Cell

Reader = Callable[[Line], Cell]
SHORT_TITLE = 60  # characters that CEDS and Ed-Fi have for a title


def organization_of(line: Line) -> Organization | None:
    """Return the organization where the person works, or None where there is none or it is only typed."""
    position = line.one.registration.position
    return position.organization if position else None


def organization_name(line: Line) -> str:
    """Return where the person works, as it is called or typed."""
    position = line.one.registration.position
    return position.organization_name if position else ""


def of_organization(name: str) -> Reader:
    """Return what reads one fact of the organization where the person works."""

    def read(line: Line) -> str:
        organization = organization_of(line)
        return str(getattr(organization, name)) if organization else ""

    return read


def of_provider(name: str) -> Reader:
    """Return what reads one fact of the network's provider."""

    def read(line: Line) -> str:
        provider = line.one.course.network.provider
        return str(getattr(provider, name)) if provider else ""

    return read


def of_network(name: str) -> Reader:
    """Return what reads one fact of the network."""
    return lambda line: str(getattr(line.one.course.network, name))


def of_person(name: str) -> Reader:
    """Return what reads one fact of the person."""
    return lambda line: str(getattr(line.one.person, name))


def minutes_of(label: str) -> Reader:
    """Return what reads the counted minutes of one kind of category, a whole number."""

    def read(line: Line) -> int:
        network = line.one.course.network
        found = by_category(credit_of(row, network) for row in line.one.attendances)
        return minutes_by_label(found, counted=line.one.minutes_counted)[label]

    return read


def short_title(line: Line) -> str:
    """Return the title of the network in 60 characters; one that is longer ends in "…", after a word."""
    title = line.one.course.network.title
    if len(title) <= SHORT_TITLE:
        return title
    kept = title[: SHORT_TITLE - 1]
    return f"{kept.rpartition(' ')[0] or kept}…"


def there(line: Line) -> list[Attendance]:
    """Return the attendance of the meetings at which the person was."""
    return [row for row in line.one.attendances if was_there(row)]


def first_day(line: Line) -> date | None:
    """Return the day of the network's first meeting that stands."""
    return min((one.on for one in standing(line)), default=None)


def last_day(line: Line) -> date | None:
    """Return the day of the network's last meeting that stands."""
    return max((one.on for one in standing(line)), default=None)


def standing(line: Line) -> list[Meeting]:
    """Return the network's own meetings that stand."""
    meetings = line.one.course.network.meetings.all()
    return [one for one in meetings if one.working_group_id is None and not one.is_cancelled]


def completion_day(line: Line) -> date | None:
    """Return the day of the last meeting at which the person was, where it was held."""
    return max((row.meeting.on for row in there(line)), default=None)


def places(line: Line) -> str:
    """Return where the meetings were at which the person was, each place once."""
    found = dict.fromkeys(place_of(row.meeting) for row in there(line))
    return "; ".join(filter(None, found))


def modality(line: Line) -> str:
    """Return how the network's meetings are held, as a code: one for all, else hybrid."""
    found = {one.modality for one in standing(line)}
    return found.pop() if len(found) == 1 else (Modality.HYBRID.value if found else "")


def educator_id(line: Line) -> tuple[str, str]:
    """Return kind and number by which a state knows the person: that of the rule, else the first there is."""
    version, numbers = line.one.course.version, line.part.numbers.get(line.one.person.pk, {})
    kind = version.educator_number if version else ""
    if kind not in numbers:
        kind = next(iter(numbers), "")
    return kind, numbers.get(kind, "")


def units(line: Line) -> Cell:
    """Return the points; nothing where the network can't award any."""
    return None if line.one.course.lacks else line.one.total.units


def rule(line: Line) -> str:
    """Return the rule and its version: "MA-PDP v1"."""
    return str(line.one.course.version or "")


def verify_address(line: Line) -> str:
    """Return where the document is checked."""
    return address_of(line.record.code) if line.record.code else ""


def text(key: str, heading: Words, value: Reader, about: About, width: int = 20) -> ExportColumn:
    """Return a column of text."""
    return ExportColumn(key, heading, Kind.TEXT, width, value, about)


def number(key: str, heading: Words, value: Reader, about: About = About.CREDIT) -> ExportColumn:
    """Return a column of numbers."""
    return ExportColumn(key, heading, Kind.NUMBER, 10, value, about)


def day(key: str, heading: Words, value: Reader, about: About = About.NETWORK) -> ExportColumn:
    """Return a column of dates."""
    return ExportColumn(key, heading, Kind.DAY, 12, value, about)


P, W, N, C, D = About.PERSON, About.WORK, About.NETWORK, About.CREDIT, About.DOCUMENT
RECORD_COLUMNS = [
    text("record_id", _("Record"), lambda line: line.record.key, D, 38),
    text("status", _("Status of the record"), lambda line: line.record.status, D, 14),
    text("provider_name", _("Provider"), of_provider("name"), N, 30),
    text("provider_number", _("Number of the provider"), of_provider("number"), N),
    text("provider_state", _("State of the provider"), of_provider("jurisdiction"), N, 10),
    text("offering_id", _("Network's page address"), of_network("slug"), N, 30),
    text("offering_title", _("Network"), of_network("title"), N, 40),
    text("offering_title_short", _("Network, in 60 characters"), short_title, N, 40),
    text("topic", _("Topic"), of_network("pdp_topic"), N, 30),
    day("start_date", _("First meeting"), first_day),
    day("end_date", _("Last meeting"), last_day),
    day("completion_date", _("Last meeting attended"), completion_day, C),
    text("location", _("Place"), places, N, 30),
    text("modality", _("How meetings are held"), modality, N, 14),
    text("last_name", _("Last name"), of_person("last_name"), P, 18),
    text("first_name", _("First name"), of_person("first_name"), P, 18),
    text("middle_name", _("Middle name (we don't ask for one)"), lambda line: "", P, 14),
    text("certificate_name", _("Name for the certificate"), of_person("printed_name"), P, 28),
    text("email", _("E-mail"), of_person("primary_address"), P, 30),
    text("educator_id_type", _("Kind of educator number"), lambda line: educator_id(line)[0], P, 14),
    text("educator_id", _("Educator number"), lambda line: educator_id(line)[1], P, 16),
    text("organization", _("Organization"), organization_name, W, 34),
    text("org_state", _("State of the organization"), of_organization("state"), W, 10),
    text("org_state_code", _("Organization code"), of_organization("state_org_code"), W, 14),
    text("org_nces_id", _("NCES number of the organization"), of_organization("nces_id"), W, 14),
    number("sessions_attended", _("Number of meetings attended"), lambda line: line.one.meetings_attended),
    number("sessions_held", _("Number of meetings held"), lambda line: line.one.course.own_held),
    number(
        "minutes_attended",
        _("Minutes attended, all meetings"),
        lambda line: int(line.one.total.minutes_attended),
    ),
    number("minutes_counted", _("Minutes counted, all meetings"), lambda line: line.one.minutes_counted),
    number("hours", _("Hours"), lambda line: decimal_down(line.one.total.hours)),
    number("units", _("Points"), units),
    text("unit_type", _("Kind of points"), lambda line: line.one.course.rule.unit_label, C, 12),
    text("rule", _("Credit rule"), rule, C, 14),
    *(
        number(f"minutes_{label}", heading, minutes_of(label), About.CATEGORIES)
        for label, heading in (
            ("content", _("Minutes of content")),
            ("pedagogy", _("Minutes of pedagogy")),
            ("ell", _("Minutes for English learners (SEI, ESL, ELL)")),
            ("swd", _("Minutes for students with disabilities")),
            ("stem", _("Minutes of STEM")),
            ("equity", _("Minutes of equity")),
            ("leadership", _("Minutes of leadership")),
        )
    ),
    ExportColumn(
        "evaluation_done", _("Evaluation done"), Kind.YES_NO, 14, lambda line: line.one.evaluation_done, D
    ),
    text("document_number", _("Document number"), lambda line: line.record.number, D),
    text("verify_url", _("Address to check the document"), verify_address, D, 50),
    text("replaces_record_id", _("Record that it replaces"), lambda line: line.record.replaces, D, 38),
]
