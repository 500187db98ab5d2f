"""What a network offers: the hours that can be earned, and the attendance rule in one sentence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_words import rule_sentence
from registrations.credit.domain.credits import Rule, Session, minutes_offered
from registrations.credit.domain.rules import as_rule
from registrations.models import CreditRule


@dataclass(frozen=True)
class CreditOffer:
    """The minutes that can be earned: in the network's own meetings, and the most that one group adds."""

    own_minutes: int
    group_minutes: int


def offer_of(sessions: Iterable[Session], rule: Rule) -> CreditOffer:
    """Add up what the sessions of one network count under ``rule`` for who is always there; minutes."""
    minutes: dict[int | None, int] = defaultdict(int)
    for session in sessions:
        minutes[session.group] += minutes_offered(session, rule)
    own = minutes.pop(None, 0)
    return CreditOffer(own, max(minutes.values(), default=0))


def attendance_sentence(network: Network, version: CreditRule | None) -> str:
    """Say in one sentence what attendance gives, and why too few hours give no points (docs/rules.md 2.1).

    While the network lacks what a certificate wants, the sentence speaks of hours of attendance alone.
    """
    if version is None or lacking(network, version):
        return _("Every hour that you attend is confirmed in writing, as hours of attendance.")
    return rule_sentence(as_rule(version))
