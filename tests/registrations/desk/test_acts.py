"""How many acts common work takes from the staff desk on: each press, or form sent, that loads a page."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.credit.domain import issuing
from tests import factories
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db
MOST = {"find a person": 1, "open a certificate": 2, "print a sign-in sheet": 2}


class Walk:
    """Somebody at the staff desk, who presses only what the page shows."""

    def __init__(self, client):
        self.client, self.acts = client, 0
        self.page = client.get("/staff/").content.decode()

    def press(self, url):
        """Follow a link of the page."""
        links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', self.page)]
        assert url in links, f"no link to {url}"
        self._open(url)

    def search(self, words):
        """Type into the search box and press Enter."""
        action = re.search(r'<form\s+class="staff-search"\s+method="get"\s+action="([^"]+)"', self.page)
        self._open(action[1], {"q": words})

    def _open(self, url, query=None):
        answer = self.client.get(url, query or {})
        assert answer.status_code == 200
        self.acts += 1
        if answer["Content-Type"].startswith("text/html"):
            self.page = answer.content.decode()


@pytest.fixture
def walk(client):
    client.force_login(factories.a_staff_member().user)
    return lambda: Walk(client)


def test_a_person_is_found_in_one_act(walk):
    person = factories.a_person(first_name="Eva", last_name="Ávila", address="eva@example.org")
    factories.a_registration(factories.a_network(title="Leaders"), person)
    desk = walk()
    desk.search("avila")
    assert all(words in desk.page for words in ("Eva Ávila", "eva@example.org", "Leaders 2020-21"))
    assert desk.acts == MOST["find a person"]


def test_a_certificate_is_opened_in_two_acts(walk):
    registration = a_participant(an_awarding_network())
    document = issuing.issue(registration=registration, kind="pdp", by=registration.person, at=JUNE)
    desk = walk()
    desk.search(str(registration.person))
    desk.press(reverse("staff_document", args=[document.uid]))
    assert desk.acts == MOST["open a certificate"]


def test_the_sheet_of_the_next_meeting_is_printed_in_two_acts(walk):
    soon = timezone.localdate() + timedelta(days=3)
    meeting = factories.a_meeting(factories.a_network(meetings=0), on=soon)
    desk = walk()
    desk.press(reverse("staff_sheet", args=[meeting.uid]))
    desk.press(reverse("staff_sheet_pdf", args=[meeting.uid]))
    assert desk.acts == MOST["print a sign-in sheet"]
