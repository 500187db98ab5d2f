"""The categories of needs and contributions: adding, placing and deleting one (docs/rules.md 9.3)."""

from django.db import transaction
from django.db.models import Count, Max, OuterRef, ProtectedError, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from partners.exchange.exceptions import ExchangeRefused
from partners.models import Category, Contribution, Need
from stemnet.slugs import Shape, free_slug

CODE: Shape = {"longest": 16, "otherwise": "category", "reserved": {"new"}}  # beside those of categories


def used() -> QuerySet[Category]:
    """Return the categories in their order, each with how many needs and contributions it has."""
    return Category.objects.annotate(needs_written=_written(Need), gives_written=_written(Contribution))


@transaction.atomic
def add_category(category: Category) -> Category:
    """Add a category at the end, with a code of its own that stays when it is renamed."""
    category.code = free_slug(category.name, among=[(Category.objects.all(), "code")], **CODE)
    last = Category.objects.aggregate(last=Max("position"))["last"] or 0
    category.position = last + 1
    category.full_clean()
    category.save(force_insert=True)
    return category


@transaction.atomic
def place(category: Category, *, up: bool) -> None:
    """Move a category one place up or down; at either end, or where it is gone meanwhile, nothing changes."""
    rows = list(Category.objects.select_for_update())
    if category not in rows:
        return
    here = rows.index(category)
    there = here + (-1 if up else 1)
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Category.objects.bulk_update(rows, ["position"])


def delete(category: Category) -> None:
    """Delete a category that nobody uses. Raises ExchangeRefused while one is used."""
    check_unused(category)
    try:
        category.delete()
    except ProtectedError as used_now:  # somebody used it just now
        raise category_refusal(category) from used_now


def check_unused(category: Category) -> None:
    """Raise ExchangeRefused where needs or contributions are of this category."""
    if category.needs.exists() or category.contributions.exists():
        raise category_refusal(category)


def category_refusal(category: Category) -> ExchangeRefused:
    """Return the words for a category that is in use, with how many use it."""
    return ExchangeRefused(
        sentence=_(
            "“%(name)s” is in use by needs (%(needs)s) and contributions (%(gives)s), counting "
            "withdrawn ones. You can stop offering it in forms instead."
        )
        % {"name": category, "needs": category.needs.count(), "gives": category.contributions.count()}
    )


def _written(model: type[Need] | type[Contribution]) -> Coalesce:
    """Return the number of rows of a category, withdrawn ones counted."""
    rows = model._default_manager.filter(category=OuterRef("pk")).order_by().values("category")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
