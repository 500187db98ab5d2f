"""Every "no" of the way from suggested to partner."""

from partners.people.exceptions import PartnersRefused


class InvitationRefused(PartnersRefused):
    """An organization can't be suggested or invited that way; ``str()`` says why."""


class StageRefused(PartnersRefused):
    """An organization can't take this step on its way; ``str()`` says why."""


class MovedByAnother(StageRefused):
    """Somebody else has moved the organization since the page was opened."""
