"""Registering a team on its page, signed in or by a code, and the page of whoever registered it."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.people.domain.organizations import Workplace
from registrations.models import Hold, Party, SeatInvitation
from registrations.seats.domain import parties
from registrations.seats.domain.parties import Member
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_staff_member,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW)


def rows(*addresses, **fields):
    typed = {"p-TOTAL_FORMS": str(max(10, len(addresses))), "p-INITIAL_FORMS": "0"}
    for place, address in enumerate(addresses):
        typed |= {f"p-{place}-address": address, f"p-{place}-first_name": "Ana", f"p-{place}-job": "teacher"}
    plain = {"kind": "team", "organization": "A district of its own", "organization_choice": "-"}
    return {**plain, "uid": str(uuid4()), **typed, **fields}


def ask(network):
    return reverse("register_team", args=[network.slug])


def errors(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def a_party(network, *, by, number=2):
    members = [Member(f"p{one}@example.org") for one in range(number)]
    given = {"uid": uuid4(), "kind": "team", "workplace": Workplace(words="A school"), "at": NOW}
    return parties.register_party(network, members=members, by=by, **given)


def test_somebody_signed_in_registers_a_team(client):
    network, lead = a_network(title="STE"), a_user().person
    a_position(lead, organization=an_organization(name="Wareham Public Schools"))
    client.force_login(lead.user)
    page = client.get(ask(network)).content.decode()
    assert "Wareham Public Schools" in page
    typed = rows("ana@example.org", "ben@example.org")
    response = client.post(ask(network), typed, follow=True)
    party = Party.objects.get()
    assert response.redirect_chain == [(reverse("party", args=[network.slug, party.uid]), 302)]
    assert (party.by, party.kind, party.organization_words) == (lead, "team", "A district of its own")
    assert "Seats are kept until Mon, Sep 14, 2020, 10:00 a.m. ET." in errors(response)
    client.post(ask(network), typed)
    assert SeatInvitation.objects.count() == 2
    assert "0 of 2 have taken their seat" in errors(client.get(reverse("learning")))


def test_somebody_without_an_account_proves_their_address_first(client):
    network = a_network(title="STE")
    who = {"first_name": "Lea", "last_name": "Dee", "address": "lea@example.org"}
    response = client.post(ask(network), rows("ana@example.org", "ben@example.org", **who), follow=True)
    hold = Hold.objects.get()
    assert not Party.objects.exists()
    assert not hold.keeps_seat
    code = re.search(r"\n {4}(\d{6})\n", Mail.objects.get(address="lea@example.org").text)[1]
    address = reverse("register_code", args=[network.slug, hold.uid])
    response = client.post(address, {"code": code}, follow=True)
    party = Party.objects.get()
    assert response.request["PATH_INFO"] == reverse("party", args=[network.slug, party.uid])
    assert (str(party.by), party.uid, party.invitations.count()) == ("Lea Dee", hold.uid, 2)
    assert not network.registrations.exists()
    again = client.post(address, {"code": code}, follow=True)
    assert again.request["PATH_INFO"] == response.request["PATH_INFO"]
    assert SeatInvitation.objects.count() == 2


def test_what_a_code_cannot_register_comes_back_in_the_form(client):
    network = a_network(seats=9)
    who = {"first_name": "Lea", "last_name": "Dee", "address": "lea@example.org"}
    client.post(ask(network), rows("p0@example.org", "p1@example.org", **who))
    a_party(network, by=a_person())
    code = re.search(r"\n {4}(\d{6})\n", Mail.objects.get(address="lea@example.org").text)[1]
    address = reverse("register_code", args=[network.slug, Hold.objects.get().uid])
    response = client.post(address, {"code": code}, follow=True)
    assert "Somebody already asked p0@example.org, p1@example.org to come" in errors(response)
    assert 'value="p0@example.org"' in response.content.decode()


@pytest.mark.parametrize(
    ("addresses", "words"),
    [
        (["ana@example.org", "Ana@example.org"], "This address is in an earlier row already."),
        ([f"p{number}@example.org" for number in range(11)], "You can register 10 people at once"),
        (["ana@example.org"], "A team has at least two people."),
        (["no address", "ana@example.org"], "Enter a valid email address."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, addresses, words):
    network = a_network()
    client.force_login(a_user().person.user)
    response = client.post(ask(network), rows(*addresses))
    assert response.status_code == 200
    assert words in errors(response)
    assert all(f'value="{address}"' in response.content.decode() for address in addresses)
    assert not Party.objects.exists()


def test_a_name_without_an_address_is_said_at_its_row(client):
    client.force_login(a_user().person.user)
    typed = rows("ana@example.org", "ben@example.org", **{"p-2-first_name": "Cao"})
    assert "Type an address. We send the link there." in errors(client.post(ask(a_network()), typed))


def test_a_closed_network_says_so_before_anything_is_typed(client):
    assert "This network was cancelled." in errors(client.get(ask(a_network(status="cancelled"))))


def test_the_lead_sees_who_answered_and_acts(client):
    network, lead = a_network(), a_user().person
    party = a_party(network, by=lead)
    first, second = party.invitations.order_by("pk")
    address = reverse("party", args=[network.slug, party.uid])
    client.force_login(lead.user)
    assert "Hasn't answered yet: 2" in errors(client.get(address))
    response = client.post(address, {"act": "resend", "invitation": first.uid}, follow=True)
    assert "You can e-mail them again a day later." in errors(response)
    replaced = {"act": "replace", "invitation": first.uid, "address": "zoe@example.org"}
    assert "We ask zoe@example.org instead." in errors(client.post(address, replaced, follow=True))
    added = {"act": "add", "address": "yan@example.org", "last_name": "Yu"}
    assert "You added yan@example.org." in errors(client.post(address, added, follow=True))
    assert "Enter a valid email address." in errors(client.post(address, {"act": "add", "address": "x"}))
    taken = {"act": "replace", "invitation": second.uid, "address": "yan@example.org"}
    assert "Somebody already asked yan@example.org" in errors(client.post(address, taken))
    gone = client.post(address, {"act": "withdraw", "invitation": second.uid}, follow=True)
    assert "Withdrawn: 2" in errors(gone)
    client.post(address, {"act": "withdraw-all"})
    assert not SeatInvitation.objects.filter(ended_at=None).exists()


def test_a_waiting_team_reads_its_place_and_why(client):
    network, lead = a_network(seats=2), a_user().person
    a_registration(network)
    party = a_party(network, by=lead)
    client.force_login(lead.user)
    said = errors(client.get(reverse("party", args=[network.slug, party.uid])))
    assert "for all 2 of them, so they're on the waitlist together, as number 1." in said
    assert "seats that open up aren't saved up" in said
    assert "On the waitlist together" in errors(client.get(reverse("learning")))


def test_staff_see_it_and_nobody_else(client):
    network = a_network()
    party = a_party(network, by=a_person())
    address = reverse("party", args=[network.slug, party.uid])
    for person, status in [(a_user().person, 404), (a_staff_member(), 200)]:
        client.force_login(person.user)
        assert client.get(address).status_code == status
    for act in (
        {"act": "x"},
        {"act": "resend", "invitation": "x"},
        {"act": "withdraw", "invitation": uuid4()},
    ):
        assert client.post(address, act).status_code == 404


def test_only_staff_keep_seats_for_a_party_that_waits(client):
    network, lead = a_network(seats=2), a_user().person
    seated = a_registration(network)
    party = a_party(network, by=lead)
    address = reverse("party", args=[network.slug, party.uid])
    client.force_login(lead.user)
    assert client.post(address, {"act": "give-seats"}).status_code == 404
    client.force_login(a_staff_member().user)
    assert "1 seats are free" not in errors(client.get(address))
    response = client.post(address, {"act": "give-seats"}, follow=True)
    assert "They are 2 people, and 1 seats are free." in errors(response)
    assert seated.is_seated


@pytest.mark.parametrize("number", [2, 10])
def test_the_page_asks_equally_often_for_any_number(client, number):
    lead = a_user().person
    network = a_network(seats=2 if number == 2 else 10)
    a_registration(network)
    party = a_party(network, by=lead, number=number)
    assert parties.place_of(party) == 1
    client.force_login(lead.user)
    with CaptureQueriesContext(connection) as told:
        client.get(reverse("party", args=[network.slug, party.uid]))
    assert len(told) <= 17


def test_the_invited_take_their_seat_by_the_link(client):
    network = a_network(title="STE")
    a_party(network, by=a_person(first_name="Lea", last_name="Dee"))
    text = Mail.objects.filter(template="mail/registrations/seat_for_you").first().text
    link = re.search(r"(/invitation-to-seat/[^/\s]+/)", text)[1]
    page = errors(client.get(link))
    assert "Lea Dee registered you for STE 2020-21 as part of the team from A school." in page
    assert 'value="A school"' in client.get(link).content.decode()
    typed = {"first_name": "Ana", "last_name": "Reis", "job": "coordinator", "attending": "self"}
    typed |= {"organization": "A school", "organization_choice": "-"}
    assert "You have a seat." in errors(client.post(link, typed, follow=True))
    assert network.registrations.get().is_seated
    assert str(SWEEP) == "test"
