"""Letters as the network carries them, put together without what the standard library repeats for each."""

import secrets
from email.message import Message
from email.policy import Compat32
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST = 76  # longer lines of a header are folded (RFC 5322 2.1.1)


class Headers(Compat32):
    """Folds headers as Django's mail does, and writes at once those that are a line already."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return one header with the end of its line."""
        line = f"{name}: {value}" if isinstance(value, str) else ""
        if line and len(line) <= LONGEST and line.isascii() and line.isprintable():
            return f"{line}{self.linesep}".encode("ascii")
        return bytes(super().fold_binary(name, value))


HEADERS = Headers()


class Composed(EmailMultiAlternatives):
    """A letter whose parts are told apart by a random line that nobody has to look for in them first."""

    def message(self, **options: Any) -> Any:
        """Return the letter with its headers and parts."""
        letter: Message = super().message(**options)
        letter.policy = HEADERS
        for part in letter.walk():
            if part.is_multipart():
                part.set_boundary(f"={secrets.token_hex(16)}=")
        return letter
