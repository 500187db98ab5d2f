"""Letters as the network carries them: to the byte what Django's own mail would be."""

import re

import pytest
from django.core.mail import EmailMultiAlternatives

from stemnet.outbox.composing import Composed


def letter(kind, subject):
    """Return the bytes of a letter of ``kind``, the lines between its parts numbered."""
    headers = {"Message-ID": "<1@example.org>", "Date": "Mon, 14 Sep 2026 13:00:00 -0000"}
    headers["List-Unsubscribe"] = f"<https://stem.example.org/{'u' * 90}/>"
    mail = kind(subject=subject, body="Tuesday at nine.\n.\n" * 40, to=["ada@example.org"], headers=headers)
    mail.attach_alternative("<p>S\u00f8n</p>", "text/html")
    mail.attach("meetings.ics", "BEGIN:VCALENDAR\r\n", "text/calendar; method=PUBLISH")
    sent = mail.message().as_bytes(linesep="\r\n")
    for number, line in enumerate(re.findall(rb'boundary="([^"]+)"', sent)):
        sent = sent.replace(line, b"%d" % number)
    return sent


@pytest.mark.parametrize("subject", ["Hello", "Gr\u00fc\u00dfe", "word " * 40, "x" * 68, "one\tblank"])
def test_a_letter_is_composed_as_django_composes_it(subject):
    assert letter(Composed, subject) == letter(EmailMultiAlternatives, subject)
