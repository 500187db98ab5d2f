"""The map of the region, voices, and seats left on the home page."""

import re

import pytest
import time_machine
from django.urls import reverse

from partners.models import Voice
from registrations.public.domain import region_map
from registrations.public.domain.region_map import draw_map
from tests.factories import (
    NOW,
    a_coordinator,
    a_network,
    a_news_post,
    a_partnership,
    a_position,
    a_registration,
    a_user,
    an_organization,
)
from tests.markup import tight

TOWNS = [("New Bedford", 3), ("Fall River", 2), ("Taunton", 1), ("Wareham", 1)]


def names(*towns):
    return {(town.lower(), "MA"): town for town in towns}


def numbered(towns):
    keys = iter(range(100))
    return {(name.lower(), "MA"): [next(keys) for _one in range(number)] for name, number in towns}


def drawn(others=(), networks=None, **more):
    known = names(*(name for name, _number in TOWNS), *others)
    return draw_map(known, numbered(TOWNS), networks or {}, **more)


def test_a_town_with_more_partners_is_larger_and_one_without_is_white():
    found = drawn(others=["Freetown"], host=("taunton", "MA"))
    assert [(town.name, town.partners) for town in found.towns] == [*TOWNS, ("Freetown", 0)]
    radii = [town.radius for town in found.towns]
    assert radii == sorted(radii, reverse=True) and radii[0] > radii[1] > radii[2]
    assert [town.name for town in found.without] == ["Freetown"]
    assert [town.name for town in found.towns if town.is_host] == ["Taunton"]


def test_north_is_above_and_west_is_left():
    at = {town.name: (town.x, town.y) for town in drawn().towns}
    assert at["Taunton"][1] < at["New Bedford"][1]
    assert at["Fall River"][0] < at["Wareham"][0]


def test_a_line_joins_towns_that_share_a_network():
    towns = numbered(TOWNS)
    bedford, river = towns["new bedford", "MA"][0], towns["fall river", "MA"][0]
    assert len(drawn(networks={1: {bedford, river}, 2: {bedford}}).lines) == 1


def test_names_never_cover_each_other_or_leave_the_picture():
    everything = [(name.title(), 1) for name in ("acushnet", "berkley", "dartmouth", "dighton", "fairhaven")]
    found = draw_map(names(*(n for n, _ in everything)), numbered(everything), {})
    boxes = [region_map.room(*town.label, letters=len(town.name)) for town in found.towns if town.label]
    assert all(box[0] >= 0 and box[2] <= region_map.WIDTH for box in boxes)
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
    assert not any(region_map._overlap(a, b) for a, b in pairs)


def test_towns_that_are_not_written_down_or_far_away_are_left_out():
    found = drawn(others=["Atlantis", "Marlborough"])
    assert {town.name for town in found.towns} == {name for name, _n in TOWNS}


def test_fewer_than_three_towns_make_no_map():
    assert (
        draw_map(names("Taunton", "Fall River"), numbered([("Taunton", 2), ("Fall River", 9)]), {}).towns
        == []
    )


@pytest.fixture
def home(client):
    def html():
        with time_machine.travel(NOW, tick=False):
            return tight(client.get(reverse("home")).content.decode())

    return html


@pytest.mark.django_db
def test_home_shows_the_map_in_words_as_well(home):
    a_partnership(region_places="Freetown\n\nTaunton")
    for city in ("New Bedford", "New Bedford", "Fall River", "Taunton"):
        an_organization(stage="partner", city=city, state="MA")
    html = home()
    assert html.count('class="town') == 4 + 3  # and the key
    words = re.search(r"<desc[^>]*>(.*?)</desc>", html)[1]
    assert words.strip() == "New Bedford 2, Fall River 1, Taunton 1. Not yet: Freetown."


@pytest.mark.django_db
def test_home_without_known_towns_shows_the_figures_as_before(home):
    a_partnership()
    an_organization(stage="partner", city="Springfield", state="MA")
    html = home()
    assert ('class="map"' in html, "<b>1</b><span>partner organization</span>" in html) == (False, True)


@pytest.mark.django_db
def test_cards_and_dates_say_how_many_seats_are_left(home):
    a_partnership()
    network = a_network(seats=3)
    position = a_position(a_user().person)
    a_registration(network, position.person, position=position)
    full = a_network(seats=1)
    for _one in range(2):
        a_registration(full)
    html = home()
    assert ("2 seats left" in html, "1 is waiting" in html, "taken" in html) == (True, True, False)


@pytest.mark.django_db
def test_voices_show_only_those_entered_with_consent_and_none_without(home):
    a_partnership()
    assert "What colleagues say" not in home()
    noted = {"consent_by": a_coordinator(), "consent_at": NOW}
    Voice.objects.create(text="I took one routine home.", role="A district science lead", **noted)
    Voice.objects.create(text="Hidden.", role="A coach", active=False, **noted)
    html = home()
    assert ("I took one routine home." in html, "Hidden." in html) == (True, False)


@pytest.mark.django_db
def test_the_admin_asks_for_consent_and_notes_who_said_so(client):
    person = a_coordinator()
    client.force_login(person.user)
    address = reverse("admin:partners_voice_add")
    words = {
        "text": "I took one routine home.",
        "role": "A district science lead",
        "position": "1",
        "active": "on",
    }
    with time_machine.travel(NOW, tick=False):
        refused = client.post(address, words)
        assert "We show nobody&#x27;s words without their consent." in refused.content.decode()
        client.post(address, {**words, "consent": "on"})
    voice = Voice.objects.get()
    assert (voice.consent_by, voice.consent_at) == (person, NOW)


@pytest.mark.django_db(transaction=True)
def test_home_made_anew_asks_four_times_while_the_rest_is_kept(client, settings, django_assert_num_queries):
    settings.BRIEFLY_SECONDS = 60
    coordinator = a_coordinator()
    a_partnership()
    for city in ("New Bedford", "Fall River", "Taunton"):
        an_organization(stage="partner", city=city, state="MA")
    for number in range(4):
        a_news_post(coordinator, title=f"Post {number}")
        a_network(subjects=["science"])
    with time_machine.travel(NOW, tick=False):
        client.get(reverse("home"))
        with django_assert_num_queries(4):
            client.get(reverse("home"))
