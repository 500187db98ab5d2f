"""Typing in the sign-in sheet on a phone, by the keyboard alone."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from registrations.models import Evidence, Source
from tests import factories
from tests.browser.test_desk_queue import PHONE, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def test_a_sheet_is_typed_in_by_the_keyboard_and_undone_at_once(browser, live_server, settings):
    settings.SITE_URL = live_server.url
    factories.a_partnership()
    network = factories.a_network(meetings=0)
    meeting = factories.a_meeting(network, on=timezone.now().date() - timedelta(days=1))
    people = [
        factories.a_registration(network, factories.a_person(first_name="Kim", last_name=name))
        for name in ("Abe", "Bell", "Cruz")
    ]
    page = browser.new_context(viewport=PHONE).new_page()
    address = reverse("staff_sheet_type", args=[meeting.uid])
    page.goto(f"{live_server.url}{reverse('account_login')}?next={address}")
    sign_in(page, factories.a_staff_member(first_name="Anna", last_name="Desk"))
    page.wait_for_url(f"**{address}")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.focus(f"#here-{people[0].uid}")
    for key in ("x", "Enter", "Enter"):
        page.keyboard.press(key)
    page.focus(f"#in-{people[1].uid}")
    page.keyboard.type("905")
    page.keyboard.press("Enter")
    expect(page.locator(f"#in-{people[2].uid}")).to_be_focused()
    expect(page.locator(f"#here-{people[1].uid}")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Save all lines")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Anna Desk typed in 2 lines")).to_be_visible()
    marks = Evidence.objects.standing().filter(source=Source.SHEET)
    assert set(marks.values_list("registration", flat=True)) == {people[0].pk, people[1].pk}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 marks were removed.")).to_be_visible()
    assert marks.count() == 0
    page.context.close()
