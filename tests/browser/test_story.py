"""The whole story in a browser: from registering without a login to a certificate and the export."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from django.core import mail
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from meetings.models import Commitment, CommitmentVersion, Network
from partners.models import Person, Provider
from registrations.credit.domain import announce_documents
from registrations.evaluation.domain import asking_evaluation
from registrations.models import Document
from registrations.seats.domain import reminding
from tests import factories
from tests.browser.evaluation_steps import answer_steps
from tests.browser.mailbox import newest_to, type_code

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
ADDRESS = "lead.wareham@example.org"
DATES = [date(2020, 10, 14), date(2020, 12, 8), date(2021, 2, 10), date(2021, 4, 13), date(2021, 5, 26)]
NAME = "São Tomé Nguyễn"


@pytest.fixture
def network() -> Network:
    factories.a_partnership()
    provider = Provider.objects.create(name="Regional Center", number="2020-0417")
    network = factories.a_network(
        meetings=0,
        title="STE District Leaders Network",
        slug="ste-2020-21",
        provider=provider,
        pdp_topic="Leading the STE standards",
        pdp_category="content",
        objectives="Lead the standards.",
        assessment="A plan for action.",
        signatory_name="Director",
        signatory_title="For the provider",
        contact_email="hello@example.org",
    )
    for number, on in enumerate(DATES, start=1):
        factories.a_meeting(
            network,
            on=on,
            title=f"Meeting {number}",
            modality="online",
            join_url="https://meet.example.org/ste",
        )
    commitment = Commitment.objects.create(network=network, required=True)
    CommitmentVersion.objects.create(
        commitment=commitment, text="attend the sessions", written_at=factories.NOW
    )
    factories.an_organization(
        name="Wareham Public Schools", slug="wareham", state_org_code="03100000", state="MA"
    )
    return network


@pytest.fixture
def staff(network) -> Person:
    return factories.a_staff_member(address="staff@example.org", first_name="Network", last_name="Staff")


def sign_in(page: Page, url: str, address: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/accounts/login/")
    page.get_by_text("Use a password instead").click()
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", "network-demo")
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda where: "/accounts/login" not in where)


def sign_in_by_code(page: Page, url: str, address: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("E-mail address").first.fill(address)
    page.get_by_role("button", name="Send me a code").click()
    type_code(page, newest_to(address).body)


def register(page: Page, url: str) -> None:
    page.goto(f"{url}/networks/ste-2020-21/")
    page.get_by_role("link", name="Register").first.click()
    page.locator("#id_first_name").fill("Science lead")
    page.locator("#id_last_name").fill("Wareham")
    page.locator("#id_certificate_name").fill(NAME)
    page.locator("#id_address").fill(ADDRESS)
    page.locator("#id_organization").fill("Wareham Public Schools")
    page.locator("#id_job").select_option("coordinator")
    page.get_by_label("attend the sessions").check()
    page.get_by_role("button", name="Send me the code").click()
    expect(page.locator("input[name=code]")).to_be_visible()
    type_code(page, newest_to(ADDRESS).body)
    expect(page.locator("main")).to_contain_text("registered")


def take_attendance(page: Page, url: str, network: Network) -> None:
    """Four of five meetings: ticked, one left early, one absent; each completed."""
    for number, meeting in enumerate(network.meetings.own().order_by("starts_at")):
        page.goto(f"{url}/staff/meetings/{meeting.uid}/")
        row = page.locator("[data-row]").first
        if number == 3:
            row.locator(".desk-more").click()
            row.get_by_role("button", name="Absent").click()
        else:
            row.locator(".desk-tick").click()
        page.get_by_role("button", name="Attendance is complete").click()
        expect(page.locator("#messages")).to_contain_text("Attendance is complete.")


def answer_evaluation(page: Page, url: str) -> None:
    page.goto(f"{url}/learning/ste-2020-21/evaluation/")
    answer_steps(page)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator("main")).not_to_contain_text("Send my answers")


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def download(context: BrowserContext, url: str) -> bytes:
    response = context.request.get(url)
    assert response.ok, response.status
    return response.body()


def test_from_registering_to_a_certificate(live_server, context, network, staff, settings):
    url = settings.SITE_URL = live_server.url
    page = context.new_page()
    with time_machine.travel(datetime(2020, 9, 8, 13, 0, tzinfo=UTC)):
        register(page, url)
        assert network.registrations.seated().count() == 1

    with time_machine.travel(datetime(2020, 10, 13, 13, 5, tzinfo=UTC)) as now:
        reminding.sweep_reminders(at=datetime.now(tz=UTC))
        reminder = newest_to(ADDRESS)
        assert "https://meet.example.org/ste" in reminder.body
        assert "9:00 a.m. to 12 noon ET" in reminder.body
        sent = len(mail.outbox)
        now.shift(timedelta(minutes=5))
        reminding.sweep_reminders(at=datetime.now(tz=UTC))
        newest_to(ADDRESS)
        assert len(mail.outbox) == sent

    with time_machine.travel(datetime(2021, 5, 27, 13, 0, tzinfo=UTC)):
        sign_in(page, url, "staff@example.org")
        take_attendance(page, url, network)
        asking_evaluation.sweep_evaluations(at=datetime.now(tz=UTC))
        assert "/evaluation/" in newest_to(ADDRESS).body

    with time_machine.travel(datetime(2021, 5, 28, 13, 0, tzinfo=UTC)):
        sign_in_by_code(page, url, ADDRESS)
        answer_evaluation(page, url)
        announce_documents.tell_ready(at=datetime.now(tz=UTC))
        page.goto(f"{url}/learning/ste-2020-21/documents/")
        with page.expect_response(lambda answer: answer.request.method == "POST"):
            page.get_by_role("button", name="Issue my documents").click()
        page.wait_for_load_state()
        certificate = Document.objects.get(kind=Document.Kind.PDP)
        text = text_of(download(context, f"{url}/documents/{certificate.uid}/"))
        assert NAME in text
        assert "12.00" in text
        assert certificate.number in text
        page.goto(f"{url}/verify/{certificate.code}/")
        expect(page.locator("main")).to_contain_text("Valid")
        expect(page.locator("main")).not_to_contain_text(ADDRESS)

    with time_machine.travel(datetime(2021, 6, 1, 13, 0, tzinfo=UTC)):
        sign_in(page, url, "staff@example.org")
        page.goto(f"{url}/staff/documents/{certificate.uid}/")
        page.locator("input[name=reason]").fill("The name is to carry an accent")
        page.get_by_role("button", name="Replace it with today").click()
        page.wait_for_load_state()
        certificate.refresh_from_db()
        assert certificate.status == Document.Status.SUPERSEDED
        page.goto(f"{url}/verify/{certificate.code}/")
        expect(page.locator("main")).to_contain_text("Superseded")

        anew = certificate.replaced_by
        page.goto(f"{url}/staff/documents/{anew.uid}/")
        page.locator("input[name=reason]").fill("Issued for the wrong year")
        page.get_by_role("button", name="Revoke").click()
        page.wait_for_load_state()
        page.goto(f"{url}/verify/{anew.code}/")
        expect(page.locator("main")).to_contain_text("Revoked")

        page.goto(f"{url}/staff/networks/ste-2020-21/export/")
        page.locator("input[name=kind][value=xlsx]").check()
        with page.expect_download() as downloading:
            page.locator("main form button[type=submit]").click()
        book = load_workbook(BytesIO(downloading.value.path().read_bytes()))
        people, attendance, _about = (list(sheet.iter_rows(values_only=True)) for sheet in book)
        row = dict(zip(people[0], people[1], strict=True))
        assert NAME in row.values()
        assert "03100000" in row.values()
        assert 12 in [value for value in row.values() if isinstance(value, int | float)]
        assert len(attendance) == 1 + 5
