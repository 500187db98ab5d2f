"""What the page says before somebody's data is deleted: what goes, what stays and why, what is in the way."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Partnership, Person, Signature, known_partnership
from partners.people.domain.deletion import Block, blocked_by
from registrations.models import Document
from registrations.records.domain.giving_up import titles_ahead


@dataclass(frozen=True)
class Before:
    """What will become of somebody's rows."""

    person: Person
    seats: list[str]
    stays: list[str]
    blocks: list[Block]
    ask: Partnership | None


def before_deletion(person: Person, *, at: datetime) -> Before:
    """Return what a deletion of ``person`` would do now."""
    return Before(
        person, titles_ahead(person, at=at), _stays(person), blocked_by(person, at=at), known_partnership()
    )


def _stays(person: Person) -> list[str]:
    """Return what is kept, and why; the rest goes."""
    documents = Document.objects.filter(person=person).count()
    addresses = person.emails.values("address")
    signatures = Signature.objects.signed().filter(signatory_email__in=addresses).count()
    words = []
    if documents:
        words.append(
            ngettext(
                "%(n)s document that was issued, with the name and hours printed on it, so that a school can "
                "still check it by its code.",
                "%(n)s documents that were issued, with the name and hours printed on them, so that a school "
                "can still check them by their codes.",
                documents,
            )
            % {"n": documents}
        )
    if signatures:
        words.append(
            ngettext(
                "%(n)s signature under the MOU, because it binds the partner.",
                "%(n)s signatures under the MOU, because they bind the partner.",
                signatures,
            )
            % {"n": signatures}
        )
    return [
        *words,
        _("Attendance and jobs without a name, because the figures of the networks count them."),
        _("Minutes, messages and agreements that other people wrote, as they wrote them."),
        _("Anonymous evaluation answers: nobody knows which ones they are."),
    ]
