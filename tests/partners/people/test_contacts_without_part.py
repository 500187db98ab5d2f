"""Contacts of a partner that has no part of a memorandum: named by hand, and what they may do."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from partners.exchange.emails import exchange as exchange_letters
from partners.home.domain import year_remarks
from partners.memorandum.domain import asking_many, handing_over
from partners.memorandum.exceptions import HandOverRefused
from partners.models import Match, Organization, Position, User
from partners.people.domain import confirming_positions
from partners.people.exceptions import ConfirmationRefused
from partners.people.permissions import may_answer_for, may_open_mine
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_coordinator,
    a_person,
    a_position,
    a_user,
    an_organization,
)
from tests.partners.offers import a_match, a_need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
DAY = NOW.date()


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def home():
    return an_organization(name="Kent School District", stage="partner")


def a_colleague(home, **fields):
    person = a_user().person
    a_position(person, organization=home, **fields)
    return person


def a_contact(home):
    return a_colleague(home, is_contact=True)


def answer(client, who, home, person, said):
    client.force_login(who.user)
    url = reverse("mine_colleague_judge", args=[home.slug, person.uid])
    return client.post(url, {"answer": said}, follow=True)


def statuses(client, person, home):
    client.force_login(person.user)
    names = ("mine_of", "mine_edit", "mine_hand_over", "mine_colleagues", "need_new")
    return {client.get(reverse(name, args=[home.slug])).status_code for name in names}


def test_a_coordinator_names_somebody_who_was_confirmed_and_they_are_told(client, home):
    person = a_colleague(home)
    assert not may_open_mine(person.user)
    page = answer(client, a_coordinator(), home, person, "contact")
    assert f"{person} is now a contact for {home}." in page.content.decode()
    assert may_open_mine(User.objects.get(person=person)) and may_answer_for(person, home)
    mail = Mail.objects.get(address=person.primary_address)
    assert reverse("mine_of", args=[home.slug]) in mail.text


def test_the_contact_has_the_partners_own_place_and_nobody_elses(client, home):
    contact, other = a_contact(home), an_organization(stage="partner")
    assert statuses(client, contact, home) == {200}
    assert client.get(reverse("mine")).url == reverse("mine_of", args=[home.slug])
    assert statuses(client, contact, other) == {404}


def test_a_colleague_that_is_no_contact_has_not(client, home):
    assert statuses(client, a_colleague(home), home) == {404}
    assert client.get(reverse("mine")).status_code == 403


@pytest.mark.parametrize("fields", [{"confirmed_at": None}, {"ended_on": DAY - timedelta(days=1)}])
def test_nobody_is_named_who_was_not_confirmed_or_left(home, fields):
    person = a_colleague(home, **fields)
    with pytest.raises(ConfirmationRefused):
        confirming_positions.name_contact(home, person, by=a_coordinator(), at=NOW, today=DAY)


def test_a_teacher_of_a_school_is_no_contact_of_the_district(client, home):
    school = an_organization(part_of=home, stage="none")
    teacher = a_colleague(school)
    answer(client, a_contact(home), home, teacher, "contact")
    assert not may_answer_for(teacher, home)
    assert not may_answer_for(teacher, school)


def test_the_database_takes_no_contact_that_nobody_confirmed(home):
    with pytest.raises(IntegrityError):
        a_colleague(home, is_contact=True, confirmed_at=None)


@pytest.mark.parametrize("said", ["no", "no-contact"])
def test_who_left_or_is_contact_no_longer_writes_no_longer(client, home, said):
    gone = a_contact(home)
    answer(client, a_contact(home), home, gone, said)
    assert not may_answer_for(gone, home)
    assert Position.objects.get(person=gone).confirmed_at == (NOW if said == "no-contact" else None)


def test_a_position_that_ended_opens_nothing_any_more(client, home):
    gone = a_contact(home)
    gone.positions.update(ended_on=DAY - timedelta(days=1))
    assert statuses(client, gone, home) == {404}


def test_the_contact_is_asked_who_works_here_and_hears_of_matches(home):
    contact = a_contact(home)
    claimant = a_colleague(home, confirmed_at=None)
    confirming_positions.ask_to_confirm(claimant, at=NOW, today=DAY)
    assert [mail.address for mail in Mail.objects.all()] == [contact.primary_address]
    assert exchange_letters.contacts(home) == [contact]
    assert year_remarks.speaks_for(home, contact)


def test_the_contact_is_whom_we_would_ask_for_a_part(home):
    a_colleague(home)
    contact = a_contact(home)
    found = asking_many.whom_to_write([home], on=DAY)[home.pk]
    assert (found.address, found.sure) == (contact.primary_address, True)


def hand_over(home, leaver, **more):
    given = {"address": "next@example.org", "first_name": "Next", "last_name": "Contact"}
    return handing_over.hand_over(home, leaver=leaver, by=leaver, at=NOW, **given, **more)


@pytest.mark.parametrize("left", [True, False])
def test_handing_over_moves_the_contact_and_the_open_matches(home, left):
    leaver = a_contact(home)
    match = a_match(a_need(organization=home))
    Match.objects.update(owner=leaver)
    successor = hand_over(home, leaver, left=left)
    match.refresh_from_db()
    assert match.owner == successor
    assert Organization.objects.spoken_for_by(successor).get() == home
    assert not Organization.objects.spoken_for_by(leaver).exists()
    with pytest.raises(HandOverRefused):
        hand_over(home, leaver)


def test_handing_over_to_a_colleague_makes_no_second_position(home):
    leaver, colleague = a_contact(home), a_person(address="next@example.org")
    a_position(colleague, organization=home, confirmed_at=None)
    assert hand_over(home, leaver) == colleague
    assert colleague.positions.get().is_contact


def test_the_page_of_hand_over_names_the_contact(client, home):
    contact = a_contact(home)
    client.force_login(contact.user)
    url = reverse("mine_hand_over", args=[home.slug])
    assert str(contact) in client.get(url).content.decode()
