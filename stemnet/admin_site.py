"""The admin as a place to work: its lists by task, what waits in each, and what somebody did there lately."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.models import LogEntry
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

Words = str | Promise
LATELY = 6
ADD = "add"


@dataclass(frozen=True)
class Task:
    """A task of coordinators: its lists stand together on the index and in the head of every page."""

    key: str
    label: Words
    short: Words
    icon: str


TASKS = (
    Task("partners", _("Partners"), _("Partners"), icon="buildings"),
    Task("memorandum", _("Memorandum"), _("Memorandum"), icon="file-earmark-text"),
    Task("networks", _("Networks and meetings"), _("Networks"), icon="calendar3"),
    Task("people", _("People and registrations"), _("People"), icon="people"),
    Task("records", _("Records"), _("Records"), icon="patch-check"),
    Task("mail", _("Mail"), _("Mail"), icon="envelope"),
    Task("setup", _("Set-up"), _("Set-up"), icon="sliders"),
)


@dataclass(frozen=True)
class Waiting:
    """A number that opens the list behind it; ``words`` without the number."""

    number: int
    words: str
    url: str


@dataclass
class ListLine:
    """One list on the index: how many rows it has, what waits there, and where one adds to it."""

    label: str
    url: str
    add_url: str
    add_label: str
    total: int = 0
    tags: list[Waiting] = field(default_factory=list)
    figures: list[Waiting] = field(default_factory=list)
    links: list[Waiting] = field(default_factory=list)


@dataclass
class Card:
    """One task on the index, with its lists."""

    task: Task
    lists: list[ListLine] = field(default_factory=list)

    @property
    def links(self) -> list[Waiting]:
        """Return the choices that are used most, of all its lists."""
        return [link for line in self.lists for link in line.links if link.number]

    @property
    def adding(self) -> ListLine | None:
        """Return the list whose rows are added most, where one may add to it."""
        return next((line for line in self.lists if line.add_url), None)


class PickView(AutocompleteJsonView):
    """The rows that a field offers: for who may see their list, or write what they are for."""

    def has_perm(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether somebody may choose among the rows."""
        writes = self.source_field.model._meta
        may_write = f"{writes.app_label}.{get_permission_codename('change', writes)}"
        return super().has_perm(request, obj) or bool(request.user.has_perm(may_write))


class WorkSite(AdminSite):
    """Django's admin, by task instead of by app."""

    enable_nav_sidebar = False

    def autocomplete_view(self, request: HttpRequest) -> Any:
        """Offer rows to choose from, such as people for a team to staff whose task are networks."""
        return PickView.as_view(admin_site=self)(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the tasks of the head, each leading to its first list."""
        context = super().each_context(request)
        context["tasks"] = self.tasks_of(request) if context["has_permission"] else []
        return context

    def get_app_list(self, request: HttpRequest, app_label: Any = None) -> list[Any]:
        """Return nothing: lists stand by task, and Django would ask for the rights to each on every page."""
        return []

    def lists(self, request: HttpRequest) -> list[tuple[Task, list[Any]]]:
        """Return the tasks that the asker has lists of, each with its model admins in order."""
        seen = [one for one in self._registry.values() if one.has_view_permission(request)]
        known = {task.key for task in TASKS}
        found: list[tuple[Task, list[Any]]] = []
        for task in TASKS:
            here = [one for one in seen if _task_of(one, known) == task.key]
            if here:
                found.append((task, sorted(here, key=lambda one: (getattr(one, "place", 50), str(one.opts)))))
        return found

    def tasks_of(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return what the head shows of each task: its words, its lists, and whether one is there."""
        shown = []
        for task, admins in self.lists(request):
            lists = [(list_name(one), _list_url(one)) for one in admins]
            here = any(request.path.startswith(url) for _name, url in lists)
            shown.append({"task": task, "lists": lists, "url": lists[0][1], "here": here})
        return shown

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show what waits, every list by task, and what one did lately; one query a list."""
        at = timezone.now()
        cards = [
            Card(task, [line_of(one, request, at=at) for one in admins])
            for task, admins in self.lists(request)
        ]
        figures = [one for card in cards for line in card.lists for one in line.figures]
        context = {
            **self.each_context(request),
            "title": _("What is waiting"),
            "cards": cards,
            "figures": [one for one in figures if one.number],
            "lately": lately(request.user),
            "today": at,
            **(extra_context or {}),
        }
        request.current_app = self.name
        return TemplateResponse(request, self.index_template or "admin/index.html", context)

    def app_index(  # type: ignore[override]  # Django renders a page there
        self, request: HttpRequest, app_label: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the index, where lists stand by task. Raises PermissionDenied where there are none."""
        if not any(one.opts.app_label == app_label for _task, here in self.lists(request) for one in here):
            raise PermissionDenied
        return redirect("admin:index")


def list_name(admin: Any) -> str:
    """Return the name of a list as the index and the head say it."""
    return capfirst(str(getattr(admin, "list_name", "") or admin.opts.verbose_name_plural))


def _task_of(admin: Any, known: set[str]) -> str:
    task = getattr(admin, "task", "")
    return task if task in known else "setup"


def _list_url(admin: Any) -> str:
    return _list_address(admin.opts.app_label, admin.opts.model_name)


@cache  # the head of every page leads to forty lists
def _list_address(app_label: str, model_name: str) -> str:
    return reverse(f"admin:{app_label}_{model_name}_changelist")


def line_of(admin: Any, request: HttpRequest, *, at: datetime) -> ListLine:
    """Return the line of one list, counted by one query."""
    url = _list_url(admin)
    choices: Sequence[Any] = admin.quick_choices(request) if hasattr(admin, "quick_choices") else ()
    choices = [one for one in choices if one.is_counted]
    counts: dict[str, Any] = {f"q{number}": _count(one, at) for number, one in enumerate(choices)}
    found = admin.get_queryset(request).order_by().aggregate(total=Count("pk"), **counts)
    line = ListLine(
        label=list_name(admin),
        url=url,
        add_url=_add_url(admin, request),
        add_label=capfirst(str(getattr(admin, "add_label", "") or admin.opts.verbose_name)),
        total=found["total"],
    )
    for number, one in enumerate(choices):
        count, opens = found[f"q{number}"], f"{url}?{urlencode({'only': one.key})}"
        if one.tag and count:
            line.tags.append(Waiting(count, str(one.tag % {"n": count}), opens))
        if one.figure:
            line.figures.append(Waiting(count, str(one.figure % {"n": count}), opens))
        if one.link:
            line.links.append(Waiting(count, str(one.label), opens))
    return line


def _count(choice: Any, at: datetime) -> Count:
    return Count("pk", filter=Q(choice.condition(at)))


def _add_url(admin: Any, request: HttpRequest) -> str:
    """Return where a row is added: on a page of the portal where the list names one, else here."""
    elsewhere = getattr(admin, "adds_at", "")
    if elsewhere:
        try:
            return reverse(elsewhere)
        except NoReverseMatch:
            return ""
    if not admin.has_add_permission(request):
        return ""
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_add")


def lately(user: Any) -> Iterable[LogEntry]:
    """Return what a login did last in the admin, the newest first."""
    return LogEntry.objects.filter(user=user.pk).select_related("content_type").order_by("-pk")[:LATELY]
