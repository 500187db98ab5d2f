"""The pages of kiosks: opening one hands nobody's session over, and only the kiosk may use a camera."""

import uuid
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.models import local_day
from registrations.attendance.domain import kiosks
from registrations.models import Kiosk
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    network = factories.a_network(meetings=0)
    today = local_day(timezone.now(), network.zone)
    return factories.a_meeting(network, on=today, start_time=time(0, 0), end_time=time(23, 59))


@pytest.fixture
def staff(client):
    person = factories.a_staff_member()
    client.force_login(person.user)
    return person


def page(meeting):
    return reverse("staff_kiosk", args=[meeting.uid])


def typed(how="here", **more):
    return {"uid": str(uuid.uuid4()), "place": "Main entrance", "how": how, **more}


def test_starting_here_signs_out_and_goes_to_the_kiosk(client, staff, meeting):
    answer = client.post(page(meeting), typed())
    assert answer["Location"].startswith("/kiosk/") and "_auth_user_id" not in client.session
    assert (str(Kiosk.objects.get()), Kiosk.objects.get().by) == ("Main entrance", staff)
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(page(meeting)).status_code == 302


def test_starting_elsewhere_shows_the_link_once(client, staff, meeting):
    form = typed("other")
    shown = client.post(page(meeting), form).content.decode()
    link = shown.partition('id="kiosk-link" value="')[2].partition('"')[0]
    assert Client().get(link.removeprefix("http://localhost:8000")).status_code == 200
    again = client.post(page(meeting), form, follow=True).content.decode()
    assert "This kiosk is open already" in again and "/kiosk/" not in again.replace(page(meeting), "")
    assert Kiosk.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_stays(client, staff, meeting):
    answer = client.post(page(meeting), typed(how=""))
    assert answer.status_code == 422
    assert "Choose on which device it starts." in answer.content.decode()
    assert 'value="Main entrance"' in answer.content.decode()


def test_no_kiosk_is_offered_for_a_meeting_that_is_over(client, staff, meeting):
    gone = factories.a_meeting(meeting.network, on=meeting.on - timedelta(days=3))
    assert "No kiosk can be opened" in client.get(page(gone)).content.decode()
    assert client.post(page(gone), typed()).status_code == 422


def test_closing_one_leaves_the_others(client, staff, meeting):
    for _number in range(2):
        kiosks.open_kiosk(meeting=meeting, uid=uuid.uuid4(), by=staff, at=timezone.now())
    first, other = Kiosk.objects.order_by("pk")
    client.post(reverse("staff_kiosk_close", args=[meeting.uid, first.uid]))
    first.refresh_from_db()
    assert (first.closed_by, Kiosk.objects.filter(closed_at=None).get()) == (str(staff), other)


def test_a_kiosk_of_another_meeting_is_not_closed_here(client, staff, meeting):
    other = factories.a_meeting(meeting.network, on=meeting.on, start_time=time(0, 0), end_time=time(23, 59))
    kiosks.open_kiosk(meeting=other, uid=uuid.uuid4(), by=staff, at=timezone.now())
    close = reverse("staff_kiosk_close", args=[meeting.uid, Kiosk.objects.get().uid])
    assert (client.post(close).status_code, Kiosk.objects.get().closed_at) == (404, None)


def test_the_list_of_kiosks_takes_the_statements_of_one(client, staff, meeting, django_assert_num_queries):
    def add(number):
        for _number in range(number):
            kiosks.open_kiosk(meeting=meeting, uid=uuid.uuid4(), by=staff, at=timezone.now())

    add(1)
    client.get(page(meeting))
    with django_assert_num_queries(8) as told:
        client.get(page(meeting))
    add(15)
    with django_assert_num_queries(len(told)):
        client.get(page(meeting))


def test_only_the_kiosk_may_use_the_camera(client, staff, meeting):
    token = kiosks.open_kiosk(meeting=meeting, uid=uuid.uuid4(), by=staff, at=timezone.now())
    kiosk, desk = (client.get(where) for where in (reverse("kiosk", args=[token]), page(meeting)))
    assert "camera=(self)" in kiosk["Permissions-Policy"] and "microphone=()" in kiosk["Permissions-Policy"]
    assert "camera=()" in desk["Permissions-Policy"]
    assert "no-store" in kiosk["Cache-Control"]


def test_a_link_that_opens_nothing_says_so(client):
    answer = client.get(reverse("kiosk", args=["nothing"]))
    assert (answer.status_code, "This kiosk has ended" in answer.content.decode()) == (404, True)


def test_the_worker_serves_only_what_lies_below_kiosks(client):
    answer = client.get(reverse("kiosk_worker"))
    assert answer["Content-Type"] == "text/javascript" and "Service-Worker-Allowed" not in answer
    assert b"js/kiosk-worker" in answer.content
