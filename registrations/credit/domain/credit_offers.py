"""What a network offers: the hours that can be earned, and the attendance rule in one sentence."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_words import hours_words, number_words
from registrations.credit.domain.credits import Rule
from registrations.credit.domain.rules import plain, version_for


@dataclass(frozen=True)
class Offer:
    """The minutes that can be earned: in the network's own meetings, and the most that one group adds."""

    own_minutes: int
    group_minutes: int


def offer_of(meetings: Iterable[Meeting]) -> Offer:
    """Add up the standing meetings of one network whose hours count; minutes."""
    own = 0
    groups: dict[int, int] = defaultdict(int)
    for meeting in meetings:
        if meeting.is_cancelled or not meeting.counts:
            continue
        if meeting.working_group_id is None:
            own += meeting.minutes
        else:
            groups[meeting.working_group_id] += meeting.minutes
    return Offer(own, max(groups.values(), default=0))


def attendance_sentence(network: Network) -> str:
    """Say in one sentence what attendance gives, and why too few hours give no points (docs/rules.md 2.1).

    While the network lacks what a certificate wants, the sentence speaks of hours of attendance alone.
    """
    version = version_for(network)
    if version is None or lacking(network, version):
        return _("Every hour that you attend is confirmed in writing, as hours of attendance.")
    return rule_sentence(plain(version))


def rule_sentence(rule: Rule) -> str:
    """Say in one sentence what an hour is worth and where points begin."""
    words = {
        "length": _("One hour") if rule.minutes_per_unit == 60 else hours_words(rule.minutes_per_unit // 60),
        "unit": rule.unit_label,
        "units": rule.unit_label_plural,
        "minimum": number_words(rule.minimum),
    }
    if not rule.minimum:
        return _("%(length)s of attendance is one %(unit)s, from the first hour on.") % words
    if rule.minimum_basis == "units":
        return _("%(length)s of attendance are one %(unit)s, and %(units)s begin at %(minimum)s.") % words
    return (
        _(
            "%(length)s of attendance is one %(unit)s, but only from %(minimum)s hours on one topic: the "
            "state gives no %(units)s for fewer, so fewer than %(minimum)s hours are confirmed as hours of "
            "attendance."
        )
        % words
    )
