"""The pages on which staff register somebody, and move, excuse, register again or undo, one or many."""

from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.urls import reverse

from meetings.models import Appointment
from registrations.models import PlannedAbsence, Registration, StaffAct
from registrations.seats.domain import excusing, moving, withdrawing
from stemnet import jobs
from stemnet.models import Job, Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_meeting,
    a_network,
    a_person,
    a_registration,
    a_staff_member,
    a_user,
)
from tests.markup import tight
from tests.registrations.desk.test_people_list import confirm, hidden, ticked, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2020, 9, 10, 12, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return person


@pytest.fixture
def network():
    return a_network(title="Leaders")


def someone(network, last_name, **fields):
    return a_registration(network, a_person(first_name="Ana", last_name=last_name), **fields)


def person_page(client, one):
    return tight(client.get(reverse("staff_person", args=[one.network.slug, one.uid])).content.decode())


def typed(**fields):
    plain = {"first_name": "Bo", "last_name": "New", "address": "bo@example.org", "workplace": "Wareham"}
    return {**plain, **fields}


def add(client, network, **fields):
    return client.post(reverse("staff_people_add", args=[network.slug]), typed(**fields), follow=True)


def test_one_person_is_registered_from_the_list(client, staff, network):
    html = client.get(reverse("staff_people", args=[network.slug])).content.decode()
    assert reverse("staff_people_add", args=[network.slug]) in html
    done = add(client, network)
    assert told(done) == ["Bo New has a seat. We're e-mailing them."]
    assert network.registrations.get().changes.get().by == staff
    again = add(client, network)
    assert (again.status_code, network.registrations.count()) == (422, 1)
    assert 'value="bo@example.org"' in again.content.decode()


def test_who_holds_the_address_is_asked_about(client, staff, network):
    known = a_person(first_name="Bea", last_name="Known", address="bo@example.org")
    asked = add(client, network)
    assert asked.status_code == 422
    assert "I mean Bea Known" in asked.content.decode()
    assert told(add(client, network, meant=str(known.uid))) == ["Bea Known has a seat. We're e-mailing them."]


def test_two_are_moved_and_one_is_not_with_the_reason(client, staff, network):
    there = a_network(title="Coaches", seats=2)
    people = [someone(network, name) for name in ("One", "Three", "Two")]
    page = ticked(client, network, "network", *people)
    html = page.content.decode()
    assert "Nothing has been done yet." in html
    assert "Coaches 2020-21: 2 seats free" in html
    assert network.registrations.seated().count() == 3
    done = confirm(client, network, "network", page, network=there.slug, reason="New district")
    said = told(done)
    assert said[0] == "2 people were moved. We're e-mailing them."
    assert said[1].startswith("Ana Two: Every seat in Coaches 2020-21 is taken, or people wait.")
    assert there.registrations.seated().count() == 2
    again = confirm(client, network, "network", page, network=there.slug, reason="New district")
    assert told(again) == said
    assert (there.registrations.count(), StaffAct.objects.count()) == (2, 2)


def test_all_whom_the_list_shows_are_moved_by_a_job_where_they_are_many(client, staff, network):
    there = a_network(title="Coaches")
    for number in range(30):
        someone(network, f"N{number}")
    page = ticked(client, network, "network", everyone="1", query="")
    confirm(client, network, "network", page, network=there.slug, reason="New district")
    job = Job.objects.get(kind="registrations.people")
    assert (job.total, there.registrations.count()) == (30, 0)  # a worker does it
    jobs.run(jobs.claim_job(job.pk, at=NOW), clock=lambda: NOW)
    job.refresh_from_db()
    assert (job.state, there.registrations.seated().count(), job.error) == ("done", 30, "")


def test_what_was_typed_stays_where_the_reason_is_missing(client, staff, network):
    there = a_network(title="Coaches")
    page = ticked(client, network, "network", someone(network, "One"))
    refused = confirm(client, network, "network", page, network=there.slug, over="on")
    html = tight(refused.content.decode())
    assert refused.status_code == 422
    assert "Say why. We keep the reason, and the person reads it." in html
    assert f'<option value="{there.slug}" selected>' in html


def test_staff_of_one_network_move_nobody_to_another(client, network):
    there, person = a_network(title="Coaches"), a_user().person
    Appointment.objects.create(network=network, person=person)
    client.force_login(person.user)
    one = someone(network, "One")
    page = ticked(client, network, "network", one)
    assert "Coaches" not in page.content.decode()
    refused = confirm(client, network, "network", page, network=there.slug, reason="New district")
    assert refused.status_code == 422
    assert there.registrations.count() == 0


def test_one_person_is_moved_from_their_page_and_undone_there(client, staff, network):
    there, one = a_network(title="Coaches"), someone(network, "One")
    assert "Move to another network" in person_page(client, one)
    page = ticked(client, network, "network", one, person=str(one.uid))
    done = confirm(
        client, network, "network", page, network=there.slug, reason="New district", person=str(one.uid)
    )
    assert done.redirect_chain[-1][0] == reverse("staff_person", args=[network.slug, one.uid])
    assert "Moved to Coaches 2020-21" in done.content.decode()
    new = there.registrations.get()
    html = person_page(client, new)
    assert "Moved from Leaders 2020-21" in html
    assert "You can undo this until Thu, Sep 17, 2020, 8:00 a.m. ET." in html
    page = ticked(client, there, "undo", new)
    assert told(confirm(client, there, "undo", page)) == ["It was undone for 1 person. We're e-mailing them."]
    one.refresh_from_db()
    assert one.is_seated
    assert f"Undone Thu, Sep 10, 2020, 8:00 a.m. ET, {staff}." in person_page(client, new)


