"""Which educator numbers somebody is asked for first: those of the credit rules of their networks."""

from partners.models import Person
from registrations.models import CreditRule


def kinds_of_rules(person: Person) -> set[str]:
    """Return the codes that the rules name of the networks that ``person`` is in; two statements."""
    mine = person.registrations.live().select_related("network").prefetch_related("network__meetings")
    rules = CreditRule.objects.known_now()
    versions = [rules.version_for(registration.network) for registration in mine]
    return {version.educator_number for version in versions if version and version.educator_number}
