"""Somebody changes districts: loses the work address, combines two accounts, downloads, and is deleted."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from partners.models import Person
from tests import factories
from tests.browser.mailbox import newest_to, type_code
from tests.browser.someone import Meet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORK, HOME = "ana@school.example.org", "ana@home.example.org"


def downloaded(ana, label: str) -> bytes:
    with ana.page.expect_download() as waiting:
        ana.main.get_by_role("link", name=label).click()
    return Path(waiting.value.path()).read_bytes()


@pytest.mark.parametrize("phone", [False, True])
def test_two_accounts_become_one_and_are_downloaded_and_deleted(meet: Meet, phone: bool):
    factories.a_partnership()
    work = factories.a_user(first_name="Ana", last_name="Reis", address=WORK).person
    home = factories.a_user(first_name="Anna", last_name="Reis", address=HOME).person
    network = factories.a_network(title="Chemistry")
    factories.a_registration(network, work)
    ana = meet(HOME, phone=phone)

    ana.sign_in()
    ana.open("/learning/data/")
    ana.press("Add an address")
    ana.fill(address=WORK)
    ana.press("Send it a code")
    type_code(ana.page, str(newest_to(WORK).body))
    ana.reads("Combine your two accounts", "Chemistry")
    ana.press("Combine them")
    ana.told("Your two accounts are one now")
    ana.reads("Chemistry", WORK, HOME)

    rows = json.loads(downloaded(ana, "Download everything (JSON)"))["rows"]
    assert {one["address"] for one in rows["e-mail addresses"]} == {WORK, HOME}
    paper = ana.page.request.get(f"{ana.url}/learning/data/my-data.pdf").body()
    assert "Chemistry" in "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)

    ana.press("Delete my data")
    ana.reads("What goes", "What stays, and why")
    ana.press("Send me a code to delete my data")
    type_code(ana.page, str(newest_to(HOME).body))
    ana.told("Your data is deleted")
    assert not ana.is_signed_in()
    assert newest_to(HOME).subject == "Your data is deleted"
    assert {str(one) for one in Person.objects.filter(pk__in=[work.pk, home.pk])} == {"Removed person"}
    assert ana.said == []
