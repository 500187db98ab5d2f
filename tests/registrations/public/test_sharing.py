"""What a shared link shows, event data, and what search engines are told."""

import json
import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def partnership():
    return factories.a_partnership(name="SouthCoast STEM Network", tagline="Free meetings")


def network_page(client, network):
    return client.get(network.get_absolute_url()).content.decode()


def events(client, network):
    return json.loads(LD.findall(network_page(client, network))[0])["@graph"]


def test_a_meeting_is_said_with_its_day_place_and_state(client):
    network = factories.a_network(meetings=0, title="Leaders", summary="Five meetings")
    factories.a_meeting(
        network, title="Equity", modality="hybrid", venue="Library", address="285 Old Westport Road"
    )
    factories.a_meeting(network, title="Off", on=date(2020, 11, 4), status="cancelled", modality="online")
    first, second = events(client, network)
    page = settings.SITE_URL + network.get_absolute_url()
    assert (first["name"], first["startDate"]) == ("Leaders: Equity", "2020-10-14T09:00:00-04:00")
    assert first["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert first["location"] == [
        {"@type": "Place", "name": "Library", "address": "285 Old Westport Road"},
        {"@type": "VirtualLocation", "url": page},
    ]
    assert first["organizer"]["name"] == "SouthCoast STEM Network"
    assert (second["eventStatus"], second["startDate"]) == (
        "https://schema.org/EventCancelled",
        "2020-11-04T09:00:00-05:00",
    )


def test_what_somebody_typed_ends_no_script_and_the_link_to_join_stays_away(client):
    network = factories.a_network(meetings=0, title="</script><script>alert(1)</script> & more")
    factories.a_meeting(network, join_url="https://meet.example.org/secret", modality="online")
    html = network_page(client, network)
    assert events(client, network)[0]["name"].startswith("</script><script>alert(1)</script> & more")
    assert ("<script>alert" in html, "meet.example.org" in html) == (False, False)


def test_event_data_is_no_script_to_the_content_security_policy(client):
    answer = client.get(factories.a_network().get_absolute_url())
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_a_shared_link_shows_title_words_and_picture(client):
    network = factories.a_network(title="Leaders", summary="Five meetings")
    html = network_page(client, network)
    picture = settings.SITE_URL + reverse("share_network", args=[network.slug])
    for name, content in [
        ("og:title", str(network)),
        ("og:description", "Five meetings"),
        ("og:image", picture),
        ("og:url", settings.SITE_URL + network.get_absolute_url()),
    ]:
        assert f'<meta property="{name}" content="{content}">' in " ".join(html.split()).replace(" >", ">")
    whole = f'property="og:image" content="{settings.SITE_URL}{reverse("share")}"'
    assert whole in client.get("/").content.decode()


@pytest.mark.parametrize("title", ["Leaders", "“Ünïcödé” مرحبا 数学 " + "x" * 150, "#let a = 1 $x$"])
def test_the_picture_is_1200_by_630_whatever_the_title(client, title):
    network = factories.a_network(title=title)
    answer = client.get(reverse("share_network", args=[network.slug]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=86400")
    size = int.from_bytes(answer.content[16:20]), int.from_bytes(answer.content[20:24])
    assert (answer.content[:8], size) == (b"\x89PNG\r\n\x1a\n", (1200, 630))


def test_the_portal_has_a_picture_too_and_a_draft_has_none(client):
    draft = factories.a_network(status="draft")
    assert client.get(reverse("share")).content[:4] == b"\x89PNG"
    assert client.get(reverse("share_network", args=[draft.slug])).status_code == 404


def test_the_sitemap_lists_public_pages_only_and_each_opens(client):
    network, draft = factories.a_network(), factories.a_network(status="draft")
    partner, other = factories.an_organization(stage="partner"), factories.an_organization(stage="drafting")
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    paths = [one.text.split("testserver")[1] for one in tree.iter() if one.tag.endswith("loc")]
    assert (network.get_absolute_url() in paths, partner.get_absolute_url() in paths) == (True, True)
    assert (draft.get_absolute_url() in paths, other.get_absolute_url() in paths) == (False, False)
    assert {client.get(path, follow=True).status_code for path in paths} == {200}


def test_the_sitemap_asks_as_much_for_thirty_as_for_one(client, django_assert_num_queries):
    factories.a_network()
    factories.an_organization(stage="partner")
    client.get("/sitemap.xml")
    with CaptureQueriesContext(connection) as one:
        client.get("/sitemap.xml")
    for _each in range(29):
        factories.a_network()
        factories.an_organization(stage="partner")
    with django_assert_num_queries(len(one)):
        client.get("/sitemap.xml")


def test_robots_keep_out_of_private_pages(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines
    for name in ("staff", "learning", "admin", "accounts"):
        assert f"Disallow: /{name}/" in lines
    assert not any(line.startswith("Disallow: /networks") for line in lines)


def test_the_icon_of_the_tab_is_found_by_its_usual_name(client):
    answer = client.get("/favicon.ico")
    assert (answer["Content-Type"], answer.content[:4]) == ("image/x-icon", b"\x00\x00\x01\x00")


def test_a_network_of_thirty_meetings_takes_the_queries_of_one(client, django_assert_num_queries):
    network = factories.a_network()
    client.get(network.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(network.get_absolute_url())
    for step in range(29):
        factories.a_meeting(network, on=date(2020, 10, 15) + timedelta(days=step))
    with django_assert_num_queries(len(one)):
        client.get(network.get_absolute_url())


def test_event_data_of_a_page_of_somebody_signed_in_is_left_out(client):
    client.force_login(factories.a_user())
    assert LD.findall(network_page(client, factories.a_network())) == []
