"""Every "no" of merging, a child of `partners.people.exceptions.PartnersRefused`.

PartnersRefused
└── MergeRefused         two that can't be made one, or a merge that can't be taken back
"""

from partners.people.exceptions import PartnersRefused


class MergeRefused(PartnersRefused):
    """These two can't be made one, or a merge can't be taken back."""
