"""Every "no" of needs, contributions and matches, a child of `partners.people.exceptions.PartnersRefused`.

PartnersRefused
└── ExchangeRefused      a need, contribution or match that can't be changed that way
"""

from partners.people.exceptions import PartnersRefused


class ExchangeRefused(PartnersRefused):
    """A need, contribution or match can't be changed that way."""
