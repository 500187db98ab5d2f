"""The e-mails about a partner's year in review."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from partners.models import Person, YearRemark, local_day, writers_of
from partners.people.emails import WORDS, to_each
from partners.people.emails.places import ORGANIZATION, TOLD, WHO, YEAR
from partners.people.emails.why import answers_for, coordinates
from stemnet import wording
from stemnet.outbox.worded import OwnMail, add
from stemnet.telling import afterwards


@afterwards
def remarked(remark: YearRemark, *, at: datetime) -> None:
    """Tell the coordinators of a partner's remark on its year, and the partner of theirs."""
    organization, by_partner = remark.organization, remark.by_partner
    writers = writers_of(organization, on=local_day(at))
    readers = Person.objects.coordinators() if by_partner else writers
    values = {"who": remark.by, "organization": organization, "year": wording.school_year(remark.year)}
    to_each(
        readers.exclude(pk=remark.by_id),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("%(who)s commented on the %(year)s review of %(organization)s") % values,
            "lines": [_("%(who)s commented on the year in review of %(organization)s, %(year)s:") % values],
            "quote": remark.text,
            "action": _("Open the year in review"),
            "url": reverse("year_review", args=[organization.slug, remark.year]),
            "why": coordinates() if by_partner else answers_for(organization),
        },
        key=f"year_remark:{remark.pk}",
        at=at,
    )


def add_mails() -> None:
    """Let the partnership word it."""
    add(
        OwnMail(
            "year_remark",
            lazy("A comment on a year in review"),
            lazy("People and addresses"),
            WORDS,
            (*TOLD, WHO, ORGANIZATION, YEAR),
            subject=lazy("%(who)s commented on the %(year)s review of %(organization)s"),
            line=lazy("%(who)s commented on the year in review of %(organization)s, %(year)s:"),
        )
    )
