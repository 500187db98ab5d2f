"""The table of docs/mail.md says of every mail whether it can be worded, and so it is."""

import re

from django.conf import settings

from stemnet.outbox.worded import every_mail
from tests.test_mails import SAID

ROOT = settings.BASE_DIR
SHARED = {"mail/partners/mou", "mail/partners/signing"}
BY_WHOM = {True: "network, partnership", False: "partnership"}
# Keys of mails with a template of their own that are not called like it.
CALLED_OTHERWISE = {"materials": "materials_up", "sign_code": "signing_code"}
NO_MAILS = {"match"}  # which `resting` makes two kinds of


def table():
    """Who words each mail, or why nobody does, as docs/mail.md says."""
    rows = re.findall(r"^\| `([\w/]+)` \| (.+?) \| (.+?) \|$", (ROOT / "docs/mail.md").read_text(), re.M)
    return {kind: words for kind, _about, words in rows}


def kinds_of_shared_templates():
    """What mails that share a template are called by their keys."""
    folders = [
        path for app in ("partners", "meetings", "registrations") for path in (ROOT / app).rglob("emails*")
    ]
    files = [file for path in folders for file in ([path] if path.suffix == ".py" else path.glob("*.py"))]
    found = {key for file in files for key in re.findall(r"key ?= ?f\"([a-z_-]+)[:{]", file.read_text())}
    return {CALLED_OTHERWISE.get(key, key.replace("-", "_").rstrip("_")) for key in found} - NO_MAILS


def test_the_table_says_of_every_mail_who_words_it():
    worded = {kind: BY_WHOM[mail.of_network] for kind, mail in every_mail().items()}
    assert {kind: words for kind, words in table().items() if words in BY_WHOM.values()} == worded


def test_no_mail_is_missing_from_the_table():
    own_templates = {template.rpartition("/")[2] for template in {*SAID} - SHARED}
    assert {*table()} == own_templates | {mail.kind for mail in every_mail().values()}
    assert kinds_of_shared_templates() - {*table()} == set()
