"""Rows for the tests of locking and signing."""

import re
from datetime import date, timedelta

from partners.memorandum.domain import (
    document_words,
    freezing,
    mou_texts,
    part_contacts,
    parts,
    sign_requests,
    signing,
)
from partners.models import MouText, Signature
from stemnet.models import Mail
from tests.factories import NOW, a_mou, a_user, an_organization

DAY = timedelta(days=1)
LATER = NOW + DAY
EFFECTIVE = date(2020, 9, 1)
WORDS = {
    "does": "We teach **robotics**.",
    "needs_text": "Mentors",
    "contributes_text": "Rooms",
    "signatory_title": "Superintendent",
}
SOMEWHERE = signing.Circumstances(
    ip_address="192.0.2.7", user_agent="Firefox on a school laptop", zone="America/Los_Angeles"
)


def a_circulated_mou(**fields):
    mou = a_mou(**{"effective_on": EFFECTIVE, **fields})
    mou_texts.circulate(mou.texts.first(), note="", at=NOW)
    return mou


def boss(mou):
    return mou.texts.first().by


def an_accepted_part(mou, *, organization=None, drafter=None, at=NOW, **words):
    organization = organization or an_organization(stage="interested")
    drafter = drafter or a_user().person
    role = part_contacts.ask_for_part(mou, organization=organization, drafter=drafter, by=boss(mou), at=at)
    chief = {
        "signatory_name": f"Chief {organization.slug}",
        "signatory_email": f"chief@{organization.slug}.example",
    }
    role = parts.save_part(role, words={**WORDS, **chief, **words}, seen=1, by=drafter, at=at)
    role = parts.submit_part(role, by=drafter, at=at)
    return parts.accept_part(role, seen=role.revision, by=boss(mou), at=at)


def locked(mou, *, at=NOW, join=False, **fields):
    gathered = document_words.gather_for_freezing(mou, join=join)
    return freezing.freeze_for_signature(mou, seen=gathered.digest, join=join, **fields, by=boss(mou), at=at)


def a_signature(**fields):
    mou = a_circulated_mou(**fields)
    an_accepted_part(mou)
    locked(mou)
    return Signature.objects.get()


def pdf_of(document):
    with document.pdf.storage.open(document.pdf.name) as file:
        return file.read()


def link_of(signature, *, begins="sign_"):
    """Return the newest private link that was mailed for ``signature``."""
    mails = Mail.objects.filter(object=str(signature.uid), key__startswith=begins)
    texts = [mail.text for mail in mails.order_by("pk")]
    return [found[1] for text in texts for found in [re.search(r"/sign/([\w-]+)/", text)] if found][-1]


def code_for(signature, *, at=LATER, fresh=True, to_sign=True):
    """Ask for a code to sign, or to say something else, and return it."""
    signature.refresh_from_db()
    if fresh:
        seen = signing.fingerprint(signature)
        signing.send_code(signature, seen=seen, consented=to_sign, to_sign=to_sign, at=at)
    mail = Mail.objects.filter(object=str(signature.uid), key__startswith="sign_code").latest("pk")
    return re.search(r"\d{6}", mail.text)[0]


def signed(signature, *, at=LATER, **fields):
    token = link_of(signature)
    signature = sign_requests.find(token)
    given = {
        "token": token,
        "seen": signing.fingerprint(signature),
        "code": fields.pop("code", None) or code_for(signature, at=at),
        "typed_name": signature.signatory_name,
        "authorized": True,
        "circumstances": SOMEWHERE,
        "by": None,
        "at": at,
    }
    return signing.sign_electronically(signature, **{**given, **fields})


def a_next_text(mou, *, body, weight=MouText.Weight.EDITORIAL, at=LATER):
    """Circulate a next version of the shared text in which the purpose says ``body``."""
    text = mou_texts.draft_of(mou, by=boss(mou), at=at)
    section = text.sections.get(key="purpose")
    mou_texts.write_section(section, heading=section.heading, body=body, seen=mou_texts.mark(section))
    return mou_texts.circulate(text, note="A word", weight=weight, at=at)
