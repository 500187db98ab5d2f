"""Every "no" of the way from suggested to partner, children of `partners.people.exceptions.PartnersRefused`.

PartnersRefused
├── InvitationRefused    an organization can't be suggested or invited that way
└── StageRefused         an organization can't take this step
    └── MovedByAnother   somebody else moved it since the page was opened
"""

from django.utils.translation import gettext as _

from partners.models import Organization
from partners.people.exceptions import PartnersRefused


class InvitationRefused(PartnersRefused):
    """An organization can't be suggested or invited that way."""


class StageRefused(PartnersRefused):
    """An organization can't take this step on its way."""


class MovedByAnother(StageRefused):
    """Somebody else, ``who``, has moved the organization since the page was opened."""

    def __init__(self, organization: Organization, *, who: str) -> None:
        sentence = _("%(who)s just moved %(name)s to “%(stage)s”. Check again before you move it.")
        words = {"who": who, "name": organization, "stage": organization.get_stage_display()}
        super().__init__(sentence=sentence % words)
