"""The outbox: what was sent to whom, never a secret, and sending again what failed or is in doubt."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from stemnet.admin.acts import Act, Asking, Line
from stemnet.admin.quick import Quick
from stemnet.admin.readonly import ReadOnlyAdmin
from stemnet.exceptions import NotResendable
from stemnet.models import Mail, MailQuerySet, MailState
from stemnet.outbox import queueing


class ReasonForm(forms.Form):
    """Why these mails go again."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("We keep it in the history of each e-mail."),
        error_messages={"required": _("Say why. We keep the reason in the history of each e-mail.")},
    )


class SendAgain(Act):
    """Send mails again that were not delivered, or of which nobody knows."""

    name = "send_again"
    label = _("Send again")
    icon = "envelope"
    main = True
    permission = "view"
    form_class = ReasonForm
    columns = (_("To"), _("State"))

    def plan(self, rows: Sequence[Any], *, asking: Asking) -> list[Line]:
        """Return which go again, and why the others don't."""
        return [_line(mail) for mail in rows]

    def do(self, row: Any, *, asking: Asking) -> None:
        """Queue one mail once more."""
        queueing.resend(mail=row, at=asking.at)

    def noted(self, *, asking: Asking) -> str:
        """Return what the history of each mail says: the reason."""
        return gettext("Sent again: %(reason)s") % {"reason": asking.said.get("reason", "")}

    def heading(self, number: int, chosen: int) -> str:
        """Return the question."""
        words = ngettext(
            "Send %(number)s of %(chosen)s e-mail again?",
            "Send %(number)s of %(chosen)s e-mails again?",
            chosen,
        )
        return words % {"number": number, "chosen": chosen}

    def button(self, number: int) -> str:
        """Return the words of the button."""
        return ngettext("Send %(n)s e-mail", "Send %(n)s e-mails", number) % {"n": number}

    def done(self, number: int) -> str:
        """Return what was done."""
        words = ngettext("We're sending %(n)s e-mail again.", "We're sending %(n)s e-mails again.", number)
        return words % {"n": number}

    def will(self) -> str:
        """Return the heading above them."""
        return gettext("Will be sent again")


def _line(mail: Mail) -> Line:
    name, seen = str(mail), f"{mail.state}.{mail.attempts}"
    if mail.state not in queueing.RESENDABLE:
        return Line(mail.pk, name, seen, skipped=mail.get_state_display(), why=str(NotResendable()))
    return Line(mail.pk, name, seen, cells=(mail.address, mail.get_state_display()), mails=[mail.address])


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Read the outbox; a mail that holds a secret shows that it went, never what it said."""

    task, place, list_name = "mail", 10, _("Sent and waiting")
    acts = (SendAgain,)
    quick = (
        Quick("waiting", _("Waiting to go"), lambda at: Q(state=MailState.QUEUED)),
        Quick(
            "failed",
            _("Not delivered"),
            lambda at: Q(state__in=[MailState.FAILED, MailState.IN_DOUBT]),
            tag=ngettext_lazy("%(n)s not delivered", "%(n)s not delivered", "n"),
            figure=ngettext_lazy("e-mail not delivered", "e-mails not delivered", "n"),
        ),
        Quick("missed", _("Missed"), lambda at: Q(state=MailState.MISSED)),
    )
    list_display = ["about", "address", "state", "created_at", "sent_at"]
    list_filter = ["state", "mail_class", "secret", "created_at", "template"]
    search_fields = ["address", "subject", "object", "recipient"]
    search_help_text = _("E-mail address or subject")
    ordering = ["-created_at", "-pk"]
    fields = [
        "about",
        "address",
        "recipient",
        "object",
        "template",
        "language",
        "mail_class",
        "secret",
        "state",
        "last_error",
        "attempts",
        "created_at",
        "due_at",
        "expires_at",
        "sent_at",
        "lease_until",
        "key",
        "message_id",
        "shown_headers",
        "shown_files",
        "shown_text",
    ]

    def get_queryset(self, request: HttpRequest) -> MailQuerySet:
        """Leave out what a list does not show."""
        return Mail.objects.defer("html")

    @admin.display(description=_("subject"), ordering="subject")
    def about(self, mail: Mail) -> str:
        """Return the subject, or what kind of secret it was."""
        return str(mail)

    @admin.display(description=_("text"))
    def shown_text(self, mail: Mail) -> str:
        """Return the plain text."""
        return str(_("This e-mail had a secret in it, so we never show it.")) if mail.secret else mail.text

    @admin.display(description=_("headers"))
    def shown_headers(self, mail: Mail) -> str:
        """Return the headers, a line each; links of a secret mail are secrets too."""
        lines = {} if mail.secret else mail.headers
        return "\n".join(f"{name}: {value}" for name, value in lines.items()) or "-"

    @admin.display(description=_("files"))
    def shown_files(self, mail: Mail) -> str:
        """Return the names of the files that went along."""
        return ", ".join(file["name"] for file in mail.attachments) or "-"
