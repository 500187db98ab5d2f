"""What a person has in networks: registrations with what counted at each meeting, and documents."""

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.models import local_day
from registrations.learning.pages.learning_progress import total_line
from registrations.learning.pages.learning_rows import OwnNetwork, Row, studies_among
from registrations.models import Document, Registration
from registrations.models.seats.registration import RegistrationQuerySet
from registrations.records.pages.lines import Line, Look, Section, by_year, day_of, section
from stemnet import wording

KINDS = {Document.Status.VALID: "ok", Document.Status.REVOKED: "bad"}


def registrations_of(look: Look) -> RegistrationQuerySet:
    """Return the registrations of somebody that the asker sees."""
    mine = Registration.objects.filter(person=look.person)
    return mine if look.sees_all else mine.filter(network__in=look.networks)


def studies_of(look: Look) -> list[OwnNetwork]:
    """Return the networks of somebody that the asker sees, with every meeting that concerned them."""
    mine = registrations_of(look).select_related("position__organization")
    return studies_among(mine.order_by("network_id", "pk"), at=look.at)


def networks(look: Look, studies: list[OwnNetwork]) -> Section:
    """Return a line a network: where they stand, what counted in all, and at each meeting."""
    lines = ((study.network.school_year, _network(look, study)) for study in studies)
    return by_year("networks", _("Networks, attendance and hours"), lines)


def documents(look: Look) -> Section:
    """Return the documents that were issued to them, whatever became of each."""
    rows = Document.objects.filter(person=look.person).select_related("network")
    if not look.sees_all:
        rows = rows.filter(network__in=look.networks)
    page = "document" if look.is_own else "staff_document"
    return section(
        "documents",
        _("Documents"),
        [
            Line(
                on=day_of(row.issued_at),
                title=str(row),
                url=reverse(page, args=[row.uid]),
                text=_("%(network)s, code %(code)s") % {"network": row.network, "code": row.printed_code},
                kind=KINDS.get(Document.Status(row.status), ""),
                tag=row.get_status_display(),
            )
            for row in rows.order_by("-issued_at", "-pk")
        ],
    )


def _network(look: Look, study: OwnNetwork) -> Line:
    """Return the line of one network, with a line a meeting."""
    one, (kind, words) = study.registration, study.tag
    page = ("learning_network", [study.network.slug])
    if not look.is_own:
        page = ("staff_person", [study.network.slug, str(one.uid)])
    asked = _("Asked on %(day)s") % {"day": wording.day(local_day(one.requested_at))}
    facts = [
        str(one.position or ""),
        asked,
        _("Number %(place)s in line") % {"place": study.place} if study.place else "",
        total_line(study) if study.attendances else "",
    ]
    return Line(
        on=day_of(one.requested_at),
        says_day=True,
        title=study.network.title,
        url=reverse(page[0], args=page[1]),
        text=". ".join(filter(None, facts)),
        kind=kind,
        tag=words,
        more=tuple(_meeting(row) for row in study.rows),
    )


def _meeting(row: Row) -> Line:
    """Return what counted at one meeting, and how we know."""
    kind, words = row.tag
    hours = _("%(hours)s hours") % {"hours": row.hours} if row.attendance else ""
    return Line(
        on=row.meeting.on,
        title=row.title,
        url=reverse("meeting", args=[row.meeting.uid]),
        text=". ".join(filter(None, [hours, row.note])),
        kind=kind,
        tag=words,
    )
