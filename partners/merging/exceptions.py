"""Every "no" of merging, a child of `partners.people.exceptions.PartnersRefused`.

PartnersRefused
├── ClaimRefused         a claim to an old address that can't be made or answered
└── MergeRefused         two that can't be made one, or a merge that can't be taken back
"""

from partners.people.exceptions import PartnersRefused


class ClaimRefused(PartnersRefused):
    """A claim to an old address can't be made, or can't be answered like that."""


class MergeRefused(PartnersRefused):
    """These two can't be made one, or a merge can't be taken back."""
