"""Stopping mail by a link."""

import pytest

from partners.models import MailTopic
from partners.people.domain import preferences
from partners.people.exceptions import LinkRefused
from tests.factories import a_person

pytestmark = pytest.mark.django_db
REMINDERS = MailTopic.REMINDERS


def path_of(person, topic=REMINDERS):
    return preferences.unsubscribe_url(person, topic).removeprefix("http://localhost:8000")


def test_link_tells_person_and_topic():
    person = a_person()
    assert preferences.read(path_of(person).split("/")[2]) == (person, REMINDERS)


@pytest.mark.parametrize("method", ["get", "head"])
def test_reading_the_link_changes_nothing(client, method):
    person = a_person()
    assert getattr(client, method)(path_of(person)).status_code == 200
    assert preferences.wants(person, REMINDERS)


def test_one_click_stops_the_mail_without_cookie_or_csrf_token(client):
    from django.test import Client

    person = a_person()
    answer = Client(enforce_csrf_checks=True).post(path_of(person), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, preferences.wants(person, REMINDERS)) == (200, False)
    assert not answer.cookies


def test_stopping_twice_and_again_sends_it_again(client):
    person = a_person()
    client.post(path_of(person))
    client.post(path_of(person))
    assert not preferences.wants(person, REMINDERS)
    client.post(path_of(person), {"again": "1"})
    assert preferences.wants(person, REMINDERS)


def test_stopping_one_topic_leaves_the_others(client):
    person = a_person()
    client.post(path_of(person))
    assert preferences.wants(person, MailTopic.NEWS)


def test_reset_links_are_void(client):
    person = a_person()
    old = path_of(person)
    preferences.reset_private_links(person)
    assert client.post(old).status_code == 404
    assert client.post(path_of(person)).status_code == 200


def test_a_link_of_our_own_making_is_refused(client):
    assert client.post("/u/nonsense/").status_code == 404
    with pytest.raises(LinkRefused):
        preferences.read("e30:1abc:def")
