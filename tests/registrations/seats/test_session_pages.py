"""An information session: name, e-mail, organization, how many come; no code and no login."""

import re

import pytest
import time_machine
from django.urls import reverse

from partners.models import Person, User
from registrations.models import Registration
from registrations.seats.emails.registering import leaving_token
from stemnet.models import Mail
from tests.factories import NOW, a_network, a_person, a_registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_session(**fields):
    plain = {"kind": "information_session", "credit_code": "", "asks_evaluation": False}
    return a_network(**{**plain, "zone": "America/Chicago", **fields})


def post(client, network, **fields):
    plain = {
        "first_name": "Ana",
        "last_name": "Nuñez",
        "address": "ana@example.org",
        "organization": "A museum",
        "organization_choice": "-",
        "party_size": "2",
    }
    return client.post(reverse("register", args=[network.slug]), {**plain, **fields}, follow=True)


def test_a_session_registers_without_code_or_login(client):
    network = a_session()
    page = post(client, network)
    registration = Registration.objects.get()
    assert "Thank you" in page.content.decode()
    assert (registration.status, registration.party_size) == ("seated", 2)
    assert not User.objects.exists()
    assert registration.person.emails.get().verified_at is None
    mail = Mail.objects.get()
    assert "9:00 a.m. to 12 noon CT" in mail.text
    assert mail.attachments[0]["content"].startswith("BEGIN:VCALENDAR")


def test_the_same_form_again_changes_nothing_and_says_the_same(client):
    network = a_session()
    pages = [post(client, network, party_size=size).content for size in ("2", "5")]
    strip = [re.sub(rb'value="\w{64}"', b"", page) for page in pages]
    assert strip[0] == strip[1]
    assert Registration.objects.get().party_size == 2
    assert Mail.objects.count() == 1


def test_a_known_person_is_not_changed_and_not_shown(client):
    person = a_person(address="ana@example.org", first_name="Known", last_name="Person")
    page = post(client, a_session(), first_name="Other", last_name="Name")
    person.refresh_from_db()
    assert (str(person), person.positions.count()) == ("Known Person", 0)
    assert "Known" not in page.content.decode()
    assert Person.objects.count() == 1


def test_full_is_said_to_known_and_unknown_alike(client):
    network = a_session(seats=1, waitlist=False)
    a_registration(network, a_person(address="ana@example.org"))
    for address in ("ana@example.org", "new@example.org"):
        assert (
            "Every seat in this network is taken" in post(client, network, address=address).content.decode()
        )


def test_an_online_session_says_how_to_join(client):
    network = a_session()
    network.meetings.own().update(modality="online", join_url="https://meet.example.org/9")
    post(client, network)
    assert "https://meet.example.org/9" in Mail.objects.get().text
    assert "https://meet.example.org/9" not in Mail.objects.get().attachments[0]["content"]


def test_too_many_forms_from_one_client_say_so(client, settings):
    settings.CODES_PER_CLIENT_HOUR = 2
    network = a_session()
    pages = [post(client, network, address=f"p{number}@example.org") for number in range(3)]
    assert ["Too many forms have been sent" in page.content.decode() for page in pages] == [
        False,
        False,
        True,
    ]
    assert Registration.objects.count() == 2


def test_one_client_takes_no_more_than_a_quarter_of_the_seats_within_an_hour(client):
    network = a_session(seats=100)
    pages = [post(client, network, address=f"p{n}@example.org", party_size="20") for n in range(3)]
    assert ["Too many seats have been requested" in page.content.decode() for page in pages] == [
        False,
        True,
        True,
    ]
    assert "Thank you" in post(client, network, address="p9@example.org", party_size="5").content.decode()
    assert sum(Registration.objects.values_list("party_size", flat=True)) == 25


def test_the_share_of_a_client_says_nothing_about_who_is_registered(client):
    network = a_session(seats=100)
    a_registration(network, a_person(address="ana@example.org"), party_size=9)
    post(client, network, address="ana@example.org", party_size="20")
    assert "Thank you" in post(client, network, address="new@example.org", party_size="5").content.decode()


@pytest.mark.parametrize("name", ["Buy at http://evil.example", "www.evil.example", "me@evil.example"])
def test_a_name_holds_no_address(client, name):
    page = post(client, a_session(), first_name=name)
    assert page.context["form"].errors == {"first_name": ["Type only a name, not an address."]}
    assert not Mail.objects.exists()


def test_more_people_than_seats_wait(client):
    post(client, a_session(seats=1), party_size="2")
    assert Registration.objects.get().status == "waiting"
    assert "number 1 in line" in Mail.objects.get().text


@pytest.mark.parametrize("size", ["0", "-1", "21", "many", ""])
def test_a_wrong_number_says_so_at_its_field(client, size):
    assert list(post(client, a_session(), party_size=size).context["form"].errors) == ["party_size"]


def test_the_link_in_the_mail_gives_the_seat_back_by_post_only(client):
    network = a_session()
    post(client, network)
    url = re.search(r"http://\S+/leave/\S+", Mail.objects.get().text)[0].removeprefix("http://localhost:8000")
    assert "Give up your seat?" in client.get(url).content.decode()
    assert Registration.objects.get().status == "seated"
    assert "You gave up your seat" in client.post(url, follow=True).content.decode()
    assert Registration.objects.get().status == "withdrawn"
    assert "You gave up your seat" in client.post(url, follow=True).content.decode()


def test_a_false_link_is_a_404(client):
    network = a_session()
    assert client.get(reverse("leave_session", args=[network.slug, "nonsense"])).status_code == 404


def test_a_session_asks_nobody_of_a_series_to_leave(client):
    registration = a_registration(a_network())
    url = reverse("leave_session", args=[registration.network.slug, leaving_token(registration)])
    assert client.post(url).status_code == 404
