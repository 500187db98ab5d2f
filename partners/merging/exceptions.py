"""Every "no" of merging."""

from partners.people.exceptions import PartnersRefused


class MergeRefused(PartnersRefused):
    """These two can't be made one, or a merge can't be taken back; ``str()`` says why."""
