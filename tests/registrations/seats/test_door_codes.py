"""The code for the door: one a registration, in the mail, in My learning, and on a page of its own."""

import re
from datetime import timedelta

import pytest
import segno
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import Modality
from registrations.seats.domain import door_codes
from registrations.seats.emails import registering
from stemnet.models import Mail
from tests.factories import a_meeting, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    network = a_network(meetings=0)
    a_meeting(network, on=timezone.localdate() + timedelta(days=30))
    return a_registration(network, a_user(first_name="Ana", last_name="Reis").person, at=timezone.now())


def test_each_registration_has_a_code_of_its_own(registration):
    other = a_registration(registration.network, a_user().person, at=timezone.now())
    assert len({registration.door_code, other.door_code}) == 2
    assert list(door_codes.holders([registration.door_code])) == [registration]


@pytest.mark.parametrize(
    "scanned",
    [
        "http://localhost:8000/door/7KQM4HZD92XWTP3C/",
        "https://portal.example.org/door/7KQM4HZD92XWTP3C",
        "7KQM-4HZD-92XW-TP3C",
        " 7kqm 4hzd 92xw tp3c ",
    ],
)
def test_the_code_is_found_in_what_a_camera_or_keys_gave(scanned):
    assert door_codes.code_in(scanned) == "7KQM4HZD92XWTP3C"


@pytest.mark.parametrize(
    "scanned", ["", "https://example.org/", "WIFI:S:Guest;;", "7KQM4HZD92XWTP3", "/" * 99]
)
def test_what_is_no_code_is_none(scanned):
    assert door_codes.code_in(scanned) == ""


def test_the_page_is_the_same_whether_anybody_has_the_code_or_not(registration):
    shown = [
        Client().get(reverse("door_code", args=[code])).content.decode()
        for code in (registration.door_code, "7KQM4HZD92XWTP3C")
    ]
    plain = [
        re.sub(r'<path[^>]*>|[0-9A-Z]{4}(-[0-9A-Z]{4}){3}|content="[^"]*"|href="[^"]*"', "", page)
        for page in shown
    ]
    assert "Reis" not in shown[0] and plain[0] == plain[1]


def test_the_page_of_what_is_no_code_is_not_found():
    assert Client().get(reverse("door_code", args=["7KQM4"])).status_code == 404


def test_the_qr_holds_the_address_of_the_page(registration):
    page = Client().get(reverse("door_code", args=[registration.door_code])).content.decode()
    address = f"http://localhost:8000/door/{registration.door_code}/"
    assert door_codes.door_address(registration) == address
    drawn = segno.make(address, error="m", micro=False, mask=3).svg_inline(
        border=4, dark="#10222e", light="#fff", omitsize=True, svgclass=None, lineclass=None
    )
    assert drawn in page


def test_the_confirmation_leads_to_the_code(registration):
    registering.registered(registration, at=timezone.now())
    assert f"/door/{registration.door_code}/" in Mail.objects.latest("pk").text


def test_where_all_meetings_are_online_nobody_needs_a_code(registration):
    registration.network.meetings.update(modality=Modality.ONLINE)
    registering.registered(registration, at=timezone.now())
    client = Client()
    client.force_login(registration.person.user)
    page = client.get(reverse("learning_network", args=[registration.network.slug])).content.decode()
    assert ["/door/" in Mail.objects.latest("pk").text, "/door/" in page] == [False, False]


@pytest.mark.parametrize("page", ["learning", "learning_network"])
def test_my_learning_shows_the_code(registration, page):
    client = Client()
    client.force_login(registration.person.user)
    where = reverse(page, args=[registration.network.slug] if page == "learning_network" else [])
    assert reverse("door_code", args=[registration.door_code]) in client.get(where).content.decode()
