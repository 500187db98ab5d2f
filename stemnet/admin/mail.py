"""The outbox: what was sent to whom, never a secret, and sending again what failed or is in doubt."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, ngettext_lazy

from stemnet.admin.quick import Quick
from stemnet.admin.readonly import ReadOnlyAdmin
from stemnet.exceptions import NotResendable
from stemnet.models import Mail, MailQuerySet, MailState
from stemnet.outbox import queueing


class ReasonForm(ActionForm):
    """The action to take, and why."""

    reason = forms.CharField(label=_("Reason:"), max_length=200, required=False)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    """Read the outbox; a mail that holds a secret shows that it went, never what it said."""

    task, place, list_name = "mail", 10, _("Sent and waiting")
    action_form = ReasonForm
    actions = ["send_again"]
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

    @admin.action(description=_("Send again (failed or in doubt)"), permissions=["view"])
    def send_again(self, request: HttpRequest, mails: MailQuerySet) -> None:
        """Queue each mail once more; the reason goes into the history."""
        reason = request.POST.get("reason", "").strip()
        if not reason:
            self.message_user(request, _("Say why in the field “Reason”."), messages.ERROR)
            return
        sent = sum(self._resend(request, mail, reason) for mail in mails)
        words = ngettext(
            "We're sending %(count)d e-mail again.", "We're sending %(count)d e-mails again.", sent
        )
        self.message_user(request, words % {"count": sent}, messages.SUCCESS if sent else messages.WARNING)

    def _resend(self, request: HttpRequest, mail: Mail, reason: str) -> bool:
        """Resend one mail and log it; say so where it is not to be resent."""
        try:
            queueing.resend(mail=mail, at=timezone.now())
        except NotResendable as refusal:
            self.message_user(request, f"{mail}: {refusal}", messages.WARNING)
            return False
        self.log_change(request, mail, _("Sent again: %(reason)s") % {"reason": reason})
        return True
