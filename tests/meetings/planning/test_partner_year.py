"""What a partner hosted, for its year in review."""

from datetime import UTC, datetime

import pytest

from meetings.models import CoHost
from meetings.planning.domain.partner_year import Hosted, hosted, meeting_lines
from tests.factories import NOW, a_meeting, a_network, an_organization

pytestmark = pytest.mark.django_db
BEGIN, END = datetime(2020, 7, 1, tzinfo=UTC), datetime(2021, 7, 1, tzinfo=UTC)


@pytest.fixture
def partner():
    return an_organization()


def test_hosting_is_counted_once_a_network(partner):
    network = a_network(meetings=0)
    a_meeting(network, host=partner)
    a_meeting(network, host=partner, status="cancelled", title="Snow")
    CoHost.objects.create(network=network, organization=partner)
    assert hosted(partner, BEGIN, END) == Hosted(meetings=1, networks=1)


def test_what_a_school_of_a_district_hosts_counts_for_the_district(partner):
    a_meeting(a_network(meetings=0), host=an_organization(sector="school", part_of=partner))
    assert hosted(partner, BEGIN, END).meetings == 1


def test_a_meeting_that_is_still_to_come_was_not_hosted(partner):
    a_meeting(a_network(meetings=0), host=partner)
    lines = [meeting_lines(partner, begin=BEGIN, end=END, at=at)[0] for at in (NOW, END)]
    assert lines == ["0 meetings hosted", "1 meeting hosted"]
