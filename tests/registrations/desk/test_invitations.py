"""The staff page of invitations and lists: rows are looked at first, asked as seen, and counted."""

import io
import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook

from meetings.models import Appointment
from partners.models import STAFF
from partners.people.domain.appointing import appoint
from registrations.models import Party, SeatInvitation
from stemnet import jobs
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_contact,
    a_coordinator,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW)


def said(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def hidden(response):
    return {name: response.context[name] for name in ("list", "seen")}


def signed_in(client, person=None):
    client.force_login((person or a_staff_member()).user)
    return client


def test_a_list_is_looked_at_asked_and_counted(client):
    network = a_network(seats=2)
    a_registration(network, a_person(address="ana@example.org"))
    address = reverse("staff_invitations", args=[network.slug])
    typed = {"kind": "list", "title": "Mentors", "days": "14"}
    typed["text"] = "Ana <ana@example.org>\nBen Reis <ben@example.org>\ncao@example.org\nnothing"
    look = signed_in(client).post(address, typed)
    assert "2 people would get an e-mail. Nobody has yet." in said(look)
    assert "A seat is kept: 1" in said(look)
    assert "Is registered already: 1" in said(look)
    assert not Party.objects.exists()
    response = client.post(address, hidden(look), follow=True)
    party = Party.objects.get()
    assert response.redirect_chain == [(reverse("party", args=[network.slug, party.uid]), 302)]
    assert "2 people get an e-mail each." in said(response)
    client.post(address, hidden(look))
    assert SeatInvitation.objects.count() == 2
    page = said(client.get(address))
    assert "List from staff: Mentors" in page
    assert "People: 2 E-mailed: 2 Open: 2" in page


def test_rows_that_are_left_out_are_looked_at_once_more(client):
    address = reverse("staff_invitations", args=[a_network(seats=1).slug])
    typed = {"kind": "list", "days": "14", "text": "ana@example.org\nben@example.org"}
    look = signed_in(client).post(address, typed)
    again = client.post(address, {**hidden(look), "skip": ["1"]})
    assert "You changed who is left out." in said(again)
    client.post(address, {**hidden(again), "skip": ["1"]})
    asked = SeatInvitation.objects.get()
    assert (asked.address, asked.keeps_seat) == ("ben@example.org", True)


def test_what_changed_meanwhile_is_shown_and_nobody_is_asked(client):
    network = a_network(seats=1)
    address = reverse("staff_invitations", args=[network.slug])
    look = signed_in(client).post(address, {"kind": "list", "days": "14", "text": "ana@example.org"})
    a_registration(network)
    again = client.post(address, hidden(look))
    assert "Something changed after you checked this list." in said(again)
    assert "No seat is free" in said(again)
    assert not Party.objects.exists()


def workbook(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", workbook(["Name", "E-mail"], ["Ana Reis", "ana@example.org"]), "1 person would get"),
        ("a.csv", "Name;E-mail\r\nZoë Núñez;ana@example.org\r\n".encode("utf-16"), "Zoë Núñez"),
        ("a.csv", "Name,E-mail\nNúñez,ana@example.org".encode("latin-1"), "isn't in UTF-8"),
        ("a.xlsx", workbook(["Name", "E-mail"], ["x", "=A1"]), "formula"),
        ("a.pdf", b"%PDF-1.4", "This is a PDF"),
        ("a.csv", b"Name,Town\nAna,Wareham", "column with e-mail addresses"),
    ],
)
def test_files_are_read_as_imports_do(client, name, content, words):
    address = reverse("staff_invitations", args=[a_network().slug])
    typed = {"kind": "invited", "days": "14", "file": SimpleUploadedFile(name, content)}
    assert words.lower() in said(signed_in(client).post(address, typed)).lower()


