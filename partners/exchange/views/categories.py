"""The categories of needs and contributions: listed, added, renamed, placed and deleted by coordinators."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from partners.exchange.domain import categories
from partners.exchange.exceptions import ExchangeRefused
from partners.exchange.forms.categories import CategoryForm
from partners.models import Category
from partners.people.requests import PortalRequest, coordinator_or_403


@never_cache
@require_safe
def category_list(request: PortalRequest) -> HttpResponse:
    """List every category in its order, with how many needs and contributions it has."""
    coordinator_or_403(request)
    return render(request, "partners/exchange/categories.html", {"categories": categories.used()})


def category_new(request: PortalRequest) -> HttpResponse:
    """Add a category at the end."""
    coordinator_or_403(request)
    form = CategoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = categories.add_category(form.save(commit=False))
        messages.success(request, _("“%(name)s” is added.") % {"name": added})
        return redirect("categories")
    status = 422 if form.errors else 200
    return render(request, "partners/exchange/category.html", {"form": form}, status=status)


def category_edit(request: PortalRequest, code: str) -> HttpResponse:
    """Rename or describe a category, or take it out of the forms."""
    coordinator_or_403(request)
    category = get_object_or_404(Category, code=code)
    form = CategoryForm(request.POST or None, instance=category)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("categories")
    context = {"form": form, "category": categories.used().get(pk=category.pk)}
    return render(request, "partners/exchange/category.html", context, status=422 if form.errors else 200)


@require_POST
def category_place(request: PortalRequest, code: str) -> HttpResponse:
    """Move a category one place up or down."""
    coordinator_or_403(request)
    categories.place(get_object_or_404(Category, code=code), up=request.POST.get("to") == "up")
    return redirect("categories")


@require_POST
def category_delete(request: PortalRequest, code: str) -> HttpResponse:
    """Delete a category that nobody uses."""
    coordinator_or_403(request)
    category = get_object_or_404(Category, code=code)
    try:
        categories.delete(category)
    except ExchangeRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("category_edit", code)
    messages.success(request, _("“%(name)s” is deleted.") % {"name": category})
    return redirect("categories")
