"""Asking another server whether an address answers, and never one inside our own walls.

The name is looked up once, every address that it has must be a public one, and the connection goes to that
very address, so that a second lookup can't lead elsewhere. Redirects are not followed.
"""

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

TIMEOUT = 8
PORTS = {"http": 80, "https": 443}
NAMED = {"User-Agent": "stemnet link check", "Accept": "*/*"}
NO_HEAD = (403, 405, 501)  # some servers answer a GET only


@dataclass(frozen=True)
class Answer:
    """What a server said: whether the address works, and in a few words why not."""

    works: bool
    said: str = ""


def public_address(host: str, port: int) -> str:
    """Return the first address of ``host``, all of which must be public. Raises OSError for any other."""
    found = [one[4][0] for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(ipaddress.ip_address(one).is_global for one in found):
        raise OSError("no public address")
    return str(found[0])


def ask(url: str) -> Answer:
    """Return whether ``url`` answers; what can't be asked for does not."""
    parts = urlsplit(url)
    try:
        port = parts.port or PORTS[parts.scheme]
        address = public_address(parts.hostname or "", port)
        status = _status(parts.scheme, parts.hostname or "", address, port, _path(url), "HEAD")
        if status in NO_HEAD:
            status = _status(parts.scheme, parts.hostname or "", address, port, _path(url), "GET")
    except (OSError, ValueError, KeyError, http.client.HTTPException):
        return Answer(False, _("no answer"))
    if status < 400 or status in (401, 403, 429):
        return Answer(True)
    return Answer(False, _("answered %(status)s") % {"status": status})


def _path(url: str) -> str:
    parts = urlsplit(iri_to_uri(url))
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _status(scheme: str, host: str, address: str, port: int, path: str, method: str) -> int:
    """Return the status that the server at ``address`` answers as ``host``."""
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    plain = socket.create_connection((address, port), timeout=TIMEOUT)
    try:
        connection.sock = plain
        if scheme == "https":
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
        connection.request(method, path, headers=NAMED)
        return connection.getresponse().status
    finally:
        connection.close()
        plain.close()
