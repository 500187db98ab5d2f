"""What the list and the page of a resource show: its card, its icon, from whom and where it was tried."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.models import Resource, Trial
from stemnet.file_kinds import KINDS

ICONS = {
    "task": "file-earmark-check",
    "lesson": "journal-text",
    "unit": "list",
    "video": "camera-video",
    "data": "table",
    "simulation": "sliders",
    "program": "people",
    "tool": "list-check",
    "strategy": "signpost",
}
NAMED = 3  # districts that a card names


@dataclass(frozen=True)
class Card:
    """A resource as the list shows it."""

    resource: Resource
    icon: str
    about: str
    grades: list[str]
    chips: list[str]
    tried: str
    source: str


def with_lists(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Fetch what cards show, five statements for any number."""
    trials = Trial.objects.select_related("organization").order_by("-on", "-pk")
    return resources.select_related("organization", "material__meeting").prefetch_related(
        "grades", "subjects", "standards", Prefetch("trials", queryset=trials)
    )


def card(resource: Resource) -> Card:
    """Return the card of a resource of `with_lists`."""
    strands = dict.fromkeys(one.strand for one in resource.standards.all())
    return Card(
        resource=resource,
        icon=ICONS.get(resource.kind, "info-circle"),
        about=about(resource),
        grades=[str(one) for one in sorted(resource.grades.all(), key=lambda one: one.pk)],
        chips=[*strands, *(str(one) for one in resource.subjects.all())],
        tried=tried(resource),
        source=source_of(resource),
    )


def about(resource: Resource) -> str:
    """Return what it is, how long, and as which file, such as "Task, 2 pages, PDF, 1.1 MB"."""
    parts = [resource.get_kind_display(), resource.extent]
    if resource.file_name:
        kind = KINDS.get(resource.file_name.rpartition(".")[2].lower())
        parts += [str(kind.words) if kind else "", filesizeformat(resource.file_size)]
    return ", ".join(part for part in parts if part)


def tried(resource: Resource) -> str:
    """Say where it was tried: the districts by name where they are few; nothing of one that nobody tried."""
    places = list(dict.fromkeys(str(one.organization) for one in resource.trials.all()))
    if not places:
        return ""
    if len(places) <= NAMED:
        return _("Tried at %(places)s") % {"places": _list(places)}
    return ngettext("Tried at %(n)s organization", "Tried at %(n)s organizations", len(places)) % {
        "n": len(places)
    }


def source_of(resource: Resource) -> str:
    """Say who shared it: an organization, or some meeting, which may not be public."""
    if resource.organization:
        return _("Shared by %(who)s") % {"who": resource.organization}
    if resource.material:
        return _("From a meeting of the partnership")
    return ""


def _list(names: Iterable[str]) -> str:
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
