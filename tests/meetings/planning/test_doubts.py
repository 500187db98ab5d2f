"""What looks forgotten before a network is published."""

from datetime import date, timedelta

import pytest

from meetings.planning.domain.doubts import doubts
from tests.factories import NOW, a_group, a_meeting, a_network

pytestmark = pytest.mark.django_db
DAY = date(2020, 10, 14)


def a_full_meeting(network, **changed):
    fields = {"on": DAY, "title": "Storylines", "modality": "in_person", "venue": "Marlborough", **changed}
    return a_meeting(network, **fields)


def test_a_complete_network_has_none():
    network = a_network(meetings=0)
    a_full_meeting(network)
    a_full_meeting(
        network, on=date(2020, 12, 8), modality="online", venue="", join_url="https://x.example.org"
    )
    assert doubts(network, at=NOW) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"venue": ""}, "No place set yet: Wed, Oct 14, 2020."),
        ({"modality": "online"}, "No link to join yet: Wed, Oct 14, 2020."),
        ({"modality": "hybrid"}, "No link to join yet: Wed, Oct 14, 2020."),
    ],
)
def test_a_meeting_without_place_or_link_is_named(changed, sentence):
    network = a_network(meetings=0)
    a_full_meeting(network, **changed)
    assert doubts(network, at=NOW) == [sentence]


def test_a_meeting_of_a_group_without_a_place_is_named_too_and_its_title_is_not():
    network = a_network(meetings=0)
    a_full_meeting(network)
    a_full_meeting(network, working_group=a_group(network), title="1", on=date(2020, 12, 8), venue="")
    assert doubts(network, at=NOW) == ["No place set yet: Tue, Dec 8, 2020."]


@pytest.mark.parametrize("title", ["Meeting 1", "1", "Session No. 2", "#3", "meeting two", "Part IV."])
def test_a_title_that_only_counts_is_named(title):
    network = a_network(meetings=0)
    a_full_meeting(network, title=title)
    assert doubts(network, at=NOW) == [
        f"Titles that are only a number: {title}. Say what each meeting is about."
    ]


@pytest.mark.parametrize("title", ["Meeting 1: storylines", "Storylines 2", "Grade 5", "Mixed methods"])
def test_a_title_that_says_something_is_not(title):
    network = a_network(meetings=0)
    a_full_meeting(network, title=title)
    assert doubts(network, at=NOW) == []


def test_days_that_are_over_and_days_of_another_year_are_named():
    network = a_network(meetings=0, description="We met on October 16, 2019 and meet on October 14, 2020.")
    a_full_meeting(network)
    assert doubts(network, at=NOW + timedelta(days=300)) == [
        "Already over: Wed, Oct 14, 2020.",
        "The description mentions days outside 2020-21: October 16, 2019.",
    ]


def test_many_are_counted():
    network = a_network(meetings=0)
    for number in range(8):
        a_full_meeting(network, on=DAY + timedelta(days=number), venue="")
    assert doubts(network, at=NOW)[0].endswith("; Mon, Oct 19, 2020; and 2 more.")
