"""How long sessions, sign-ins with their IP addresses, and forms that were not sent are kept."""

from collections.abc import Collection
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import KeptForm
from stemnet.retention.registry import Kept, add, of_rows

SESSION_DAYS, SIGN_IN_DAYS = 7, 90


def add_classes() -> None:
    """Say how long they are kept."""
    add(
        Kept(
            "sessions",
            _("Sessions that have ended"),
            _("since they ended"),
            of_rows(
                lambda before: Session.objects.filter(expire_date__lt=before), "expire_date", person=_theirs
            ),
            default=lambda: SESSION_DAYS,
        ),
        Kept(
            "sign_ins",
            _("IP addresses and browsers of sign-ins, once the session has ended"),
            _("since they were last used"),
            of_rows(_ended, "last_seen_at", person="user__person__uid"),
            default=lambda: SIGN_IN_DAYS,
        ),
        Kept(
            "kept_forms",
            _("Long forms that were typed and not sent"),
            _("since somebody last typed in them"),
            of_rows(KeptForm.objects.saved_before, "saved_at", person="person__uid"),
            default=lambda: settings.KEPT_FORM_DAYS,
        ),
    )


def _ended(before: datetime) -> QuerySet[UserSession]:
    """Return what is known of sessions that were last seen and had ended before a moment."""
    live = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=before)
    sessions: QuerySet[UserSession] = UserSession.objects.all()
    return sessions.filter(~Exists(live), last_seen_at__lt=before)


def _theirs(uids: Collection[str]) -> Q:
    used = UserSession.objects.filter(user__person__uid__in=list(uids))
    return Q(session_key__in=used.values("session_key"))
