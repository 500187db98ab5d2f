"""Who is found in a network: by choice alone, by its people alone, and no longer than they are in it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.merging.domain import merging
from registrations.models import Card, Party, SeatInvitation
from registrations.seats.domain import withdrawing
from registrations.together.domain import cards, finding, reports
from registrations.together.domain.cards import CardWords
from registrations.together.exceptions import CardRefused
from registrations.together.forms.cards import ColleaguesForm
from tests.factories import NOW, a_coordinator, a_network, a_person, a_position, a_registration, a_user

pytestmark = pytest.mark.django_db


def a_card(network, *, at=NOW, **fields):
    person = fields.pop("person", None) or a_person(**fields.pop("named", {}))
    seat = a_registration(network, person, grade_bands=fields.pop("grade_bands", []))
    return cards.show(seat, CardWords(**fields), at=at)


def found(network, **asked):
    form = ColleaguesForm(asked, choices=finding.choices_in(network))
    return [card.pk for card in form.narrow(cards.cards_in(network))]


def test_nobody_is_shown_before_they_choose_to():
    network = a_network()
    a_registration(network)
    assert not cards.cards_in(network).exists()


def test_a_card_leaves_with_whoever_leaves_the_network():
    network = a_network()
    card = a_card(network)
    withdrawing.leave_network(card.registration, by=card.registration.person, at=NOW)
    assert not cards.cards_in(network).exists()


def test_who_waits_for_a_seat_shows_no_card():
    network = a_network(seats=0)
    with pytest.raises(CardRefused):
        cards.show(a_registration(network), CardWords(), at=NOW)


def test_a_name_is_found_by_a_part_without_accents_and_an_address_is_not():
    network = a_network()
    ours = a_card(
        network, person=a_person(first_name="José", last_name="Núñez", address="secret@example.org")
    )
    a_card(network)
    assert (found(network, q="nune"), found(network, q="secret")) == ([ours.pk], [])


def test_cards_are_narrowed_by_grades_and_mentoring():
    network = a_network()
    ours = a_card(network, grade_bands=["6-8"], would_mentor=True)
    a_card(network, grade_bands=["9-12"], looks_for_mentor=True)
    assert found(network, grades="6-8") == found(network, mentors="would") == [ours.pk]


def test_a_team_of_a_district_is_found_together():
    network = a_network()
    ours, _other = a_card(network), a_card(network)
    party = Party.objects.create(
        network=network, kind="team", organization_words="Wareham", made_at=NOW, by_name="x"
    )
    SeatInvitation.objects.create(
        network=network, party=party, address="a@example.org", token_hash="x", made_at=NOW, until=NOW,
        ended_at=NOW, outcome="registered", registration=ours.registration,
    )  # fmt: skip
    assert finding.choices_in(network)["team"] == [(str(party.uid), "Wareham")]
    assert found(network, team=str(party.uid)) == [ours.pk]


def test_a_hidden_card_is_seen_by_nobody_and_not_made_anew():
    network = a_network()
    card = a_card(network)
    reports.hide(card, reason="An advertisement", by=a_coordinator(), at=NOW)
    cards.take_away(card.registration, at=NOW)
    with pytest.raises(CardRefused, match="An advertisement"):
        cards.show(card.registration, CardWords(), at=NOW)
    assert not cards.cards_in(network).exists()


def test_of_two_records_of_one_person_one_card_stays():
    network, by = a_network(), a_coordinator()
    kept, gone = a_card(network), a_card(network)
    merging.merge_people(
        take=set(), kept=kept.registration.person, gone=gone.registration.person, by=by, at=NOW
    )
    assert cards.cards_in(network).count() == 1


def a_page(network, client, **query):
    return client.get(reverse("colleagues", args=[network.slug]), query)


def test_the_page_asks_equally_often_for_one_card_and_for_thirty(client, django_assert_num_queries):
    network = a_network()
    person = a_user().person
    position = a_position(person)
    a_card(network, person=person)
    client.force_login(person.user)
    a_page(network, client)
    with CaptureQueriesContext(connection) as one:
        a_page(network, client)
    for _each in range(29):
        card = a_card(network)
        card.registration.position = a_position(card.registration.person, organization=position.organization)
        card.registration.save()
    with django_assert_num_queries(len(one)):
        answer = a_page(network, client)
    assert len(answer.context["cards"]) == 30


def test_what_is_typed_is_words_and_no_address_is_on_the_page(client):
    network, person = a_network(), a_user().person
    a_card(network, person=person)
    other = a_card(network, ask_about="<script>alert(1)</script>")
    client.force_login(person.user)
    page = a_page(network, client).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert other.registration.person.primary_address not in page


def test_somebody_shows_a_card_sees_it_and_takes_it_away(client):
    network, person = a_network(), a_user().person
    a_registration(network, person)
    client.force_login(person.user)
    page = reverse("own_card", args=[network.slug])
    assert "Nobody sees you now." in client.get(page).content.decode()
    client.post(page, {"ask_about": "STEM nights", "would_mentor": "on"})
    assert "Ask me about: STEM nights" in client.get(page).content.decode()
    client.post(reverse("own_card_remove", args=[network.slug]))
    assert not Card.objects.exists()
