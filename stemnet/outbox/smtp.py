"""Django's SMTP backend, which also knows whether the server was given the whole message.

Only where it was, and no answer came, can nobody know whether the mail goes out (RFC 5321, 4.5.3.2.6).
"""

import smtplib
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends import smtp

END = b"\r\n.\r\n"


class Noting(smtplib.SMTP):
    """A connection that notes when the last line of a message has gone."""

    given_over = False

    def mail(self, *args: Any, **options: Any) -> Any:
        """Begin a message."""
        self.given_over = False
        return super().mail(*args, **options)

    def send(self, s: Any) -> None:
        """Send, and note the end of a message once all of it has left."""
        super().send(s)
        if isinstance(s, bytes) and s.endswith(END):
            self.given_over = True


class NotingWithTLS(Noting, smtplib.SMTP_SSL):
    """The same, encrypted from the start."""


class EmailBackend(smtp.EmailBackend):
    """Sends by SMTP; `given_over` tells of the last message whether the server had all of it."""

    given_over = False

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """Return what speaks with the server."""
        return NotingWithTLS if self.use_ssl else Noting

    def send_messages(self, email_messages: Any) -> int:
        """Send; nothing is given over before it begins, such as where no connection can be made."""
        self.given_over = False
        return super().send_messages(email_messages) or 0

    def _send(self, email_message: EmailMessage) -> bool:
        try:
            return bool(super()._send(email_message))  # type: ignore[misc]  # the stubs leave it out
        finally:
            self.given_over = bool(getattr(self.connection, "given_over", False))
