"""Who asks: from which address, and when a session was last seen."""

import ipaddress
from collections.abc import Callable
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from stemnet.busy import is_busy, without_waiting
from stemnet.requests import ClientRequest

GetResponse = Callable[[HttpRequest], HttpResponse]

USER_AGENT = 200  # letters that are kept of it
SEEN_AGAIN_AFTER = timedelta(minutes=5)
USE = ("session_key", "user_id", "ip", "user_agent")
MOST_REMEMBERED = 5_000  # sessions


class ClientAddressMiddleware:
    """Set ``request.client_address``, behind as many proxies as are ours (TRUSTED_PROXY_COUNT)."""

    def __init__(self, get_response: Callable[[ClientRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: ClientRequest) -> HttpResponse:
        """Note the address, then go on."""
        request.client_address = client_address(request)
        return self.get_response(request)


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of our proxies saw, without port; what clients add is ignored."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    ours = settings.TRUSTED_PROXY_COUNT
    seen = plain_address(hops[-min(ours, len(hops))]) if ours and hops else ""
    return seen or plain_address(str(request.META.get("REMOTE_ADDR", "")))


def plain_address(written: str) -> str:
    """Return an IP address as it is kept: no port, no brackets, no zone; empty where it is none.

    Proxies write 192.0.2.1:4711 and [2001:db8::1]:4711 as well (RFC 7239, 6).
    """
    if written.startswith("["):
        written = written[1:].partition("]")[0]
    elif written.count(":") == 1:
        written = written.partition(":")[0]
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


class LastSeenMiddleware:
    """Note when and from where a session was last seen: once in five minutes, and never waiting for it.

    A process remembers of whom it need not ask the database, which saves each page a statement.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._noted_until: dict[tuple[object, ...], datetime] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note what is new, where nothing is in the way, and go on."""
        if request.user.is_authenticated and request.session.session_key:
            now = UserSession(
                session_key=request.session.session_key,
                user=request.user,
                ip=get_adapter().get_client_ip(request),
                user_agent=request.headers.get("User-Agent", "")[:USER_AGENT],
            )
            if self._is_news(now):
                self._note(now)
        return self.get_response(request)

    def _is_news(self, now: UserSession) -> bool:
        """Return whether the session was not seen for five minutes, or is used from elsewhere."""
        moment = now.last_seen_at
        if moment < self._noted_until.get(use_of(now), moment):
            return False
        same = dict(zip(USE, use_of(now), strict=True))
        seen = UserSession.objects.filter(last_seen_at__gt=moment - SEEN_AGAIN_AFTER, **same)
        noted_at = next(iter(seen.values_list("last_seen_at", flat=True)), None)
        if noted_at:
            self._remember(now, noted_at)
        return noted_at is None

    def _remember(self, session: UserSession, noted_at: datetime) -> None:
        """Ask of this session no more for five minutes; of too many, ask all anew."""
        if len(self._noted_until) >= MOST_REMEMBERED:
            self._noted_until.clear()
        self._noted_until[use_of(session)] = noted_at + SEEN_AGAIN_AFTER

    def _note(self, now: UserSession) -> None:
        """Write the session down, or leave it for the next page where somebody is in the way."""
        try:
            with without_waiting():
                UserSession.objects.bulk_create(
                    [now],
                    update_conflicts=True,
                    unique_fields=["session_key"],
                    update_fields=["user", "ip", "user_agent", "last_seen_at"],
                )
        except DatabaseError as error:
            if not is_busy(error):
                raise
        else:
            self._remember(now, now.last_seen_at)


def use_of(session: UserSession) -> tuple[object, ...]:
    """Return by whom and from where a session is used."""
    return tuple(getattr(session, name) for name in USE)
