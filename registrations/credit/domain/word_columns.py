"""The columns of exports that people read: what a list or a mail merge wants besides records."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from partners.models import Job, NumberKind
from registrations.credit.domain.category_words import category_words, label_of, parts_words
from registrations.credit.domain.credit_words import presented_words
from registrations.credit.domain.export_kinds import About, ExportColumn, Kind
from registrations.credit.domain.export_lines import Line
from registrations.credit.domain.record_columns import Reader, of_network, of_organization, text, there
from registrations.credit.domain.snapshots import place_of
from registrations.credit.domain.totals import credit_of, parts_of
from registrations.models import Registration, Seen, Source
from stemnet import wording
from stemnet.tables.writing import Cell

P, W, N, C, D, M = (
    About.PERSON,
    About.WORK,
    About.NETWORK,
    About.CREDIT,
    About.DOCUMENT,
    About.MEETING,
)


def job(line: Line) -> str:
    """Return what the person does where they work."""
    position = line.one.registration.position
    return (position.title or line.part.labels(Job).get(position.job, position.job)) if position else ""


def dates(line: Line) -> str:
    """Return the days of the meetings at which the person was, in words."""
    return "; ".join(dict.fromkeys(wording.day(row.meeting.on) for row in there(line)))


def attended(line: Line) -> str:
    """Return "4 of 5", of the network's own meetings."""
    counts = {"attended": line.one.meetings_attended, "held": line.one.course.own_held}
    return _("%(attended)s of %(held)s") % counts


def groups(line: Line) -> str:
    """Return the working groups that the person is in now."""
    titles = {group.pk: group.title for group in line.part.groups}
    memberships = line.one.registration.group_memberships.all()
    mine = (one.working_group_id for one in memberships if one.left_at is None)
    return ", ".join(titles[key] for key in mine if key in titles)


def registration_status(line: Line) -> str:
    """Return where the person stands in the network."""
    return line.part.labels(Registration.Status)[line.one.registration.status]


def numbers(line: Line) -> str:
    """Return the numbers of the valid documents."""
    return ", ".join(document.number for document in line.one.documents.values())


def category(line: Line) -> str:
    """Return the category of the meeting's hours in words."""
    network, rule = line.one.course.network, line.one.course.rule
    if line.row and (words := parts_words(credit_of(line.row, network), rule)):
        return words
    return ", ".join(label_of(code, rule) for code, _minutes in parts_of(line.meeting, network) if code)


def network_category(line: Line) -> str:
    """Return the category of the network's hours."""
    network = line.one.course.network
    return label_of(network.pdp_category, line.one.course.rule) if network.pdp_category else ""


def group_title(line: Line) -> str:
    """Return the working group whose meeting it is."""
    return line.meeting.working_group.title if line.meeting.working_group else ""


def seen(line: Line) -> str:
    """Return whether the person was at the meeting, in words."""
    if line.row is None:
        return _("Not marked")
    return _("Presented") if line.row.presenting else line.part.labels(Seen)[line.row.status]


def known(line: Line) -> str:
    """Return the kinds of evidence."""
    labels = line.part.labels(Source)
    return ", ".join(labels[one] for one in line.row.stands_on or [line.row.source]) if line.row else ""


def marked(name: str) -> Reader:
    """Return what reads one fact of the attendance; nothing where it was not marked."""

    def read(line: Line) -> Cell:
        value: Cell = getattr(line.row, name) if line.row else None
        return value

    return read


def words_of(name: str) -> Reader:
    """Return what reads words of the attendance, which are empty where it was not marked."""
    return lambda line: str(getattr(line.row, name)) if line.row else ""


def number_column(kind: NumberKind) -> ExportColumn:
    """Return the column of one kind of educator number: text, which keeps its zeros."""
    return text(
        f"number_{kind.value}",
        kind.label,
        lambda line: line.part.numbers.get(line.one.person.pk, {}).get(kind.value, ""),
        P,
        16,
    )


NUMBER_COLUMNS = {kind.value: number_column(kind) for kind in NumberKind}
WORD_COLUMNS = [
    *NUMBER_COLUMNS.values(),
    text("job", lazy("Job"), job, W, 24),
    text("org_city", lazy("Town of the organization"), of_organization("city"), W),
    text("org_region", lazy("Region of the organization"), of_organization("region"), W),
    text("school_year", lazy("School year"), of_network("school_year"), N, 12),
    text("network_category", lazy("Category of the network"), network_category, N, 24),
    text("registration_status", lazy("Registration"), registration_status, N, 18),
    text("groups", lazy("Working groups"), groups, N, 28),
    text("meetings_attended", lazy("Meetings attended"), attended, C, 12),
    text("dates_attended", lazy("Dates attended"), dates, C, 40),
    text("hours_by_category", lazy("Hours by category"), lambda line: category_words(line.one.total), C, 40),
    text("hours_presented", lazy("Hours presented"), lambda line: presented_words(line.one.total), C, 30),
    text("document_numbers", lazy("Document numbers"), numbers, D, 30),
    text("missing", lazy("What's missing"), lambda line: line.one.reason, D, 50),
]
MEETING_COLUMNS = [
    ExportColumn("meeting_date", lazy("Date"), Kind.DAY, 12, lambda line: line.meeting.on, M),
    ExportColumn("begins", lazy("Begins"), Kind.TIME, 9, lambda line: line.meeting.start_time, M),
    ExportColumn("ends", lazy("Ends"), Kind.TIME, 9, lambda line: line.meeting.end_time, M),
    text("zone", lazy("Time zone"), lambda line: line.meeting.zone, M, 18),
    text("meeting", lazy("Meeting"), lambda line: line.meeting.title, M, 30),
    text("meeting_group", lazy("Working group"), group_title, M, 24),
    text("attendance", lazy("Attendance"), seen, M, 12),
    ExportColumn("arrived", lazy("Arrived"), Kind.TIME, 9, lambda line: line.clock_of("arrived_at"), M),
    ExportColumn("left", lazy("Left"), Kind.TIME, 9, lambda line: line.clock_of("left_at"), M),
    ExportColumn(
        "meeting_minutes_attended", lazy("Minutes attended"), Kind.NUMBER, 10, marked("minutes_attended"), M
    ),
    ExportColumn(
        "meeting_minutes_counted", lazy("Minutes counted"), Kind.NUMBER, 10, marked("minutes_counted"), M
    ),
    text("why", lazy("Why"), lambda line: line.reason, M, 34),
    text("how_known", lazy("How we know"), known, M, 22),
    text("marked_by", lazy("Marked by"), words_of("marked_by"), M, 24),
    ExportColumn(
        "minutes_made_up", lazy("Minutes made up for"), Kind.NUMBER, 10, marked("minutes_made_up"), M
    ),
    text("made_up_by", lazy("Make-up work approved by"), words_of("made_up_by"), M, 24),
    text("category", lazy("Category"), category, M, 24),
    text("place", lazy("Place of the meeting"), lambda line: place_of(line.meeting), M, 24),
]
