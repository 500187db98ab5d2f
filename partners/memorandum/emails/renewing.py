"""The e-mail to the coordinators that says whether a partner means to renew."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.memorandum.emails import why
from partners.memorandum.emails.mou import concerned
from partners.models import MouRole, Person
from partners.people.emails import WORDS, to_each
from stemnet import wording
from stemnet.telling import afterwards


@afterwards
def said(role: MouRole, *, renews: bool, last: date, note: str, by: Person, at: datetime) -> None:
    """Tell the coordinators and the partner's other contacts what was said."""
    values = {"organization": role.organization, "mou": role.mou, "who": by}

    def words() -> dict[str, object]:
        plans = _("%(organization)s plans to renew %(mou)s")
        ends = _("%(organization)s doesn't plan to renew %(mou)s")
        line = _("%(who)s said so. What %(organization)s signed ends on %(day)s.")
        return {
            "filled": values,
            "subject": (plans if renews else ends) % values,
            "lines": [line % {**values, "day": wording.day(last)}],
            "quote": note,
            "action": _("See who renews"),
            "url": reverse("mou_term", args=[role.mou.slug]),
            "why": why.coordinates_or_writes_part(str(role.organization)),
        }

    people = [person for person in concerned(role) if person.pk != by.pk]
    key = f"mou_renews:{role.mou.slug}:{role.organization.slug}:{at.isoformat()}"
    to_each(people, WORDS, words, key=key, at=at)
