"""The schools of a partner that its contacts name when they write a need for one."""

from django.utils.translation import gettext as _

from partners.exchange.exceptions import ExchangeRefused
from partners.models import Organization, Sector
from partners.people.domain.organizations import save_new, tidy
from stemnet.plain_names import plain_name


def school_of(district: Organization, name: str) -> Organization:
    """Return the part of ``district`` with this name; where there is none, add it as a school.

    The district's row is held, so that two who name the same school add one. Raises ExchangeRefused where the
    name is that of another organization in the same town.
    """
    district = Organization.objects.select_for_update().get(pk=district.pk)
    name = tidy(name)
    known = Organization.objects.current().filter(plain_name=plain_name(name))
    school = known.filter(part_of=district).first()
    if school is not None:
        return school
    place = {"city": district.city, "state": district.state}
    if known.filter(**place).exists():
        raise ExchangeRefused(
            sentence=_(
                "“%(name)s” is already on our list, but not as one of yours. Ask a coordinator to link it."
            )
            % {"name": name}
        )
    school = Organization(
        name=name,
        sector=Sector.SCHOOL,
        region=district.region,
        part_of=district,
        **place,
    )
    school.full_clean(exclude=["slug"])
    save_new(school)
    return school
