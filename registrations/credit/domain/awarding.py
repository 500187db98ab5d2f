"""Whether a network can award units, and what it lacks for that (docs/rules.md 2.3)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Meeting, Modality, Network
from partners.models import Provider
from registrations.models import CreditRule
from stemnet import wording


def lacking(
    network: Network, version: CreditRule | None, *, meetings: Iterable[Meeting] | None = None
) -> list[str]:
    """Return in words what ``network`` lacks to award units by ``version``; an empty list when it can.

    ``meetings`` are those that are only typed yet. Those stored are read where the rule or the provider asks
    for something of them: see `asks_of_meetings`.
    """
    if version is None:
        return [_("a credit rule")]
    provider = network.provider
    needs = [
        (_("the provider"), provider),
        (_("the provider's number"), not version.require_provider_number or (provider and provider.number)),
        (_("the %(label)s topic") % {"label": version.unit_label}, network.pdp_topic),
        (_("the category"), is_category(network.pdp_category, version)),
        (_("the objectives"), network.objectives),
        (_("how learning is assessed"), network.assessment),
        (_("the signatory"), network.signatory_name and network.signatory_title),
    ]
    lacks = [words for words, there in needs if not there]
    if not asks_of_meetings(network, version):
        return lacks
    planned = stored_meetings(network) if meetings is None else meetings
    counting = [meeting for meeting in planned if meeting.counts and not meeting.is_cancelled]
    return [*lacks, *of_meetings(counting, version, provider)]


def is_category(code: str, version: CreditRule) -> bool:
    """Return whether a category will do under ``version``: one of its own, or none where it wants none."""
    codes = [known for known, _label in version.categories]
    if not codes:
        return True
    return code in codes if code else not version.require_category


def asks_of_meetings(network: Network, version: CreditRule | None) -> bool:
    """Return whether what is lacking depends on the meetings of ``network``."""
    provider = network.provider
    dated = provider is not None and bool(provider.valid_from or provider.valid_to)
    return version is not None and (dated or version.require_place or version.hours_by_category)


def stored_meetings(network: Network) -> Iterable[Meeting]:
    """Return the meetings of ``network`` with their groups; those that were fetched with it, if any."""
    if "meetings" in getattr(network, "_prefetched_objects_cache", {}):
        return network.meetings.all()
    return network.meetings.select_related("working_group") if network.pk else []


def of_meetings(meetings: Iterable[Meeting], version: CreditRule, provider: Provider | None) -> list[str]:
    """Return what the meetings whose hours count lack: a place, a category of the rule, the approval."""
    meetings = sorted(meetings, key=lambda one: one.starts_at)
    nowhere = [one for one in meetings if version.require_place and not has_place(one)]
    uncounted = [one for one in meetings if version.hours_by_category and not has_categories(one, version)]
    outside = [one for one in meetings if provider is not None and not provider.is_valid_on(one.on)]
    found = []
    if nowhere:
        found.append(_("the place of %(meetings)s") % {"meetings": names(nowhere)})
    if uncounted:
        found.append(_("a category of the rule for %(meetings)s") % {"meetings": names(uncounted)})
    if outside and provider is not None:
        words = {"meetings": names(outside), "dates": provider.valid_words}
        found.append(_("the provider's approval for %(meetings)s (it is valid %(dates)s)") % words)
    return found


def names(meetings: list[Meeting]) -> str:
    """Return "“Opening” on Wed, Oct 14, 2020 and 2 more"."""
    first = _("“%(title)s” on %(day)s") % {"title": meetings[0].title, "day": wording.day(meetings[0].on)}
    more = len(meetings) - 1
    if not more:
        return first
    return ngettext("%(first)s and %(number)s more", "%(first)s and %(number)s more", more) % {
        "first": first,
        "number": more,
    }


def has_place(meeting: Meeting) -> bool:
    """Return whether it is known where a meeting is; online is a place, too."""
    return meeting.modality == Modality.ONLINE or bool(meeting.venue)


def has_categories(meeting: Meeting, version: CreditRule) -> bool:
    """Return whether what a meeting says of the categories of its hours is so under ``version``."""
    group = meeting.working_group
    own = meeting.category or (group.category if group else "")
    codes = {known for known, _label in version.categories}
    said = {code for code, _minutes in meeting.category_minutes} or {own} - {""}
    return not codes or said <= codes
