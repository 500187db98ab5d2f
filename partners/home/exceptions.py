"""Every "no" of a partner's own pages, a child of `partners.people.exceptions.PartnersRefused`.

PartnersRefused
└── RemarkRefused        a remark on a year in review is empty, or comes too early
"""

from partners.people.exceptions import PartnersRefused


class RemarkRefused(PartnersRefused):
    """This remark can't stand beside a year in review, or not yet."""
