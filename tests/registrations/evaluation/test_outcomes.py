"""What was done with an evaluation, told to those who were asked."""

import uuid

import pytest
from django.urls import reverse

from registrations.evaluation.domain import evaluating, outcomes
from registrations.models import Outcome
from tests.factories import NOW, SWEEP, a_network, a_registration, a_staff_member, a_user, an_evaluation

pytestmark = pytest.mark.django_db


def closed(**fields):
    """A network whose evaluation has closed."""
    network = a_network(**fields)
    evaluating.close(evaluation=an_evaluation(network), by=SWEEP, at=NOW)
    return network


def told(network, said="More time for peers", done="An hour of each meeting."):
    return outcomes.write_outcome(network, said=said, done=done, uid=None, by=SWEEP, at=NOW)


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


def sent(client, network, *, uid=None, **typed):
    given = {"uid": uid or uuid.uuid4(), "said": "More time", "done": "We gave it.", **typed}
    return client.post(reverse("staff_outcomes", args=[network.slug]), given)


def changed(client, outcome, **typed):
    address = reverse("staff_outcome", args=[outcome.network.slug, outcome.uid])
    return client.post(address, {"said": outcome.said, "done": outcome.done, "seen": 1, **typed})


def read_by(client, network):
    """What somebody with a seat reads on their page of a network."""
    person = a_user().person
    a_registration(network, person)
    client.force_login(person.user)
    return client.get(reverse("learning_network", args=[network.slug])).content.decode()


def test_people_of_the_network_read_it(client, staff):
    network = closed()
    assert sent(client, network, said="<b>More</b> time").status_code == 302
    page = read_by(client, network)
    assert ("&lt;b&gt;More&lt;/b&gt; time" in page, "We gave it." in page) == (True, True)


def test_people_of_the_network_that_continues_it_read_it_with_its_year(client):
    before = closed(school_year="2019-20", slug="before-2019-20")
    told(before)
    page = read_by(client, a_network(cloned_from=before))
    assert ("More time for peers" in page, "(2019-20)" in page) == (True, True)
    assert "More time for peers" not in read_by(client, a_network(slug="another-2020-21"))


def test_nothing_is_told_before_anything_closed(client, staff):
    network = a_network()
    an_evaluation(network)
    page = sent(client, network)
    assert (page.status_code, Outcome.objects.exists()) == (422, False)
    assert "once an evaluation or a pulse has closed" in page.content.decode()


def test_the_same_form_twice_is_told_once(client, staff):
    network, uid = closed(), uuid.uuid4()
    for _time in range(2):
        assert sent(client, network, uid=uid).status_code == 302
    assert Outcome.objects.count() == 1


def test_a_form_of_another_network_is_told_here_too(client, staff):
    elsewhere, here = closed(), closed(slug="here-2020-21")
    theirs = told(elsewhere)
    assert sent(client, here, uid=theirs.uid).status_code == 302
    assert (elsewhere.outcomes.count(), here.outcomes.count()) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"said": ""}, "Type what people said."),
        ({"done": " "}, "Type what was done with it."),
        ({"said": "x" * 301}, "at most 300 characters"),
        ({"done": "x" * 1001}, "at most 1000 characters"),
    ],
)
def test_what_is_missing_or_too_long_is_said_and_the_rest_stays(client, staff, typed, said):
    network = closed()
    page = sent(client, network, **{"said": "Kept words", "done": "Kept words", **typed})
    text = page.content.decode()
    assert (page.status_code, said in text, "Kept words" in text) == (422, True, True)
    assert not Outcome.objects.exists()


def test_a_change_on_a_page_that_is_too_old_is_refused_once(client, staff):
    outcome = told(closed())
    assert changed(client, outcome, done="First").status_code == 302
    late = changed(client, outcome, done="Second")
    text = late.content.decode()
    assert (late.status_code, "changed this while you had it open" in text, "Second" in text) == (
        422,
        True,
        True,
    )
    assert (
        changed(client, outcome, done="Second", seen=late.context["form"]["seen"].value()).status_code == 302
    )
    outcome.refresh_from_db()
    assert (outcome.done, outcome.edition) == ("Second", 3)


def test_what_was_deleted_is_gone_for_everybody_and_deleted_twice_is_no_fault(client, staff):
    outcome = told(closed())
    address = reverse("staff_outcome_delete", args=[outcome.network.slug, outcome.uid])
    for _time in range(2):
        assert client.post(address).status_code == 302
    assert changed(client, outcome).status_code == 404
    assert "More time" not in read_by(client, outcome.network)


def test_there_are_twenty_at_most(client, staff):
    network = closed()
    for _number in range(outcomes.MOST):
        told(network)
    page = sent(client, network)
    assert (page.status_code, "There are 20 of these already" in page.content.decode()) == (422, True)


@pytest.mark.parametrize("number", [1, 20])
def test_the_page_takes_the_same_statements(client, staff, number, django_assert_num_queries):
    network = closed()
    for _number in range(number):
        told(network)
    address = reverse("staff_outcomes", args=[network.slug])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
