"""A mail server on this machine that keeps every mail in memory, and gives the codes in them."""

import re
import socketserver
import threading
from collections import Counter, defaultdict
from email import message_from_bytes, policy

CODE = re.compile(r"\b\d{6}\b")


class Mailbox(socketserver.ThreadingTCPServer):
    """Takes mail as a server does (RFC 5321, with pipelining left out), for as long as it is open."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.arrived = threading.Condition()
        self.codes: dict[str, list[str]] = defaultdict(list)
        self.message_ids: Counter[str] = Counter()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address for Django's settings."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, recipients: list[str], data: bytes) -> None:
        """Keep one mail: whom it was for, the code that it holds, and its Message-ID."""
        message = message_from_bytes(data, policy=policy.default)
        body = message.get_body(("plain",))  # type: ignore[attr-defined]
        found = CODE.search(body.get_content() if body else "")
        with self.arrived:
            self.message_ids[str(message["Message-ID"])] += 1
            for one in recipients:
                if found:
                    self.codes[one].append(found[0])
            self.arrived.notify_all()

    def code_for(self, address: str, *, timeout: float = 30) -> str:
        """Wait for the code that was mailed to ``address`` and take it.

        Raises TimeoutError where none comes.
        """
        with self.arrived:
            if not self.arrived.wait_for(lambda: self.codes.get(address), timeout):
                raise TimeoutError(f"No code came to {address}.")
            return self.codes.pop(address)[-1]

    @property
    def count(self) -> int:
        """Return how many mails came."""
        return self.message_ids.total()

    @property
    def doubled(self) -> int:
        """Return how many mails came more than once."""
        return sum(times - 1 for times in self.message_ids.values())


class Session(socketserver.StreamRequestHandler):
    """One connection of a client of mail."""

    server: Mailbox

    def handle(self) -> None:
        """Answer each command until the client quits."""
        recipients: list[str] = []
        self._say("220 bench")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                self.server.take(recipients, self._data())
                recipients = []
            elif verb == b"RCPT":
                recipients.append(line.split(b"<")[1].split(b">")[0].decode())
            elif verb == b"QUIT":
                return self._say("221 bye")
            self._say("250 fine")
        return None

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())
