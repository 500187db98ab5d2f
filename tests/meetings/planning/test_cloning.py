from datetime import date, time

import pytest

from meetings.models import Appointment, Commitment, CommitmentVersion
from meetings.planning.domain import cloning
from meetings.planning.exceptions import PlanRefused, TitleTaken, WallTimeRefused
from tests import factories

pytestmark = pytest.mark.django_db
DATES = [date(2021, 10, 13), date(2021, 12, 7), date(2022, 2, 9)]


@pytest.fixture
def network():
    network = factories.a_network(meetings=2, title="Science Leaders", pdp_topic="Leading science")
    group = factories.a_group(network, title="Remote learning", lead=factories.a_person())
    factories.a_meeting(network, working_group=group, start_time=time(12), end_time=time(15))
    commitment = Commitment.objects.create(network=network, required=False)
    for number, text in ((1, "Come"), (2, "Come to all sessions")):
        CommitmentVersion.objects.create(
            commitment=commitment, number=number, text=text, written_at=factories.NOW
        )
    return network


def cloned(network, by=None, **changed):
    wanted = {"school_year": "2021-22", "dates": DATES, **changed}
    return cloning.clone(network, by=by or factories.a_coordinator(), at=factories.NOW, **wanted)


def test_clone_keeps_texts_and_asks_for_dates(network):
    copy = cloned(network)
    assert (copy.slug, copy.status, copy.cloned_from) == ("science-leaders-2021-22", "draft", network)
    assert (copy.pdp_topic, copy.credit_code, copy.published_at) == ("Leading science", "MA-PDP", None)
    assert [(meeting.title, meeting.on) for meeting in copy.meetings.own()] == [
        ("Meeting 1", DATES[0]),
        ("Meeting 2", DATES[1]),
        ("Meeting 3", DATES[2]),
    ]


def test_clone_keeps_commitments_in_their_newest_wording(network):
    commitment = cloned(network).commitments.get()
    assert [(one.number, one.text) for one in commitment.versions.all()] == [(1, "Come to all sessions")]
    assert not commitment.required


def test_clone_keeps_groups_with_their_slot_but_not_their_leads(network):
    group = cloned(network).working_groups.get()
    assert (group.title, group.leads.exists()) == ("Remote learning", False)
    assert [(meeting.on, meeting.start_time) for meeting in group.meetings.all()] == [(DATES[0], time(12))]


def test_clone_brings_no_people(network):
    factories.a_registration(network)
    assert cloned(network).registrations.count() == 0


def test_clone_appoints_the_coordinator_of_one_network_for_the_next(network):
    person = factories.a_person()
    Appointment.objects.create(network=network, person=person, role="coordinator")
    assert cloned(network, by=person).appointments.get().role == "coordinator"


def test_clone_into_its_own_year_is_refused(network):
    with pytest.raises(PlanRefused, match="This network is already the one for 2020-21"):
        cloned(network, school_year="2020-21")


def test_clone_twice_is_refused(network):
    cloned(network)
    with pytest.raises(TitleTaken, match="There's already a network with this title in 2021-22"):
        cloned(network)


def test_clone_keeps_the_wall_time_across_the_change_of_clocks(network):
    hours = [meeting.starts_at.hour for meeting in cloned(network).meetings.own()]
    assert hours == [13, 14, 14]


def test_clone_refuses_a_day_that_lacks_the_wall_time(network):
    network.meetings.filter(working_group__isnull=True).update(start_time=time(2, 30))
    with pytest.raises(
        WallTimeRefused, match="The clocks change on 2022-03-13, and 02:30 doesn't exist that day"
    ):
        cloned(network, dates=[date(2022, 3, 13)])