@pytest.mark.parametrize("works_for", ["here", "there"])
def test_who_works_for_one_of_the_two_networks_undoes_no_move(client, network, works_for):
    there, one, person = a_network(title="Coaches"), someone(network, "One"), a_user().person
    new = moving.move_to_network(one, there, by=SWEEP, at=NOW, reason="New district")
    mine = {"here": one, "there": new}[works_for]
    Appointment.objects.create(network=mine.network, person=person)
    client.force_login(person.user)
    html = person_page(client, mine)
    assert ("What staff did" in html, "Undo the last act" in html) == (True, False)
    page = tight(unescape(ticked(client, mine.network, "undo", mine).content.decode()))
    assert ("1 person is left out" in page, "Undo it for" in page) == (True, False)
    why = {
        "here": "nothing was done in the last 7 days that can be undone",
        "there": "was moved here from Leaders 2020-21, which you don't work for",
    }
    assert why[works_for] in page
    assert new.staff_acts.get().undone_at is None


def test_a_move_is_not_undone_by_who_works_for_there_no_longer(client, network):
    there, one, person = a_network(title="Coaches"), someone(network, "One"), a_user().person
    for each in (network, there):
        Appointment.objects.create(network=each, person=person)
    client.force_login(person.user)
    new = moving.move_to_network(one, there, by=SWEEP, at=NOW, reason="New district")
    page = ticked(client, there, "undo", new)
    Appointment.objects.filter(network=network).delete()
    done = told(confirm(client, there, "undo", page))
    assert done == ["Ana One: was moved here from Leaders 2020-21, which you don't work for"]
    assert new.staff_acts.get().undone_at is None


def test_what_was_done_before_somebody_was_moved_away_is_not_undone(client, staff, network):
    there, one = a_network(title="Coaches"), someone(network, "One")
    excusing.excuse(one, network.meetings.get(), by=SWEEP, at=NOW, reason="Snow day")
    moving.move_to_network(one, there, by=SWEEP, at=NOW, reason="New district")
    html = person_page(client, one)
    assert ("Register again" in html, "Undo the last act" in html) == (True, False)
    assert "nothing to do here" not in html
    assert "It can be undone in that network until" in html
    page = unescape(ticked(client, network, "undo", one).content.decode())
    assert "Status is “Moved to another network”" in page


def test_who_has_nothing_to_undo_is_left_out(client, staff, network):
    page = ticked(client, network, "undo", someone(network, "One"))
    assert "nothing was done in the last 7 days that can be undone" in page.content.decode()


def test_some_are_excused_from_one_meeting(client, staff, network):
    meeting = network.meetings.get()
    people = [someone(network, name) for name in ("One", "Two")]
    page = ticked(client, network, "meeting", *people)
    done = confirm(client, network, "meeting", page, meeting=str(meeting.uid), reason="Snow day")
    assert told(done) == ["2 people are excused. We're e-mailing them."]
    assert PlannedAbsence.objects.filter(reason="Snow day", excused_by_name=str(staff)).count() == 2
    assert Mail.objects.filter(subject="You're excused: Meeting 1").count() == 2


def test_who_left_is_registered_again(client, staff, network):
    one = someone(network, "One")
    withdrawing.leave_network(one, by=SWEEP, at=NOW)
    page = ticked(client, network, "reopen", one, someone(network, "Two"))
    assert "Status is “Registered”" in page.content.decode()
    done = confirm(client, network, "reopen", page, reason="A mistake")
    assert told(done) == ["1 person is registered again. We're e-mailing them."]
    assert Registration.objects.get(pk=one.pk).is_seated


def test_people_are_removed_and_seated_together(client, staff):
    network = a_network(seats=1)
    first, second = someone(network, "One"), someone(network, "Two")
    page = ticked(client, network, "seat", second)
    done = confirm(client, network, "seat", page, reason="She presents")
    assert told(done) == ["1 person has a seat. We're e-mailing them."]
    page = ticked(client, network, "remove", first, second)
    done = confirm(client, network, "remove", page, reason="Doubled")
    assert told(done) == ["2 people were removed. We're e-mailing them."]
    assert network.registrations.live().count() == 0


def test_who_changed_meanwhile_is_named_and_left_alone(client, staff, network):
    one = someone(network, "One")
    page = ticked(client, network, "remove", one)
    Registration.objects.filter(pk=one.pk).update(status="waiting", line=1)
    assert told(confirm(client, network, "remove", page, reason="Doubled")) == [
        "Ana One: It changed since you chose it."
    ]


def test_a_confirmation_asks_as_much_for_thirty_as_for_one(client, staff, django_assert_max_num_queries):
    counts = []
    ticked(client, a_network(), "network", someone(a_network(), "First"))
    for number in (2, 30):
        network, there = a_network(), a_network()
        a_meeting(there, on=date(2020, 11, 1))
        for place in range(number):
            one = a_registration(network)
            if place % 2:
                moving.move_to_network(one, there, by=SWEEP, at=NOW, reason="x")
        asked = []
        for act in ("network", "meeting", "undo", "reopen"):
            with django_assert_max_num_queries(40) as planned:
                ticked(client, network, act, *network.registrations.all())
            asked.append(len(planned))
        counts.append(asked)
    assert counts[0] == counts[1]


def test_the_key_is_sealed(client, staff, network):
    page = ticked(client, network, "remove", someone(network, "One"))
    rows = hidden(page, "rows")
    bad = confirm(client, network, "remove", page, rows=rows[:-2], reason="x")
    assert "Choose the people once more: we couldn't read who was chosen." in told(bad)
