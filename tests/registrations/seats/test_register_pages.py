"""The pages of registering, as a browser sees them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetings.models import Commitment, CommitmentVersion
from partners.models import Person, Position
from registrations.models import Acceptance, Hold, Registration
from registrations.seats.domain import groups
from stemnet.models import Mail
from tests.factories import NOW, a_group, a_network, a_person, a_registration, a_user, an_organization
from tests.markup import tight

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
ADDRESS = "lead@example.org"


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def a_commitment(network, text="Attend the sessions", *, required=True):
    commitment = Commitment.objects.create(network=network, required=required)
    return CommitmentVersion.objects.create(commitment=commitment, number=1, text=text, written_at=NOW)


def typed(network, **fields):
    shown = [version.pk for c in network.commitments.all() if (version := c.current)]
    plain = {
        "first_name": "Ana",
        "last_name": "Nuñez",
        "certificate_name": "",
        "address": ADDRESS,
        "organization": "A district of its own",
        "organization_choice": "-",
        "job": "coordinator",
        "grade_bands": ["6-8"],
        "attending": "self",
        "shown": ",".join(map(str, shown)),
    }
    return {**plain, **{f"accept_{pk}": "on" for pk in shown}, **fields}


def post(client, network, **fields):
    return client.post(reverse("register", args=[network.slug]), typed(network, **fields))


def code_of(address=ADDRESS):
    mail = Mail.objects.filter(address=address, secret=True).order_by("pk").last()
    return re.search(r"^    (\d{6})$", mail.text, re.M)[1]


def text_of(response):
    return tight(response.content.decode())


def test_register_without_login_asks_for_the_code_then_signs_in(client):
    network = a_network()
    version = a_commitment(network)
    page = post(client, network, certificate_name="Ana M. Nuñez")
    hold = Hold.objects.get()
    assert page.url == reverse("register_code", args=[network.slug, hold.uid])
    shown = text_of(client.get(page.url))
    assert "10:30 a.m. ET" in shown
    assert "l•••@example.org" in shown
    assert ADDRESS not in shown
    done = client.post(page.url, {"code": code_of()}, follow=True)
    assert "You're registered" in text_of(done)
    registration = Registration.objects.get()
    assert done.wsgi_request.person == registration.person
    assert registration.person.printed_name == "Ana M. Nuñez"
    assert registration.grade_bands == ["6-8"]
    assert Position.objects.get().organization_words == "A district of its own"
    accepted = Acceptance.objects.get()
    assert (accepted.version, accepted.accepted_at) == (version, NOW)


def test_the_code_works_on_another_device(client):
    network = a_network()
    url = post(client, network).url
    other = Client()
    assert "You're registered" in text_of(other.post(url, {"code": code_of()}, follow=True))


def test_a_full_group_is_refused_at_its_field(client):
    network = a_network()
    group = a_group(network, places=0)
    page = post(client, network, group=str(group.pk))
    assert "This working group is full." in text_of(page)
    assert not Hold.objects.exists()


def test_a_group_that_fills_up_before_the_code_comes_back_is_named(client):
    network = a_network()
    group = a_group(network, places=1)
    url = post(client, network, group=str(group.pk)).url
    groups.choose_group(a_registration(network), group, at=NOW)
    done = text_of(client.post(url, {"code": code_of()}, follow=True))
    assert "You're registered" in done
    assert f"The working group “{group.title}” just filled up." in done


def test_no_commitment_is_ticked_beforehand(client):
    network = a_network()
    a_commitment(network)
    assert (
        "checked"
        not in re.search(
            r"<input[^>]*accept_[^>]*>", text_of(client.get(f"/networks/{network.slug}/register/"))
        )[0]
    )


def test_a_required_commitment_left_out_says_so_at_its_box_and_keeps_the_rest(client):
    network = a_network()
    version, optional = a_commitment(network), a_commitment(network, "Join a group", required=False)
    page = post(client, network, **{f"accept_{version.pk}": "", f"accept_{optional.pk}": ""})
    assert page.context["form"].errors == {f"accept_{version.pk}": ["Check this commitment. It's required."]}
    assert "Nuñez" in text_of(page)
    assert not Hold.objects.exists()


def test_a_form_opened_before_a_new_wording_is_asked_again(client):
    network = a_network()
    old = a_commitment(network, required=False)
    before = typed(network)
    new = CommitmentVersion.objects.create(
        commitment=old.commitment, number=2, text="Attend all", written_at=NOW
    )
    url = reverse("register", args=[network.slug])
    page = client.post(url, before)
    assert "The wording changed after you opened the page" in text_of(page)
    assert f'name="shown" value="{new.pk}"' in text_of(page)
    assert client.post(url, {**before, "shown": str(new.pk), f"accept_{new.pk}": "on"}).status_code == 302
    assert Hold.objects.get().answers["accepted"] == [new.pk]


@pytest.mark.parametrize(
    "address", ["no-at-sign", "a@", "@b.org", "a b@example.org", "x" * 250 + "@example.org"]
)
def test_a_bad_address_says_so_at_its_field(client, address):
    page = post(client, a_network(), address=address)
    assert list(page.context["form"].errors) == ["address"]
    assert not Mail.objects.exists()


def test_a_name_of_300_letters_says_so_and_any_script_is_fine(client):
    network = a_network()
    page = post(client, network, first_name="x" * 300)
    assert list(page.context["form"].errors) == ["first_name"]
    assert (
        post(client, network, first_name="雪", last_name="عبد الله", certificate_name="𝔘 Ǆ\x00\n").status_code
        == 302
    )


def test_a_designee_names_the_leader(client):
    network = a_network()
    page = post(client, network, attending="designee", leader_email="not-an-address")
    assert sorted(page.context["form"].errors) == ["leader_email", "leader_job", "leader_name"]
    leader = {"leader_name": "A. Leader", "leader_job": "Principal"}
    own = post(client, network, attending="designee", leader_email=ADDRESS, **leader)
    assert list(own.context["form"].errors) == ["leader_email"]
    assert (
        post(client, network, attending="designee", leader_email="b@example.org", **leader).status_code == 302
    )


def test_a_leader_typed_by_who_comes_for_themselves_is_forgotten(client):
    post(client, a_network(), attending="self", leader_name="A. Leader", leader_email="nonsense")
    assert Hold.objects.get().answers["leader_name"] == ""


def test_correcting_the_form_brings_back_what_was_typed_in_this_browser_only(client):
    network = a_network()
    post(client, network)
    url = reverse("register", args=[network.slug])
    assert "Nuñez" in text_of(client.get(url))
    assert "Nuñez" not in text_of(Client().get(url))


def test_a_wrong_code_five_times_offers_a_new_one(client, now):
    network = a_network()
    url = post(client, network).url
    wrong = f"{(int(code_of()) + 1) % 1_000_000:06d}"
    pages = [text_of(client.post(url, {"code": wrong})) for _try in range(5)]
    assert "You have 4 tries left" in pages[0]
    assert "no longer works" in pages[4]
    assert 'name="code"' not in pages[4]
    now.shift(timedelta(seconds=31))
    client.post(url, {"resend": "1"})
    assert "You're registered" in text_of(client.post(url, {"code": code_of()}, follow=True))


def test_resend_too_soon_says_so(client):
    url = post(client, a_network()).url
    assert "Wait 30 seconds" in text_of(client.post(url, {"resend": "1"}, follow=True))
    assert Mail.objects.count() == 1


def test_an_expired_code_page_says_until_when_and_goes_back_to_what_was_typed(client, now):
    network = a_network()
    url = post(client, network).url
    code = code_of()
    now.shift(timedelta(minutes=31))
    page = text_of(client.post(url, {"code": code}))
    assert "Time has run out" in page
    assert "10:30 a.m. ET" in page
    assert "Nuñez" in text_of(client.get(reverse("register", args=[network.slug])))


def test_a_replayed_code_registers_once_and_signs_nobody_in(client):
    url = post(client, a_network()).url
    code = code_of()
    client.post(url, {"code": code})
    again = client.post(url, {"code": code}, follow=True)
    assert "You're registered" in text_of(again)
    stranger = Client().post(url, {"code": code})
    assert "This code has been used" in text_of(stranger)
    assert stranger.wsgi_request.person is None
    assert Registration.objects.count() == 1


def test_someone_elses_code_is_refused(client):
    network = a_network()
    mine = post(client, network).url
    post(client, network, address="other@example.org")
    assert "not the code" in text_of(client.post(mine, {"code": code_of("other@example.org")}))


def test_an_unknown_code_page_goes_to_the_form(client):
    network = a_network()
    url = reverse("register_code", args=[network.slug, "00000000-0000-4000-8000-000000000000"])
    assert client.get(url).url == reverse("register", args=[network.slug])


def test_who_is_signed_in_registers_at_once_with_what_is_known(client):
    network, organization = a_network(), an_organization(name="Wareham Public Schools")
    group, user = a_group(network), a_user(first_name="Ana", last_name="Nuñez")
    Position.objects.create(person=user.person, organization=organization, job="coach")
    client.force_login(user)
    url = reverse("register", args=[network.slug])
    shown = client.get(url).context["form"]
    assert (shown.initial["certificate_name"], shown.initial["organization"]) == ("Ana Nuñez", organization)
    assert "address" not in shown.fields
    typed_now = typed(network, organization="Wareham Public Schools", organization_choice="", group=group.pk)
    page = client.post(url, typed_now, follow=True)
    assert "You're registered" in text_of(page)
    registration = Registration.objects.get()
    assert (registration.person, registration.position.organization) == (user.person, organization)
    assert not Mail.objects.filter(secret=True).exists()


def test_a_form_sent_twice_by_who_is_signed_in_registers_once(client):
    network, user = a_network(), a_user()
    client.force_login(user)
    for _time in range(2):
        assert "You're registered" in text_of(
            client.post(reverse("register", args=[network.slug]), typed(network), follow=True)
        )
    assert Registration.objects.count() == 1
    assert Mail.objects.count() == 1


def test_a_full_network_says_which_place_in_line_one_gets(client):
    network = a_network(seats=1)
    for _each in range(3):
        a_registration(network)
    assert "number 3 on the waitlist" in text_of(client.get(reverse("register", args=[network.slug])))
    url = post(client, network).url
    page = text_of(client.post(url, {"code": code_of()}, follow=True))
    assert "You're number 3 in line" in page


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"status": "cancelled"}, "This network was cancelled"),
        ({"closed_at": NOW}, "Registration is closed"),
        ({"seats": 0, "waitlist": False}, "Every seat is taken"),
    ],
)
def test_each_no_is_its_own_page(client, fields, title):
    page = client.get(reverse("register", args=[a_network(**fields).slug]))
    assert (page.status_code, f"<h1>{title}</h1>" in text_of(page)) == (200, True)


def test_a_draft_is_not_there_for_the_public(client):
    assert client.get(reverse("register", args=[a_network(status="draft").slug])).status_code == 404


def test_a_form_opened_before_and_sent_after_closing_keeps_what_was_typed(client, now):
    network = a_network()
    now.move_to(network.closes_at())
    page = text_of(post(client, network))
    assert "Registration closed on Wed, Oct 14, 2020, 9:00 a.m. ET" in page
    assert "Nuñez" in page
    assert not Hold.objects.exists()


def test_a_hold_made_before_closing_counts_after_it(client, now):
    network = a_network()
    now.move_to(network.closes_at() - timedelta(minutes=2))
    url = post(client, network).url
    now.shift(timedelta(minutes=4))
    assert "You're registered" in text_of(client.post(url, {"code": code_of()}, follow=True))


def test_nothing_about_a_person_is_said_before_the_code(client):
    network = a_network()
    a_registration(network, a_person(address="registered@example.org", first_name="Secret"))
    pages = []
    for address in ("registered@example.org", "remarkable@example.org"):
        page = text_of(client.get(post(client, network, address=address).url))
        pages.append(re.sub(r"[0-9a-f-]{36}|value=\"\w{64}\"", "", page))
    assert pages[0] == pages[1]


def test_five_codes_an_hour_say_so_at_the_address(client):
    for _each in range(5):
        post(client, a_network())
    page = post(client, a_network())
    assert "in the last hour" in page.context["form"].errors["address"][0]


def test_no_get_changes_anything(client):
    network = a_network()
    url = post(client, network).url
    client.get(url, {"code": code_of(), "resend": "1"})
    assert not Registration.objects.exists()
    assert Mail.objects.count() == 1
    assert not Person.objects.exists()
