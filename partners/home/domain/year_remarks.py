"""Remarks on a partner's year in review: the partner speaks first, then the coordinators may."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from partners.home import emails as letters
from partners.home.exceptions import RemarkRefused
from partners.models import Organization, Person, YearRemark
from stemnet import jobs
from stemnet.telling import tell


@jobs.finishing()
@transaction.atomic
def remark(organization: Organization, *, year: int, text: str, by: Person, at: datetime) -> YearRemark:
    """Write a remark on a year, and tell the other side.

    Raises RemarkRefused for an empty one, or before the partner spoke.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if not text.strip():
        raise RemarkRefused(sentence=_("Type a remark."))
    by_partner = speaks_for(organization, by)
    rows = YearRemark.objects.filter(organization=organization, year=year)
    if not by_partner and not rows.filter(by_partner=True).exists():
        raise RemarkRefused(sentence=_("The partner comments first. Then you can add yours."))
    row = YearRemark(
        organization=organization, year=year, text=text.strip(), by=by, by_partner=by_partner, at=at
    )
    row.full_clean(exclude=["organization", "by"])
    row.save()
    tell(letters.remarked, row, at=at)
    return row


def speaks_for(organization: Organization, person: Person) -> bool:
    """Return whether this person is a contact of the partner, whose remark comes first."""
    return Organization.objects.spoken_for_by(person).filter(pk=organization.pk).exists()
