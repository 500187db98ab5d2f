"""News: coordinators write short posts, everyone reads them, and feed readers follow them."""

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from partners.models import NewsPost
from tests.factories import NOW, a_coordinator, a_news_post, a_partnership, a_user

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def coordinator(client):
    person = a_coordinator()
    client.force_login(person.user)
    return person


def typed(**fields):
    return {"title": "Dates are set", "summary": "Five meetings again.", "text": "From October on.", **fields}


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def test_a_post_is_a_draft_until_it_is_published(client, coordinator):
    client.post(reverse("news_new"), typed())
    post = NewsPost.objects.get()
    assert (post.slug, post.published_at, post.by) == ("dates-are-set", None, coordinator)
    assert "Dates are set" in page(client, "news").content.decode()
    client.logout()
    assert "Dates are set" not in page(client, "news").content.decode()
    assert page(client, "news_post", post.slug).status_code == 404
    assert page(client, "home").content.decode().count("Dates are set") == 0


def test_a_published_post_stands_on_the_home_page(client, coordinator):
    client.post(reverse("news_new"), typed(publish="1"))
    client.logout()
    assert "Dates are set" in page(client, "home").content.decode()
    assert "From October on." in page(client, "news_post", "dates-are-set").content.decode()


def test_publishing_twice_keeps_the_first_moment(client, coordinator):
    post = a_news_post(coordinator, published=False)
    client.post(reverse("news_act", args=[post.slug, "publish"]))
    with time_machine.travel(NOW + timedelta(days=1)):
        client.post(reverse("news_act", args=[post.slug, "publish"]))
    post.refresh_from_db()
    assert post.published_at == NOW


def test_a_post_becomes_a_draft_again_and_is_deleted(client, coordinator):
    post = a_news_post(coordinator)
    client.post(reverse("news_act", args=[post.slug, "withdraw"]))
    assert not NewsPost.objects.published().exists()
    client.post(reverse("news_act", args=[post.slug, "delete"]))
    assert not NewsPost.objects.exists()
    assert client.post(reverse("news_act", args=["gone", "delete"])).status_code == 404


def test_the_address_stays_when_the_title_changes_and_two_of_a_title_differ(client, coordinator):
    for title in ("Dates are set", "Dates are set", "Feed"):
        client.post(reverse("news_new"), typed(title=title))
    slugs = list(NewsPost.objects.order_by("pk").values_list("slug", flat=True))
    assert slugs == ["dates-are-set", "dates-are-set-2", "feed-2"]
    client.post(reverse("news_edit", args=["dates-are-set"]), typed(title="Other"))
    assert NewsPost.objects.get(slug="dates-are-set").title == "Other"


@pytest.mark.parametrize("field", ["title", "summary"])
def test_what_is_missing_is_said_at_its_field_and_what_was_typed_stays(client, coordinator, field):
    answer = client.post(reverse("news_new"), typed(**{field: ""}))
    assert (answer.status_code, "From October on." in answer.content.decode()) == (422, True)


def test_what_was_typed_is_shown_as_words(client, coordinator):
    client.post(reverse("news_new"), typed(text="<script>alert(1)</script>", publish="1"))
    assert "<script>alert" not in page(client, "news_post", "dates-are-set").content.decode()


def test_the_feed_is_atom_with_what_the_standard_wants(client, coordinator):
    a_partnership(name="SouthCoast & STEM")
    post = a_news_post(coordinator, title="A < B & C", summary="One\x0b sentence.")
    a_news_post(coordinator, published=False, title="Draft")
    answer = client.get(reverse("news_feed"))
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    for within in (feed, feed.find(f"{ATOM}entry")):
        names = [child.tag.removeprefix(ATOM) for child in within]
        assert [names.count(one) for one in ("id", "title", "updated")] == [1, 1, 1]
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "News from SouthCoast & STEM"
    assert [one.get("rel") for one in feed.findall(f"{ATOM}link")] == ["alternate", "self"]
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}id").text == f"urn:uuid:{post.uid}"
    assert entry.find(f"{ATOM}title").text == "A < B & C"
    assert feed.find(f"{ATOM}updated").text == NOW.isoformat()


def test_the_list_asks_as_much_for_thirty_as_for_one(client, coordinator, django_assert_max_num_queries):
    counts = []
    page(client, "news")
    for number in (1, 20):
        for place in range(number):
            a_news_post(coordinator, title=f"Post {place}")
        with django_assert_max_num_queries(20) as asked:
            page(client, "news")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_only_coordinators_write(client):
    client.force_login(a_user())
    assert client.get(reverse("news_new")).status_code == 403
    assert client.post(reverse("news_new"), typed()).status_code == 403


def test_the_same_form_sent_twice_is_one_post_with_what_was_typed_last(client, coordinator):
    page = client.get(reverse("news_new")).content.decode()
    uid = re.search(r'name="uid" value="([^"]+)"', page)[1]
    for title in ("First words", "First words", "Better words"):
        answer = client.post(reverse("news_new"), typed(title=title, uid=uid, publish="1"))
    post = NewsPost.objects.get()
    assert (post.title, answer["Location"]) == ("Better words", post.get_absolute_url())


@pytest.mark.parametrize("uid", ["", "nonsense", "\0", "9" * 400])
def test_a_form_with_no_uid_or_one_that_is_none_is_a_post(client, coordinator, uid):
    assert client.post(reverse("news_new"), typed(uid=uid)).status_code == 302


@pytest.mark.parametrize("field", ["text", "link"])
def test_ones_own_link_is_never_published(client, coordinator, field, settings):
    own = f"{settings.SITE_URL}/calendar/mine/abc/"
    answer = client.post(reverse("news_new"), typed(**{field: own}))
    assert answer.status_code == 422 and "This is your own calendar link" in answer.content.decode()
    assert not NewsPost.objects.exists()
