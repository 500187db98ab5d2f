"""A small browser for load: one kept-alive connection, cookies, forms; loopback only.

It does as little as it can, for it works on the same cores as what it measures. It says which address it
comes from, as a proxy would, and that the visitor came by HTTPS.
"""

import gzip
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin, urlsplit

TIMEOUT = 60
LOOPBACK = ("127.0.0.1", "localhost", "::1")
INPUT = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


def refuse_elsewhere(host: str) -> None:
    """Refuse every host but this machine.

    Raises ValueError: load on somebody else's server is an attack.
    """
    if host not in LOOPBACK:
        raise ValueError(f"The bench puts load on this machine only, not on {host}.")


@dataclass
class Answer:
    """One response: status, headers with small names, body, and where it was asked for."""

    status: int
    headers: dict[str, str]
    body: bytes
    path: str

    @property
    def text(self) -> str:
        """Return the body as text; load looks at few pages, so it is unpacked only here."""
        return self.content.decode()

    @property
    def content(self) -> bytes:
        """Return the body, unpacked."""
        packed = self.headers.get("content-encoding") == "gzip"
        return gzip.decompress(self.body) if packed else self.body

    def hidden(self) -> dict[str, str]:
        """Return the hidden fields of all forms of the page, and each checkbox of a commitment as ticked."""
        fields = {}
        for found in INPUT.findall(self.text):
            named = dict(ATTRIBUTE.findall(found))
            name = named.get("name", "")
            if named.get("type") == "hidden":
                fields.setdefault(name, named.get("value", ""))
            elif name.startswith("accept_"):
                fields[name] = "on"
        return fields


class Browser:
    """One visitor, from one address."""

    def __init__(
        self, port: int, *, host: str = "bench.example.org", client: int = 1, at: str = "127.0.0.1"
    ) -> None:
        refuse_elsewhere(at)
        self.place, self.host = (at, port), host
        self.cookies: dict[str, str] = {}
        self.requests = 0
        self.resets = 0
        self.client = f"10.{client >> 16 & 255}.{client >> 8 & 255}.{client & 255}"
        self.socket: socket.socket | None = None

    def get(self, path: str, *, follow: bool = False) -> Answer:
        """Ask for a page."""
        answer = self._ask("GET", path, b"")
        return self._followed(answer) if follow else answer

    def post(self, path: str, fields: dict[str, str], *, follow: bool = True) -> Answer:
        """Send a form, and go where the answer leads."""
        sent = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", ""), **fields}
        answer = self._ask("POST", path, urlencode(sent).encode())
        return self._followed(answer) if follow else answer

    def _followed(self, answer: Answer) -> Answer:
        """Go where an answer leads, at most five times."""
        for _time in range(5):
            if answer.status not in (301, 302, 303):
                break
            answer = self.get(urljoin(answer.path, answer.headers["location"]))
        return answer

    def close(self) -> None:
        """Hang up."""
        if self.socket is not None:
            self.socket.close()
            self.socket = None

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        """Send one request; a kept connection that the server closed meanwhile is counted and opened anew."""
        path = urlsplit(path)._replace(scheme="", netloc="").geturl()
        request = self._request(method, path, body)
        kept = self.socket is not None
        self.requests += 1
        try:
            return self._answer(path, request)
        except ConnectionError:
            self.close()
            if not kept:
                raise
            self.resets += 1
            return self._answer(path, request)

    def _request(self, method: str, path: str, body: bytes) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.host}",
            f"X-Forwarded-For: {self.client}",
            "X-Forwarded-Proto: https",
            "Accept-Encoding: gzip",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines += [
                f"Origin: https://{self.host}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
        else:
            lines.append("Accept: text/html,*/*")
        return ("\r\n".join(lines) + "\r\n\r\n").encode() + body

    def _answer(self, path: str, request: bytes) -> Answer:
        if self.socket is None:
            self.socket = socket.create_connection(self.place, timeout=TIMEOUT)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        head, rest = self._until(b"\r\n\r\n", b"")
        first, *lines = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for line in lines:
            name, _colon, value = line.partition(": ")
            if name.lower() == "set-cookie":
                self._keep(value)
            else:
                headers[name.lower()] = value
        status = int(first.split()[1])
        body = b"" if status in (204, 304) else self._body(headers, rest)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Answer(status, headers, body, path)

    def _keep(self, cookie: str) -> None:
        name, _equals, value = cookie.partition(";")[0].partition("=")
        if value and value != '""':
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)

    def _body(self, headers: dict[str, str], rest: bytes) -> bytes:
        if headers.get("transfer-encoding") == "chunked":
            return self._chunks(rest)
        if "content-length" not in headers:
            return self._to_the_end(rest)
        length = int(headers["content-length"])
        parts, have = [rest], len(rest)
        while have < length:
            parts.append(self._more())
            have += len(parts[-1])
        return b"".join(parts)

    def _chunks(self, rest: bytes) -> bytes:
        parts = []
        while True:
            line, rest = self._until(b"\r\n", rest)
            length = int(line.split(b";")[0], 16)
            while len(rest) < length + 2:
                rest += self._more()
            parts.append(rest[:length])
            rest = rest[length + 2 :]
            if not length:
                return b"".join(parts)

    def _to_the_end(self, rest: bytes) -> bytes:
        parts = [rest]
        while self.socket is not None and (more := self.socket.recv(65_536)):
            parts.append(more)
        self.close()
        return b"".join(parts)

    def _until(self, end: bytes, have: bytes) -> tuple[bytes, bytes]:
        while end not in have:
            have += self._more()
        first, _end, rest = have.partition(end)
        return first, rest

    def _more(self) -> bytes:
        more = self.socket.recv(65_536) if self.socket is not None else b""
        if not more:
            raise ConnectionResetError("The server hung up.")
        return more
