"""What a network still lacks before its hours can become points (rules.md 1.2)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import Network


def lacking_for_points(network: Network, *, needs_number: bool = True) -> list[Promise]:
    """Return the names of what is missing; empty when hours may be called points.

    ``needs_number`` says whether the rule wants the provider's number on the registry. Where the list is not
    empty, every page says "hours of attendance".
    """
    provider = network.provider
    holds = [
        (network.credit_code, _("credit rule")),
        (provider and provider.name, _("provider, as named on the registry")),
        (not needs_number or (provider and provider.number), _("the provider's number on the registry")),
        (network.pdp_topic, _("PDP topic")),
        (network.pdp_category, _("category")),
        (network.objectives, _("objectives")),
        (network.assessment, _("how learning is assessed")),
        (network.signatory_name, _("signatory")),
    ]
    return [name for value, name in holds if not value]
