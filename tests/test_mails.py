"""Every mail there is: both forms say the same, and what people typed is words in either."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings

from stemnet.outbox.rendering import render

TYPED = '*a* _b_ [c](http://evil.example/c) <b>d</b> &amp; # ~~e~~ | `f` http://evil.example/g <!-- 1. "h"'
AT = datetime(2020, 10, 14, 13, 0, tzinfo=UTC)
PAGE = "https://stem.example.org/page/"
ROOT = settings.BASE_DIR / "templates"
FRAMES = {"mail/base", "mail/code"}


class Row(dict):
    """A row as a template sees it: it has these values, and somebody typed what it is called."""

    def __str__(self):
        return TYPED


NETWORK = Row(contact_email="desk@example.org", zone="America/New_York")
SESSION = Row(NETWORK, is_information_session=True)
MEETING = Row(
    title=TYPED,
    starts_at=AT,
    ends_at=AT,
    zone="America/New_York",
    modality="hybrid",
    get_modality_display="In person and online",
    venue=TYPED,
    room=TYPED,
    address=TYPED,
    join_url=PAGE,
)
COMMON = {
    "language": "en",
    "site_url": "https://stem.example.org",
    "partnership": {"name": TYPED, "postal_address": f"{TYPED}\nDartmouth"},
    "person": TYPED,
    "network": NETWORK,
    "unsubscribe_url": f"{PAGE}stop/",
    "why": TYPED,
}
REGISTERED = {
    "door_url": PAGE,
    "meetings": [MEETING],
    "full_group": TYPED,
    "group_url": PAGE,
    "network_url": PAGE,
    "learning_url": PAGE,
    "leave_url": f"{PAGE}leave/",
}
WORDS = {
    "subject": TYPED,
    "lines": [TYPED, "Two."],
    "links": [{"words": TYPED, "label": TYPED, "url": "/one/"}],
    "after": [TYPED],
    "quote": f"{TYPED}\n{TYPED}\n\n{TYPED}",
    "action": TYPED,
    "url": "/two/",
}
MATCH = {"taker": TYPED, "giver": TYPED, "category": TYPED, "url": PAGE}
INVITATION = {"invitation": Row(subject=TYPED, name=TYPED, organization=TYPED, sender=TYPED), "link": PAGE}
CHANGED = {
    "what": "Moved",
    "title": TYPED,
    "group": TYPED,
    "when": "now",
    "before": "then",
    "where": TYPED,
    "join_url": PAGE,
}
COMING = {"title": TYPED, "network": TYPED, "group": TYPED, "when": "now", "where": TYPED, "join_url": PAGE}
DOCUMENT = Row(number="STE-1", get_kind_display=TYPED)
PIECES = [{"words": f"Dear {TYPED},\n\n"}, {"is_link": True}, {"words": f"\n\n{TYPED}"}]
CODE = {"code": "123456"}
SAID = {
    "account/email/email_confirmation": [CODE],
    "account/email/login_code": [CODE],
    "account/email/notice": [{"notice": TYPED}],
    "account/email/password_reset_code": [CODE],
    "account/email/unknown_account": [{"networks": "/networks/"}],
    "mail/partners/address_added": [{"address": TYPED}],
    "mail/partners/address_code": [CODE],
    "mail/partners/address_removed": [{"address": TYPED}],
    "mail/partners/data_deleted": [{"name": TYPED, "verify": "/verify/"}],
    "mail/partners/deletion_code": [CODE],
    "mail/partners/introduced": [
        {
            **MATCH,
            "by": TYPED,
            "needed": TYPED,
            "offered": TYPED,
            "sides": [
                (TYPED, [Row(primary_address="ada@example.org"), Row(primary_address="bo@example.org")])
            ],
        }
    ],
    "mail/partners/invitation": [{**INVITATION, "pieces": PIECES}],
    "mail/partners/invited": [INVITATION, {**INVITATION, "invitation": Row(subject=TYPED)}],
    "mail/partners/match_moved": [{**MATCH, "confirmed": True}, {**MATCH, "reason": TYPED}],
    "mail/partners/mou": [WORDS],
    "mail/partners/people_merged": [{}, {"by_yourself": True}],
    "mail/partners/primary_changed": [{"address": TYPED}],
    "mail/partners/signing": [WORDS, {**WORDS, "url": "", "links": [], "quote": ""}],
    "mail/partners/signing_code": [
        {**CODE, "purpose": purpose, "mou": TYPED, "organization": TYPED}
        for purpose in ("sign", "object", "answer")
    ],
    "mail/partners/stale": [
        {"person": person, "organization": TYPED, "stage": TYPED, "days": 21, "url": PAGE}
        for person in (TYPED, None)
    ],
    "mail/registrations/questions": [
        {"number": number, "again": again, "url": PAGE} for number in (1, 2) for again in (True, False)
    ],
    "mail/registrations/colleague_wrote": [
        {"sender": TYPED, "text": TYPED, "shown_address": address, "is_answer": bool(address), "url": PAGE}
        for address in ("", "ada@example.org")
    ],
    "mail/registrations/code": [{**CODE, "hold": {"expires_at": AT, "keeps_seat": True}, "url": PAGE}],
    "mail/registrations/designee": [
        {**REGISTERED, **CODE, "registration": {"leader_name": TYPED}, "until": "Wednesday", "url": PAGE}
    ],
    "mail/registrations/seat_held": [{**REGISTERED, "registration": {"leader_name": TYPED}}],
    "mail/registrations/designee_ended": [
        {**REGISTERED, "leader": TYPED, "refused": refused} for refused in (True, False)
    ],
    "mail/registrations/document_replaced": [{"old": DOCUMENT, "new": DOCUMENT, "url": PAGE}],
    "mail/registrations/document_revoked": [{"document": DOCUMENT, "reason": TYPED}],
    "mail/registrations/documents_ready": [{"names": [TYPED, TYPED], "url": PAGE}],
    "mail/registrations/evaluation": [
        {"last_day": AT.date(), "url": PAGE},
        {"again": True, "last_day": AT.date(), "url": PAGE},
        {"closed": True, "url": PAGE},
    ],
    "mail/registrations/pulse": [
        {"meeting": {"on": AT.date()}, "last_day": AT.date(), "url": PAGE},
        {"meeting": {"on": AT.date()}, "again": True, "last_day": AT.date(), "url": PAGE},
    ],
    "mail/registrations/meetings_changed": [
        {"lines": [CHANGED], "url": PAGE},
        {"lines": [CHANGED], "url": PAGE, "is_team": True},
        {"lines": [CHANGED, {**CHANGED, "is_cancelled": "yes"}], "reason": TYPED, "url": PAGE},
    ],
    "mail/registrations/message": [
        {
            "subject": TYPED,
            "paragraphs": [
                {"pieces": [{"words": f"Dear {TYPED},"}]},
                {"pieces": [{"words": "See "}, {"link": {"url": PAGE, "words": TYPED}}]},
                {"button": {"url": PAGE, "words": TYPED}},
            ],
        }
    ],
    "mail/registrations/network_cancelled": [{"reason": TYPED}, {"reason": TYPED, "waits": True}],
    "mail/registrations/registered": [
        {**REGISTERED, "registration": {"party_size": 2}},
        {**REGISTERED, "own_words": {"subject": TYPED, "opening": f"{TYPED}\n\n{TYPED}"}},
        {**REGISTERED, "network": SESSION},
        {**REGISTERED, "network": SESSION, "meetings": [Row(MEETING, join_url="")]},
    ],
    "mail/registrations/reminder": [
        {"subject": TYPED, "lines": [COMING], "has_login": True, "url": PAGE},
        {"subject": TYPED, "lines": [COMING], "group_url": PAGE},
        {"subject": TYPED, "lines": [COMING, {**COMING, "join_url": "", "link_later": True}], "url": PAGE},
    ],
    "mail/registrations/removed": [{"reason": TYPED}],
    "mail/registrations/seat_offered": [
        {**REGISTERED, "until": "Wednesday", "offer_url": PAGE, "registration": {"party_size": 3}}
    ],
    "mail/registrations/offer_reminder": [
        {"until": "Wednesday", "offer_url": PAGE, "registration": {"party_size": 1}}
    ],
    "mail/registrations/offer_expired": [{**REGISTERED, "stays": stays} for stays in (True, False)],
    "mail/registrations/seat_passed_on": [
        {**REGISTERED, "colleague": TYPED, "reason": TYPED, "until": "Wednesday", "url": PAGE}
    ],
    "mail/registrations/seat_answered": [
        {**REGISTERED, "colleague": TYPED, "taken": taken} for taken in (True, False)
    ],
    "mail/registrations/substitute_asked": [
        {**REGISTERED, "colleague": TYPED, "meeting": MEETING, "until": "Wednesday", "url": PAGE}
    ],
    "mail/registrations/substitute_answered": [
        {**REGISTERED, "colleague": TYPED, "answer": answer, "meeting": MEETING}
        for answer in ("coming", "declined", "given_up")
    ],
    "mail/registrations/guest_coming": [
        {**REGISTERED, "colleague": colleague, "meeting": MEETING} for colleague in (TYPED, "")
    ],
    "mail/registrations/guest_code": [{**CODE, "meetings": [MEETING]}],
    "mail/registrations/guest_ended": [
        {**REGISTERED, "colleague": colleague, "meeting": MEETING} for colleague in (TYPED, "")
    ],
    "mail/registrations/place_free": [
        {**REGISTERED, "in_room": said, "unlimited": not said, "meeting": MEETING, "meeting_url": PAGE}
        for said in (True, False)
    ],
    "mail/registrations/seat_for_you": [
        {
            "name": name,
            "subject": TYPED,
            "asked": f"{TYPED} named you.",
            "kept": "Until Wednesday.",
            "keeps_seat": bool(name),
            "meetings": [MEETING],
            "reminds": not name,
            "url": PAGE,
        }
        for name in (TYPED, "")
    ],
    "mail/registrations/seat_not_kept": [
        {"who": TYPED, "network_url": PAGE, "keeps_seat": keeps} for keeps in (True, False)
    ],
    "mail/registrations/seat_given": [REGISTERED, {**REGISTERED, "network": SESSION}],
    "mail/registrations/waiting": [
        {**REGISTERED, "place": 3, "automatic": True},
        {**REGISTERED, "place": 3, "network": SESSION},
    ],
    "mail/registrations/materials_up": [
        {"meeting": MEETING, "when": "then", "url": PAGE, "materials": [Row(title=TYPED, note=TYPED)]}
    ],
    "mail/registrations/missed": [
        {"meeting": MEETING, "when": "then", "url": PAGE, "excused": True},
        {"meeting": MEETING, "when": "then", "url": PAGE, "excused": True, "by_staff": True},
        {"meeting": MEETING, "when": "then", "url": PAGE, "ahead": "soon", "ahead_title": TYPED},
    ],
    "mail/registrations/walked_in": [{"meeting": MEETING, "url": PAGE}],
    "mail/registrations/withdrawn": [
        {**REGISTERED, "was_seated": True},
        {**REGISTERED, "network": SESSION},
    ],
}
MAILS = [
    pytest.param(template, said, id=f"{template.rpartition('/')[2]}-{number}")
    for template, variants in SAID.items()
    for number, said in enumerate(variants)
]


def mail(template, said):
    """Render a mail, and return it with the part of its HTML that the text repeats."""
    rendered = render(template, said, language="en", common=COMMON)
    body = rendered.html.partition("<body")[2].partition(">")[2]
    return rendered, re.sub(r"<header>.*?</header>", "", body, flags=re.DOTALL)


def words(text, *, but):
    """Return the words of a text without bullets, lines that are addresses and the colons of links."""
    lines = [line for line in text.split("\n") if line.strip() not in but]
    return [word.rstrip(":") for line in lines for word in line.split() if word not in ("-", "--")]


def shown(html):
    """Return what a mail program shows of ``html``; in a letter that was typed, a link is its address."""
    html = re.sub(r'(class="typed"[^>]*>.*?)<a href="(.*?)".*?</a>', r"\1\2", html)
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(?:br|/?(?:p|li|div|td|pre)\b[^>]*)>", "\n", html)))


def test_every_mail_is_looked_at():
    found = {
        path.relative_to(ROOT).with_suffix("").as_posix()
        for folder in ("mail", "account/email")
        for path in (ROOT / folder).rglob("[!_]*.*")
    }
    assert found == {*SAID, *FRAMES}


@pytest.mark.parametrize(("template", "said"), MAILS)
def test_both_forms_say_the_same(template, said):
    rendered, body = mail(template, said)
    addresses = {unescape(address) for address in re.findall(r'<a\s+href="(.*?)"', body)}
    assert words(rendered.text, but=addresses) == words(shown(body), but=addresses)


@pytest.mark.parametrize(("template", "said"), MAILS)
def test_every_link_stands_in_the_text(template, said):
    rendered, body = mail(template, said)
    addresses = [unescape(address) for address in re.findall(r'<a\s+href="(.*?)"', body)]
    assert [one for one in addresses if one.removeprefix("mailto:") not in rendered.text] == []


@pytest.mark.parametrize(("template", "said"), MAILS)
def test_what_people_typed_is_no_markup(template, said):
    rendered, body = mail(template, said)
    assert re.findall(r"<b>|<!--|href=\"[^\"]*evil", body) == []
    assert rendered.text.count(TYPED) == shown(body).count(TYPED) > 0


@pytest.mark.parametrize(("template", "said"), MAILS)
def test_every_mail_says_why_and_from_whom(template, said):
    rendered, _body = mail(template, said)
    footer = rendered.text.partition("\n-- \n")[2].split("\n")
    assert (footer[0], footer[-3:-1]) == (TYPED, ["Dartmouth", "https://stem.example.org"])
    assert f"{PAGE}stop/" in footer


@pytest.mark.parametrize(("template", "said"), MAILS)
def test_every_subject_is_one_line_of_plain_words(template, said):
    rendered, _body = mail(template, said)
    title = re.findall(r"<title>(.*?)</title>", rendered.html, re.DOTALL)
    assert [rendered.subject] == [" ".join(unescape(one).split())[:250] for one in title]
