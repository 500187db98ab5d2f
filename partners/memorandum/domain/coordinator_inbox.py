"""What waits for coordinators in the memoranda: parts to be read, and changes that partners propose."""

from django.db.models import Count, Q, QuerySet

from partners.models import Mou, MouRole, Proposal

SUBMITTED = Q(roles__status=MouRole.Status.SUBMITTED)
PROPOSED = Q(texts__sections__proposals__status=Proposal.Status.OPEN)


def memoranda() -> QuerySet[Mou]:
    """Return the memoranda in which something waits, with the numbers ``submitted`` and ``proposed``."""
    counted = Mou.objects.annotate(
        submitted=Count("roles", filter=SUBMITTED, distinct=True),
        proposed=Count("texts__sections__proposals", filter=PROPOSED, distinct=True),
    )
    return counted.filter(Q(submitted__gt=0) | Q(proposed__gt=0)).order_by("title", "pk")
