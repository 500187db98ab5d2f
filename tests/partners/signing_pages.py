"""What the tests of the pages of signing do again and again."""

import re

from django.urls import reverse

from partners.memorandum.domain import signing
from stemnet.models import Mail
from tests.partners.signing_rows import link_of


def address(signature):
    return reverse("sign", args=[link_of(signature)])


def log_in(client, person):
    client.force_login(person.user)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def get_code(client, signature):
    seen = signing.fingerprint(signature)
    client.post(address(signature), {"act": "code", "seen": seen, "consented": "on"})
    mail = Mail.objects.filter(object=str(signature.uid), key__startswith="sign_code").latest("pk")
    return re.search(r"\d{6}", mail.text)[0]


def sign(client, signature, *, code=None, **fields):
    given = {
        "act": "sign",
        "seen": signing.fingerprint(signature),
        "sign-code": code or get_code(client, signature),
        "sign-typed_name": signature.signatory_name,
        "sign-authorized": "on",
        "sign-zone": "America/Los_Angeles",
    }
    return client.post(address(signature), {**given, **fields}, HTTP_USER_AGENT="Firefox")
