"""What lists of the admin share: quick choices, a bar of acts, the way to the portal's page of a row."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stemnet.admin import added, confirming, neighbors
from stemnet.admin.acts import Act
from stemnet.admin.cells import portal_link
from stemnet.admin.checked import CheckedAdmin
from stemnet.admin.facets import WorkList
from stemnet.admin.quick import Quick, QuickFilter

MOST_DELETED = 200  # rows; Django looks for all that hangs on each before it asks


def delete_few(owner: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
    """Delete the chosen rows as Django does, once that is confirmed, unless they are very many."""
    if rows.count() > MOST_DELETED:
        words = gettext("You can delete up to %(most)s rows at once. Choose fewer, or narrow the list.")
        owner.message_user(request, words % {"most": MOST_DELETED}, messages.ERROR)
        return None
    return delete_selected(owner, request, rows)


class ListAdmin(CheckedAdmin):
    """A list where a coordinator works.

    ``task`` and ``place`` say where it stands on the index, ``list_name`` what it is called there,
    ``adds_at`` the page of the portal where a row is added, where that isn't done here, ``add_label`` what
    the button there says, where that isn't the name of a row. ``quick`` are its
    quick choices and ``acts`` what is done to a selection, after a page that shows what will happen.
    """

    task = "setup"
    place = 50
    list_name: Any = ""
    adds_at = ""
    add_label: Any = ""
    quick: Sequence[Quick] = ()
    acts: Sequence[type[Act]] = ()
    portal_column = True
    show_full_result_count = False
    list_per_page = 50
    list_max_show_all = 200

    def quick_choices(self, request: HttpRequest) -> list[Quick]:
        """Return the quick choices, with those of upper apps."""
        return [*self.quick, *added.of(self.model).quick]

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Return the filters, quick choices first."""
        quick = [QuickFilter] if self.quick_choices(request) else []
        return [*quick, *super().get_list_filter(request), *added.of(self.model).filters]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns; the last one leads to the portal where rows have a page there."""
        columns = [*super().get_list_display(request), *added.of(self.model).columns]
        leads = self.portal_column and hasattr(self.model, "get_absolute_url")
        return [*columns, "portal"] if leads else columns

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows with what upper apps want to show of them."""
        rows: QuerySet[Any] = super().get_queryset(request)
        for annotate in added.of(self.model).annotate:
            rows = annotate(rows)
        return rows

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[WorkList]:
        """Return the list that reads and counts its filters at once."""
        return WorkList

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """Return the rows below a form, with those of upper apps."""
        return [*super().get_inlines(request, obj), *added.of(self.model).inlines]

    def portal_page(self, obj: Any) -> str:
        """Return the address of the portal's page of a row, or nothing."""
        return str(obj.get_absolute_url()) if hasattr(obj, "get_absolute_url") else ""

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Lead from a form to the portal's page."""
        return (self.portal_page(obj) or None) if obj is not None else None

    @admin.display(description=_("portal"))
    def portal(self, obj: Any) -> str:
        """Lead to the portal's page of a row."""
        url = self.portal_page(obj)
        return portal_link(url, obj) if url else ""

    def action_checkbox(self, obj: Any) -> SafeString:
        """Return the box that chooses a row, without a form's widget for each of 50."""
        return format_html(
            '<input type="checkbox" name="{}" value="{}" class="action-select" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            obj.pk,
            format_html(gettext("Select this object for an action - {}"), obj),
        )

    def all_inlines(self) -> list[Any]:
        """Return the kinds of rows below a form, with those of upper apps."""
        return [*self.inlines, *added.of(self.model).inlines]

    def all_acts(self) -> list[type[Act]]:
        """Return the acts on a selection, with those of upper apps."""
        return [*self.acts, *added.of(self.model).acts]

    def acts_of(self, request: HttpRequest) -> dict[str, Act]:
        """Return the acts that the asker may do, by name."""
        listed = [one() for one in self.all_acts()]
        return {one.name: one for one in listed if self.may_act(request, one)}

    def may_act(self, request: HttpRequest, act: Act) -> bool:
        """Return whether the asker may do an act: whoever has the permission that it names."""
        may: Callable[[HttpRequest], bool] = getattr(self, f"has_{act.permission}_permission")
        return may(request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Return what can be done to a selection: acts that show first what will happen, then Django's."""
        acts = {
            name: (confirming.chosen(act), name, act.label) for name, act in self.acts_of(request).items()
        }
        actions: dict[str, Any] = {**acts, **super().get_actions(request)}
        deleting = actions.get("delete_selected")
        return {**actions, "delete_selected": (delete_few, *deleting[1:])} if deleting else actions

    def get_urls(self) -> list[URLPattern]:
        """Add the address that confirmed acts are sent to."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        acting = path("acts/<slug:name>/", self.admin_site.admin_view(self.act_view), name=name)
        urls: list[URLPattern] = super().get_urls()
        return [acting, *urls]

    def act_view(self, request: HttpRequest, name: str) -> HttpResponseBase:
        """Do a confirmed act, or show again what it would do."""
        return confirming.answer(self, request, name)

    def bar(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return the buttons of the selection bar: acts, then Django's actions, deleting last."""
        acts = self.acts_of(request)
        buttons = [
            {
                "name": name,
                "label": str(label) % {"verbose_name_plural": self.opts.verbose_name_plural},
                "icon": acts[name].icon if name in acts else "",
                "main": name in acts and acts[name].main,
                "bad": name == "delete_selected",
            }
            for name, (_function, _name, label) in self.get_actions(request).items()
        ]
        return sorted(buttons, key=lambda one: bool(one["bad"]))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """List rows, with the bar of acts and what the head of the page says."""
        context = {"bar": self.bar(request), "list_name": self.list_name, "adds_at": self.adds_at}
        context["summary"] = self.summary(request)
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def summary(self, request: HttpRequest) -> str:
        """Return a sentence that stands beside the title of the list, or nothing."""
        return ""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a form, with the rows before and after it in the list that one came from."""
        context = dict(extra_context or {})
        row = self.get_object(request, unquote(object_id))
        if row is not None and self.has_view_permission(request, row):
            context["place"] = neighbors.place_of(self, request, row)
            context.update(self.page_context(request, row))
        return super().change_view(request, object_id, form_url, context)

    def page_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        """Return what the page of a row shows besides its form."""
        return {}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save the rows below a form, then do what upper apps want to follow."""
        super().save_related(request, form, formsets, change)
        for follow in added.of(self.model).saved:
            follow(request, form.instance)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Lead on to the next row where that button was pressed."""
        following = request.POST.get("_next", "")
        if not following.isdecimal():
            return super().response_change(request, obj)
        self.message_user(request, _("%(name)s is saved.") % {"name": obj}, messages.SUCCESS)
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        kept: dict[str, Any] = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return redirect(add_preserved_filters(kept, reverse(name, args=[following])))

    def list_url(self) -> str:
        """Return the address of the list."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
