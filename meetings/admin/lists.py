"""What meetings add to the lists of subjects and audiences: how many networks have each."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.models import Audience, Subject
from stemnet.admin import added
from stemnet.admin.cells import count


def count_networks(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate each row with the number of its networks."""
    counted: QuerySet[Any] = rows.annotate(how_many=Count("networks", distinct=True))
    return counted


@admin.display(description=_("networks"), ordering="how_many")
def how_many(row: Any) -> str:
    """Return how many networks have it, which leads to them."""
    address = reverse("admin:meetings_network_changelist")
    column = "subjects" if isinstance(row, Subject) else "audiences"
    return count(row.how_many, f"{address}?{column}__id__exact={row.pk}")


for model in (Subject, Audience):
    added.to(model, columns=[how_many], annotate=count_networks)
