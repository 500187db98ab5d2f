"""Whether a network can award units, and what it lacks for that (docs/rules.md 2.3)."""

from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.models import CreditRule


def lacking(network: Network, version: CreditRule | None) -> list[str]:
    """Return in words what ``network`` lacks to award units by ``version``; an empty list when it can."""
    if version is None:
        return [_("a credit rule")]
    provider = network.provider
    needs = [
        (_("the provider"), provider),
        (_("the provider's number"), not version.require_provider_number or (provider and provider.number)),
        (_("the %(label)s topic") % {"label": version.unit_label}, network.pdp_topic),
        (_("the category"), network.pdp_category),
        (_("the objectives"), network.objectives),
        (_("how learning is assessed"), network.assessment),
        (_("the signatory"), network.signatory_name and network.signatory_title),
    ]
    return [words for words, there in needs if not there]
