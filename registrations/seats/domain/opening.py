"""Who can register before a network opens to everyone (docs/rules.md 4.10)."""

from datetime import datetime
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _

from meetings.models import Network
from partners.models import Organization, Person, Stage, local_day
from stemnet import wording


def opens_early(network: Network) -> bool:
    """Return whether people of partners can register before everyone else."""
    early, later = network.members_open_at, network.opens_at
    return early is not None and later is not None and early < later


def is_early(network: Network, person: Person | None, *, at: datetime) -> bool:
    """Return whether somebody can register although it isn't open to everyone; three queries at most."""
    early = network.members_open_at
    if person is None or early is None or early > at:
        return False
    return belongs_to_partner(person, at=at)


def belongs_to_partner(person: Person, *, at: datetime) -> bool:
    """Return whether somebody works at a partner, or proved an address at a partner's website."""
    partner = Q(organization__stage=Stage.PARTNER) | Q(organization__part_of__stage=Stage.PARTNER)
    if person.positions.staying(local_day(at)).filter(partner).exists():
        return True
    proved = person.emails.exclude(verified_at=None).values_list("address", flat=True)
    domains = {address.rpartition("@")[2] for address in proved}
    named = [Q(website__icontains=domain) for domain in domains]
    if not named:
        return False
    query = named[0]
    for one in named[1:]:
        query |= one
    sites = Organization.objects.partners().filter(query).values_list("website", flat=True)
    return any(domain_of(site) in domains for site in sites)


def domain_of(website: str) -> str:
    """Return the domain of a website without its "www."."""
    return (urlsplit(website).hostname or "").removeprefix("www.")


def opens_words(network: Network) -> str:
    """Say when it opens: to everyone, and before that to people of partners."""
    if network.opens_at is None:
        return ""
    said = {"moment": wording.moment(network.opens_at, network.zone)}
    words = _("Registration opens %(moment)s.") % said
    if network.members_open_at is None or not opens_early(network):
        return words
    early = _("People who work at a partner can sign in and register from %(moment)s.")
    return f"{words} {early % {'moment': wording.moment(network.members_open_at, network.zone)}}"
