"""The mail to coordinators about mail that does not go out."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.models import Person, local_day
from partners.people.emails import WORDS, letter_to
from partners.people.emails.why import coordinates
from stemnet.models import MailClass
from stemnet.observing.mail_trouble import MailTrouble
from stemnet.outbox.queueing import prepare_many, put

STALE_AFTER = timedelta(hours=12)


def told(trouble: MailTrouble, *, at: datetime) -> None:
    """Tell every coordinator, once a day; hours later nobody is told of it any more."""
    letters = [
        letter_to(
            person,
            WORDS,
            lambda: {
                "subject": _("Some e-mail isn't going out"),
                "after": [
                    *lines(trouble),
                    _("The outbox shows why. From there you can send again what failed."),
                ],
                "action": _("Open the outbox"),
                "url": reverse("admin:stemnet_mail_changelist"),
                "why": coordinates(),
            },
            key=f"undelivered:{local_day(at)}:{person.uid}",
            mail_class=MailClass.REMINDER,
            expires_at=at + STALE_AFTER,
        )
        for person in Person.objects.coordinators()
        if person.primary_address
    ]
    put(prepare_many(letters, at=at), at=at)


def lines(trouble: MailTrouble) -> list[str]:
    """Return what does not go out, a sentence for each kind."""
    said = []
    if trouble.late:
        words = ngettext("%(number)s e-mail is waiting.", "%(number)s e-mails are waiting.", trouble.late)
        said.append(words % {"number": trouble.late})
    if trouble.failed:
        words = ngettext(
            "%(number)s e-mail failed in the last day.",
            "%(number)s e-mails failed in the last day.",
            trouble.failed,
        )
        said.append(words % {"number": trouble.failed})
    if trouble.in_doubt:
        words = ngettext(
            "%(number)s e-mail may not have arrived.",
            "%(number)s e-mails may not have arrived.",
            trouble.in_doubt,
        )
        said.append(words % {"number": trouble.in_doubt})
    return said
