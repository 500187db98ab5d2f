"""Every "no" of a partner's own pages."""

from partners.people.exceptions import PartnersRefused


class RemarkRefused(PartnersRefused):
    """This remark can't stand beside a year in review, or not yet."""
