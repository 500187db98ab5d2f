"""What decides how the hours of a network count; whoever counts them hears when it changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from meetings.models import Meeting, Network, WorkingGroup
from meetings.planning.signals import counting_changed

RULE = ("credit_code", "breaks_count", "pdp_category", "requires_demonstration")
CERTIFICATE = ("provider", "pdp_topic", "objectives", "assessment", "signatory_name", "signatory_title")


class Facts(NamedTuple):
    """What is stored and decides: of the network, of each of its groups and of each meeting, by key."""

    rule: dict[str, Any]
    certificate: dict[str, Any]
    groups: dict[int, tuple[Any, ...]]
    meetings: dict[int, tuple[Any, ...]]
    titles: dict[int, str]


@contextmanager
def watched(network: Network | None, *, at: datetime) -> Iterator[None]:
    """Tell of ``network`` where its hours count otherwise after what is done inside."""
    if network is None or network.pk is None:
        yield
        return
    before = facts(network)
    yield
    because = what_changed(before, facts(network))
    if because:
        counting_changed.send(sender=Network, network=network, because=because, at=at)


def facts(network: Network) -> Facts:
    """Return what is stored of ``network``; a constant number of queries."""
    columns = Network.objects.values(*RULE, *CERTIFICATE).get(pk=network.pk)
    meetings = list(network.meetings.prefetch_related("breaks"))
    groups = list(network.working_groups.all())
    return Facts(
        rule={name: columns[name] for name in RULE},
        certificate={name: columns[name] for name in CERTIFICATE},
        groups={group.pk: facts_of_group(group) for group in groups},
        meetings={meeting.pk: facts_of(meeting) for meeting in meetings},
        titles={one.pk: one.title for one in meetings},
    )


def facts_of(meeting: Meeting) -> tuple[Any, ...]:
    """Return what of one meeting decides."""
    breaks = [(one.start_time, one.minutes) for one in meeting.breaks.all()]
    time = meeting.starts_at, meeting.ends_at, meeting.status
    return *time, meeting.counts, meeting.category, meeting.category_minutes, breaks, meeting.working_group_id


def facts_of_group(group: WorkingGroup) -> tuple[Any, ...]:
    """Return what of one working group decides, its title first."""
    return group.title, group.same_topic, group.category, group.other_topic


def what_changed(before: Facts, after: Facts) -> str:
    """Say in half a sentence what is not as it was; nothing where all is."""
    changed = [
        *rule_changes(before, after),
        *group_changes(before, after),
        *meeting_changes(before, after),
        *([_("What certificates say was changed")] if before.certificate != after.certificate else []),
    ]
    if len(changed) > 1:
        return _("%(first)s, along with other changes to the network") % {"first": changed[0]}
    return changed[0] if changed else ""


def rule_changes(before: Facts, after: Facts) -> list[str]:
    """Say what of the network's rule changed."""
    words = {
        "credit_code": _("The credit rule of the network was changed"),
        "breaks_count": _("Whether breaks count was changed"),
        "pdp_category": _("The category of the network's points was changed"),
        "requires_demonstration": _("Whether a demonstration of learning is required was changed"),
    }
    return [words[name] for name in RULE if before.rule[name] != after.rule[name]]


def group_changes(before: Facts, after: Facts) -> list[str]:
    """Say which working groups changed their topic or category; a new title changes no hours."""
    found = []
    for key, new in after.groups.items():
        title, same_topic, category, topic = new
        _title, old_same_topic, old_category, old_topic = before.groups.get(key, new)
        if old_same_topic and not same_topic:
            found.append(_("The group “%(group)s” is no longer on the network's topic") % {"group": title})
        elif same_topic and not old_same_topic:
            found.append(_("The group “%(group)s” is now on the network's topic") % {"group": title})
        elif category != old_category:
            found.append(_("The category of the group “%(group)s” was changed") % {"group": title})
        elif topic != old_topic:
            found.append(_("The topic of the group “%(group)s” was changed") % {"group": title})
    return found


def meeting_changes(before: Facts, after: Facts) -> list[str]:
    """Say which meetings changed, came or went."""
    keys = list({**before.meetings, **after.meetings})
    titles = {**before.titles, **after.titles}
    return [
        _("The times, breaks or categories of “%(meeting)s” were changed") % {"meeting": titles[key]}
        for key in keys
        if before.meetings.get(key) != after.meetings.get(key)
    ]
