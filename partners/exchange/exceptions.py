"""Every "no" of the exchange: needs, contributions, matches."""

from partners.people.exceptions import PartnersRefused


class ExchangeRefused(PartnersRefused):
    """A need, contribution or match can't be changed that way; ``str()`` says why."""
