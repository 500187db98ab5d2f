"""What a network offers: the hours that can be earned, and the attendance rule in one sentence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from meetings.models import Network
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_words import rule_sentence
from registrations.credit.domain.credits import MeetingCredit, Rule, Session, count_meeting
from registrations.credit.domain.intervals import Interval, subtract
from registrations.credit.domain.rules import rule_of
from registrations.models import CreditRule

REMEMBERED = 500  # offers


@dataclass(frozen=True)
class CreditOffer:
    """The minutes that can be earned: in the network's own meetings, and the most that one group adds.

    ``own`` are the minutes of each own meeting that gives any, the shortest first.
    """

    own_minutes: int
    group_minutes: int
    own: tuple[int, ...] = ()


def minutes_given(sessions: Iterable[Session], rule: Rule) -> list[int]:
    """Return what each of ``sessions`` gives under ``rule`` to one person who is at all of them, in minutes.

    This is what may be promised of a meeting: nothing where the rule, its group's topic or the network says
    so, and no minute twice.
    """
    return [int(credit.minutes_counted) for credit in credits_given(sessions, rule)]


def credits_given(sessions: Iterable[Session], rule: Rule) -> list[MeetingCredit]:
    """Return the same as credits, in the order of ``sessions``."""
    found: dict[int, MeetingCredit] = {}
    taken: list[Interval] = []
    for number, session in sorted(enumerate(sessions), key=lambda one: one[1].window):
        found[number] = credit = count_meeting(session, [session.window], rule, elsewhere=taken)
        if credit.minutes_counted:
            taken += subtract([session.window], session.pauses(rule))
    return [found[number] for number in sorted(found)]


def offer_of(sessions: Iterable[Session], rule: Rule) -> CreditOffer:
    """Add up what the sessions of one network give under ``rule`` to who is always there; minutes."""
    return _added_up(tuple(sessions), rule)


@lru_cache(maxsize=REMEMBERED)  # half of the work of a list of networks, and the same sum each time
def _added_up(sessions: tuple[Session, ...], rule: Rule) -> CreditOffer:
    of_group: dict[int | None, list[Session]] = defaultdict(list)
    for session in sessions:
        of_group[session.group].append(session)
    own = of_group.pop(None, [])
    given = minutes_given(own, rule)
    own_minutes = sum(given)
    with_group = [sum(minutes_given([*own, *more], rule)) for more in of_group.values()]
    most = max(with_group, default=own_minutes)
    return CreditOffer(own_minutes, most - own_minutes, tuple(sorted(filter(None, given))))


def attendance_sentence(network: Network, version: CreditRule | None) -> str:
    """Say in one sentence what attendance gives, and why too few hours give no points (docs/rules.md 2.1).

    While the network lacks what a certificate wants, the sentence speaks of hours of attendance alone.
    """
    if version is None or lacking(network, version):
        return _("Every hour that you attend is confirmed in writing, as hours of attendance.")
    return rule_sentence(rule_of(network, version))