def test_an_organization_is_invited_through_its_contacts_by_coordinators_only(client):
    network, partner = a_network(title="STE"), an_organization(name="Sea Lab")
    contact = a_contact(partner)
    address = reverse("staff_invitations", args=[network.slug])
    typed = {"kind": "invited", "days": "14", "organization": "Sea Lab"}
    assert "Say who is invited." in said(signed_in(client).post(address, typed))
    look = signed_in(client, a_coordinator()).post(address, typed)
    client.post(address, hidden(look))
    asked = SeatInvitation.objects.get()
    assert (asked.address, asked.organization, asked.keeps_seat) == (contact.primary_address, partner, False)
    assert "invites Sea Lab to take part in STE 2020-21." in Mail.objects.get(secret=True).text


def test_nothing_or_two_ways_at_once_is_said(client):
    address = reverse("staff_invitations", args=[a_network().slug])
    plain = {"kind": "invited", "days": "14"}
    assert "Say who is invited." in said(signed_in(client).post(address, plain))
    both = {**plain, "text": "a@example.org", "file": SimpleUploadedFile("a.csv", b"E-mail\na@example.org")}
    assert "one of these" in said(client.post(address, both))


def test_a_list_of_another_network_or_hand_is_none(client):
    address = reverse("staff_invitations", args=[a_network().slug])
    look = signed_in(client).post(address, {"kind": "invited", "days": "14", "text": "a@example.org"})
    other = reverse("staff_invitations", args=[a_network().slug])
    assert client.post(other, hidden(look)).status_code == 404
    assert client.post(address, {"list": "x", "seen": "x"}).status_code == 404


@pytest.fixture
def appointed(client):
    """Somebody who works for one network, signed in, and the network."""
    network, person = a_network(seats=1), a_user().person
    Appointment.objects.create(network=network, person=person)
    client.force_login(person.user)
    return network, person


def a_list(client, network, text="ana@example.org"):
    address = reverse("staff_invitations", args=[network.slug])
    return client.post(address, {"kind": "list", "days": "14", "text": text})


def test_who_stops_working_for_a_network_asks_nobody_by_a_list_they_looked_at(client, appointed):
    network, person = appointed
    look = a_list(client, network)
    Appointment.objects.filter(person=person).delete()
    address = reverse("staff_invitations", args=[network.slug])
    assert client.post(address, hidden(look)).status_code == 404
    assert not Party.objects.exists()


def test_a_list_of_somebody_who_works_there_no_longer_goes_on_and_is_for_staff_only(client, appointed):
    network, person = appointed
    text = "\n".join(f"p{number}@example.org" for number in range(30))
    client.post(reverse("staff_invitations", args=[network.slug]), hidden(a_list(client, network, text)))
    party = Party.objects.get()
    Appointment.objects.filter(person=person).delete()
    page = reverse("party", args=[network.slug, party.uid])
    uid = party.invitations.first().uid
    for answer in (client.get(page), client.post(page, {"act": "withdraw", "invitation": str(uid)})):
        assert answer.status_code == 404
    jobs.run_waiting(at=NOW)
    assert Mail.objects.filter(secret=True).count() == 30
    signed_in(client).post(page, {"act": "withdraw-all"})
    assert party.invitations.filter(outcome="taken_back").count() == 30


def test_who_is_coordinator_no_longer_invites_no_contacts_they_looked_at(client):
    network, by = a_network(), a_coordinator()
    a_contact(an_organization(name="Sea Lab"))
    address = reverse("staff_invitations", args=[network.slug])
    look = signed_in(client, by).post(address, {"kind": "invited", "days": "14", "organization": "Sea Lab"})
    by.user.groups.clear()
    appoint(by, group=STAFF)
    again = client.post(address, hidden(look))
    assert again.status_code == 404
    assert not Party.objects.exists()


def test_a_list_that_another_looked_at_is_asked_by_nobody_else(client, appointed):
    network, _person = appointed
    look = a_list(client, network)
    address = reverse("staff_invitations", args=[network.slug])
    assert signed_in(client).post(address, hidden(look)).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_equally_often_for_any_number_of_parties(client, number):
    network = a_network()
    for _each in range(number):
        Party.objects.create(network=network, kind="invited", made_at=NOW, by_name="Staff")
    signed_in(client).get(reverse("staff_invitations", args=[network.slug]))
    with CaptureQueriesContext(connection) as told:
        client.get(reverse("staff_invitations", args=[network.slug]))
    assert len(told) <= 9
