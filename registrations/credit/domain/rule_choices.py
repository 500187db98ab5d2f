"""The credit rules as the page of a network offers them, and every category that one of them has."""

from meetings.models import Network
from meetings.planning.domain.categories import Choices
from meetings.planning.forms.rule_choices import RuleChoice
from registrations.models import CreditRule


def choices_for(network: Network | None) -> list[RuleChoice]:
    """Return each rule by the version that ``network`` goes by, and the newest of those that it does not."""
    versions = CreditRule.objects.known_now()
    newest = versions.newest()
    own = versions.version_for(network) if network else None
    if own is not None:
        newest[own.code] = own
    return [choice_of(version) for version in newest.values()]


def choice_of(version: CreditRule) -> RuleChoice:
    """Return one version as the page of a network offers it."""
    return RuleChoice(
        code=version.code,
        name=version.name,
        categories=[(code, label) for code, label in version.categories],
        by_category=version.hours_by_category,
        breaks_by_choice=version.breaks_by_choice,
        breaks_count=version.count_breaks,
        wants_product=version.wants_product,
    )


def every_category() -> Choices:
    """Return every category that a version of a rule has."""
    return [(code, label) for rule in CreditRule.objects.all() for code, label in rule.categories]
