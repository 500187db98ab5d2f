"""While a series is being planned: the hours it gives, and whether points can be reached at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from meetings.models import Meeting, Network
from partners.models import local_day
from registrations.credit.domain.awarding import lacking
from registrations.credit.domain.credit_offers import offer_of
from registrations.credit.domain.credit_words import minimum_hours_words
from registrations.credit.domain.credits import Rule, Session
from registrations.credit.domain.rules import rule_of
from registrations.models import CreditRule
from stemnet import wording


@dataclass
class Forecast:
    """What to tell the one who plans: minutes, warnings, and what points still lack.

    ``lengths`` are the minutes that each own meeting gives, the shortest first.
    """

    own_minutes: int
    group_minutes: int
    meetings: int
    lengths: tuple[int, ...] = ()
    warnings: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def minutes_with_group(self) -> int:
        """Return the most that one person can earn."""
        return self.own_minutes + self.group_minutes


def forecast(
    network: Network,
    sessions: Iterable[Session],
    *,
    code: str,
    today: date,
    meetings: Iterable[Meeting] | None = None,
) -> Forecast:
    """Work out what ``sessions`` give under the rule ``code``; ``meetings`` are those, if not saved yet."""
    sessions = list(sessions)
    own = [session for session in sessions if session.group is None]
    first = min((local_day(session.window[0], network.zone) for session in own), default=today)
    versions = CreditRule.objects.all()
    version = versions.kept_by(network, code) or versions.version_on(first, code) if code else None
    offer = offer_of(sessions, rule_of(network, version))
    found = Forecast(offer.own_minutes, offer.group_minutes, len(own), offer.own)
    if own and first < today:
        found.warnings.append(_("The first date has passed, so nobody can register anymore."))
    if version is not None:
        found.warnings += reach_warnings(found, rule_of(network, version))
        found.lacking = lacking(network, version, meetings=meetings)
        if version.wants_product and not network.requires_demonstration:
            found.warnings.append(
                _("The rule wants a demonstration of learning, and this network doesn't ask for one.")
            )
        if version.suspended:
            found.warnings.append(version.suspended)
    elif code:
        found.warnings.append(
            _("The rule %(code)s isn't in effect on %(day)s.") % {"code": code, "day": wording.day(first)}
        )
    return found


def reach_warnings(found: Forecast, rule: Rule) -> list[str]:
    """Say so where the dates cannot reach the rule's minimum (docs/rules.md 2.1)."""
    words = {
        "units": rule.unit_label_plural,
        "minimum": minimum_hours_words(rule),
        "most": wording.hours_phrase(found.minutes_with_group),
    }
    if not found.meetings:
        return []
    if found.own_minutes >= rule.minimum_minutes:
        return missing_warnings(found, rule)
    if found.minutes_with_group >= rule.minimum_minutes:
        return [
            _("Only with a working group can people reach the %(minimum)s that %(units)s require.") % words
        ]
    return [
        _(
            "These dates give %(most)s at most, and %(units)s start at %(minimum)s: nobody can earn any. "
            "Plan more or longer meetings, or choose no credit rule."
        )
        % words
    ]


def missing_warnings(found: Forecast, rule: Rule) -> list[str]:
    """Say so where whoever misses one meeting cannot reach the minimum any more, though the dates can."""
    spare = found.own_minutes - rule.minimum_minutes
    needed = [minutes for minutes in found.lengths if minutes > spare]
    if not needed or len(found.lengths) < 2:
        return []
    words = {
        "number": len(found.lengths),
        "units": rule.unit_label_plural,
        "minimum": minimum_hours_words(rule),
    }
    if len(needed) < len(found.lengths):
        missed = _("Anyone who misses one of the longer meetings")
    elif len(found.lengths) == 2:
        missed = _("Anyone who misses one of the two meetings")
    else:
        missed = _("Anyone who misses even one of the %(number)d meetings") % words
    words["missed"] = missed
    if found.group_minutes >= max(needed) - spare:
        return [
            _("%(missed)s reaches the %(minimum)s that %(units)s require only with a working group.") % words
        ]
    return [
        _(
            "%(missed)s falls short of the %(minimum)s that %(units)s require. Plan one more "
            "meeting, or longer ones."
        )
        % words
    ]
