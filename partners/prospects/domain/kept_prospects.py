"""How long names and addresses of organizations that were invited and never joined are kept.

Rows are emptied and stay, so that it can be counted how many were suggested and invited.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from partners.models import Invitation, Stage, Suggestion
from stemnet.columns import AddressColumn
from stemnet.retention.registry import Kept, add, of_rows

PROSPECT_DAYS = 3 * 365 + 1
JOINED = (Stage.DRAFTING, Stage.PARTNER, Stage.FORMER)
EMPTIED = "@removed.invalid"


def add_classes() -> None:
    """Say how long they are kept."""
    add(
        Kept(
            "invitations",
            _("Letters to organizations that never joined. We keep the fact that a letter was sent"),
            _("since the letter was sent"),
            of_rows(_invitations, "sent_at", remove=_empty_invitations, person="sender__uid"),
            default=lambda: PROSPECT_DAYS,
        ),
        Kept(
            "suggestions",
            _("Contacts named for organizations that never joined; that one was suggested stays"),
            _("since it was suggested"),
            of_rows(_suggestions, "at", remove=_empty_suggestions, person="by__uid"),
            default=lambda: PROSPECT_DAYS,
        ),
    )


def _invitations(before: datetime) -> QuerySet[Invitation]:
    sent = Invitation.objects.filter(sent_at__lt=before).exclude(organization__stage__in=JOINED)
    return sent.exclude(address__endswith=EMPTIED)


def _empty_invitations(invitations: QuerySet[Any]) -> int:
    nobody = Concat(Value("removed-"), Cast(F("pk"), AddressColumn()), Value(EMPTIED))
    return invitations.update(address=nobody, name="", subject="", body="", reason="", profile="")


def _suggestions(before: datetime) -> QuerySet[Suggestion]:
    named = Suggestion.objects.filter(at__lt=before).exclude(organization__stage__in=JOINED)
    return named.exclude(Q(why="") & Q(knows="") & Q(contact_name="") & Q(contact_email=""))


def _empty_suggestions(suggestions: QuerySet[Any]) -> int:
    return suggestions.update(why="", knows="", contact_name="", contact_email="")
