"""The mails of the memorandum and of signing it that the partnership can word."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.memorandum.emails.signing import TEMPLATE
from partners.people.emails import WORDS
from partners.people.emails.places import (
    DAY,
    MOU,
    NUMBER,
    ORGANIZATION,
    SECTION,
    SIGNATORY,
    TOLD,
    WHO,
)
from stemnet.outbox.worded import OwnMail, Place, add

PARTS, SIGNING, TERMS = _("Parts of the MOU"), _("Signing the MOU"), _("The MOU's calendar")
LEAVER, SUCCESSOR = Place("leaver", _("who hands over")), Place("successor", _("who takes over"))
Row = tuple[str, Promise, tuple[Place, ...], Promise, Promise]


def add_mails() -> None:
    """Name them."""
    for template, about, rows in (
        (WORDS, PARTS, PART_MAILS),
        (TEMPLATE, SIGNING, SIGNING_MAILS),
        (TEMPLATE, TERMS, TERM_MAILS),
        (WORDS, TERMS, OTHER_TERM_MAILS),
    ):
        for kind, label, places, subject, line in rows:
            add(OwnMail(kind, label, about, template, (*TOLD, *places), subject=subject, line=line))


PART_MAILS: tuple[Row, ...] = (
    (
        "part_asked",
        _("Asking for a part"),
        (ORGANIZATION, MOU, WHO),
        _("Please write the part of the MOU for %(organization)s"),
        _("%(who)s asked you to write the part of “%(mou)s” for %(organization)s."),
    ),
    (
        "part_reminder",
        _("Reminder of a part"),
        (),
        _("Reminder: the part for %(organization)s"),
        _("The part of “%(mou)s” for %(organization)s hasn't been submitted yet."),
    ),
    (
        "part_submitted",
        _("A part was submitted"),
        (ORGANIZATION, MOU, WHO),
        _("%(organization)s submitted its part"),
        _("%(who)s submitted the part of “%(mou)s” for %(organization)s."),
    ),
    (
        "part_returned",
        _("A part came back with comments"),
        (ORGANIZATION, MOU),
        _("Your part of the MOU came back with comments"),
        _("The part of “%(mou)s” for %(organization)s came back to you. The coordinator writes:"),
    ),
    (
        "part_comment",
        _("Somebody commented on a part"),
        (ORGANIZATION, WHO),
        _("%(who)s commented on the part for %(organization)s"),
        _("%(who)s commented on the part of “%(mou)s” for %(organization)s:"),
    ),
    (
        "part_accepted",
        _("A part was accepted"),
        (ORGANIZATION, MOU),
        _("Your part of the MOU is accepted"),
        _("The part of “%(mou)s” for %(organization)s is accepted."),
    ),
    (
        "text_circulated",
        _("A new version of the shared text"),
        (MOU, NUMBER),
        _("Version %(number)s of the shared text of the MOU"),
        _("Version %(number)s of the shared text of “%(mou)s” is ready to read."),
    ),
    (
        "proposal",
        _("A change to the shared text is proposed"),
        (ORGANIZATION, SECTION, MOU),
        _("%(organization)s proposes a change to “%(section)s”"),
        _("%(organization)s proposes a change to the shared text of “%(mou)s”."),
    ),
    (
        "proposal_decided",
        _("A proposed change was decided"),
        (SECTION, MOU),
        _("Accepted: your change to “%(section)s”"),
        _("Your change to “%(section)s” of “%(mou)s” was accepted. It's in the next version."),
    ),
    (
        "handed_over_to",
        _("A contact takes over"),
        (ORGANIZATION, LEAVER),
        _("You're now the contact for %(organization)s"),
        _("%(leaver)s handed their work for %(organization)s over to you."),
    ),
    (
        "handed_over_by",
        _("A contact handed over"),
        (ORGANIZATION, SUCCESSOR),
        _("%(successor)s is now the contact for %(organization)s"),
        _("%(successor)s is taking over your work for %(organization)s."),
    ),
)
SIGNED = (ORGANIZATION, MOU, SIGNATORY)
SIGNING_MAILS: tuple[Row, ...] = (
    (
        "sign_request",
        _("Asking for a signature"),
        SIGNED,
        _("Please sign for %(organization)s: %(mou)s"),
        _("You've been named to sign “%(mou)s” for %(organization)s."),
    ),
    (
        "sign_reminder",
        _("Reminder of a signature"),
        (),
        _("Reminder: please sign for %(organization)s: %(mou)s"),
        _("“%(mou)s” is waiting for your signature for %(organization)s."),
    ),
    (
        "sign_copy",
        _("The signed copy"),
        (*SIGNED, NUMBER),
        _("Signed for %(organization)s: %(mou)s"),
        _("%(signatory)s signed “%(mou)s” for %(organization)s."),
    ),
    (
        "sign_changed",
        _("A small change to what one signed"),
        SIGNED,
        _("A small change to what you signed: %(mou)s"),
        _("The text of “%(mou)s” that you signed for %(organization)s was corrected."),
    ),
    (
        "sign_overtaken",
        _("Nothing to sign for now"),
        SIGNED,
        _("Please don't sign yet: %(mou)s"),
        _("“%(mou)s” is changing before %(organization)s signs it. You can't sign with the link you have."),
    ),
    (
        "sign_stands",
        _("What was signed before stays"),
        SIGNED,
        _("Nothing to sign for now: %(mou)s"),
        _(
            "Please don't sign document no. %(number)s of “%(mou)s” anymore. You "
            "can't sign with the link you have."
        ),
    ),
    (
        "sign_told",
        _("A partner has signed"),
        SIGNED,
        _("%(organization)s has signed"),
        _("%(signatory)s has signed “%(mou)s” for %(organization)s."),
    ),
    (
        "sign_declined",
        _("A partner declined to sign"),
        SIGNED,
        _("%(organization)s declined to sign"),
        _("%(signatory)s declined to sign “%(mou)s” for %(organization)s."),
    ),
    (
        "sign_handed_on",
        _("Somebody else will sign"),
        SIGNED,
        _("Somebody else will sign for %(organization)s"),
        _("%(signatory)s says that %(who)s will sign “%(mou)s” instead."),
    ),
    (
        "sign_objected",
        _("A partner objects to a change"),
        SIGNED,
        _("%(organization)s objects to the change to %(mou)s"),
        _("%(signatory)s objects to document no. %(number)s for %(organization)s."),
    ),
    (
        "sign_told_changed",
        _("A small change to what a partner signed"),
        SIGNED,
        _("A small change to what %(organization)s signed"),
        _("The text of “%(mou)s” was corrected: document no. %(number)s."),
    ),
    (
        "sign_joined",
        _("A partner joined"),
        SIGNED,
        _("%(organization)s joined: %(mou)s"),
        _("%(organization)s signed “%(mou)s” and joins it."),
    ),
)
TERM_MAILS: tuple[Row, ...] = (
    (
        "mou_renewal",
        _("The MOU ends soon"),
        (MOU, DAY),
        _("%(mou)s ends on %(day)s"),
        _("“%(mou)s” ends on %(day)s for %(organization)s, in 30 days."),
    ),
    (
        "mou_review",
        _("The yearly review is due"),
        (MOU, DAY),
        _("The yearly review of %(mou)s is due"),
        _("The yearly review of “%(mou)s” was due on %(day)s."),
    ),
    (
        "mou_notice",
        _("A partner is withdrawing, to its contacts"),
        (ORGANIZATION, MOU, DAY),
        _("%(organization)s is withdrawing from %(mou)s"),
        _("%(organization)s is withdrawing from “%(mou)s” on %(day)s."),
    ),
    (
        "mou_ended",
        _("The MOU has ended"),
        (MOU, DAY),
        _("%(mou)s has ended"),
        _("“%(mou)s” ended on %(day)s for %(organization)s. What was signed can still be read."),
    ),
)
OTHER_TERM_MAILS: tuple[Row, ...] = (
    (
        "mou_notice_others",
        _("A partner is withdrawing, to the others"),
        (ORGANIZATION, MOU, DAY),
        _("%(organization)s is withdrawing from %(mou)s"),
        _("%(organization)s is withdrawing from “%(mou)s” on %(day)s."),
    ),
    (
        "mou_renews",
        _("Whether a partner renews"),
        (ORGANIZATION, MOU, WHO),
        _("%(organization)s plans to renew %(mou)s"),
        _("%(who)s said so. What %(organization)s signed ends on %(day)s."),
    ),
)
