"""The mail about claims to old addresses."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from partners.models import AccountClaim, Person
from partners.people.emails import WORDS, to_each, to_person
from partners.people.emails.places import ADDRESS, TOLD, WHO
from partners.people.emails.why import asked_about_old_address, coordinates
from stemnet.outbox.worded import OwnMail, add
from stemnet.telling import afterwards


@afterwards
def claimed(claim: AccountClaim, *, at: datetime) -> None:
    """Tell the coordinators that somebody says an old address was theirs."""
    values = {"who": claim.person, "address": claim.address}
    to_each(
        Person.objects.coordinators(),
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("Was %(address)s the address of %(who)s?") % values,
            "lines": [
                _(
                    "%(who)s says that %(address)s was theirs, and that they can't "
                    "read e-mail sent to it anymore."
                )
                % values
            ],
            "quote": claim.words,
            "action": _("Compare the two"),
            "url": reverse("claim", args=[claim.uid]),
            "why": coordinates(),
        },
        key=f"claimed:{claim.uid}",
        at=at,
    )


@afterwards
def claim_declined(claim: AccountClaim, *, at: datetime) -> None:
    """Tell somebody that their account was not joined with an old address, and why."""
    values = {"address": claim.address}
    to_person(
        claim.person,
        WORDS,
        lambda: {
            "filled": values,
            "subject": _("We couldn't combine your account with %(address)s") % values,
            "lines": [
                _("You told us that %(address)s was yours. A coordinator looked at it and wrote:") % values
            ],
            "quote": claim.reason,
            "action": _("Your data"),
            "url": reverse("own_data"),
            "why": asked_about_old_address(),
        },
        key=f"claim_declined:{claim.uid}",
        at=at,
    )


def add_mails() -> None:
    """Let the partnership word them."""
    add(
        OwnMail(
            "claimed",
            lazy("Somebody says an old address was theirs"),
            lazy("People and addresses"),
            WORDS,
            (*TOLD, WHO, ADDRESS),
            subject=lazy("Was %(address)s the address of %(who)s?"),
            line=lazy(
                "%(who)s says that %(address)s was theirs, and that they can't "
                "read e-mail sent to it anymore."
            ),
        ),
        OwnMail(
            "claim_declined",
            lazy("An old address wasn't combined"),
            lazy("People and addresses"),
            WORDS,
            (*TOLD, ADDRESS),
            subject=lazy("We couldn't combine your account with %(address)s"),
            line=lazy("You told us that %(address)s was yours. A coordinator looked at it and wrote:"),
        ),
    )
