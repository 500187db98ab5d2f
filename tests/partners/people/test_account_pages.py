"""One's own pages: profile, addresses, sign-in methods, preferences."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from partners.models import MailTopic, PersonEmail
from partners.people.domain import addresses, preferences
from stemnet.models import Mail
from tests.factories import a_person, a_position, a_user, an_organization

pytestmark = pytest.mark.django_db
PAGES = ["profile", "addresses", "sign-in", "preferences", "second-factor"]
ADDRESSES, CODE = "/learning/addresses/", "/learning/addresses/code/"


@pytest.fixture
def me():
    return a_user(address="work@example.org").person


@pytest.fixture
def mine(client, me):
    client.force_login(me.user)
    return client


def code_for(address):
    return re.search(r"\b\d{6}\b", Mail.objects.filter(address=address).order_by("-pk").first().text)[0]


def said(answer):
    return [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_whoever_is_signed_in(client, me, page):
    assert client.get(f"/learning/{page}/")["Location"].startswith("/accounts/login/")
    client.force_login(me.user)
    assert client.get(f"/learning/{page}/").status_code == 200


@pytest.mark.parametrize(
    "page", ["addresses/primary", "addresses/remove", "addresses/code/again", "preferences/links"]
)
def test_acts_are_posts(mine, page):
    assert mine.get(f"/learning/{page}/").status_code == 405


def test_profile_changes_names_and_workplace(mine, me):
    organization = an_organization(name="Wareham Public Schools")
    data = {
        "first_name": "Ana",
        "last_name": "Sousa",
        "workplace": "Wareham Public Schools",
        "job": "teacher",
    }
    mine.post("/learning/profile/", data)
    me.refresh_from_db()
    position = me.positions.get()
    assert (str(me), position.organization, position.job) == ("Ana Sousa", organization, "teacher")


def test_profile_ends_the_old_position(mine, me):
    old = a_position(me, organization=an_organization(name="Acushnet"))
    mine.post("/learning/profile/", {"first_name": "A", "last_name": "B", "workplace": "Elsewhere"})
    old.refresh_from_db()
    assert old.ended_on == timezone.localdate()
    assert me.positions.get(ended_on=None).organization_words == "Elsewhere"


def test_another_place_is_added_and_nothing_ends(mine, me):
    first = a_position(me, organization=an_organization(name="Acushnet"))
    college = an_organization(name="A college")
    data = {"workplace": "A college", "job": "faculty", "title": "Lecturer"}
    page = mine.post("/learning/profile/positions/new/", data, follow=True)
    held = set(me.positions.filter(ended_on=None).values_list("organization", "title"))
    assert held == {(first.organization_id, first.title), (college.pk, "Lecturer")}
    assert (page.context["position"].organization, page.context["others"]) == (college, [first])


def test_a_place_is_left_and_the_others_stay(mine, me):
    first, second = (a_position(me, organization=an_organization()) for _number in range(2))
    page = mine.post("/learning/profile/positions/leave/", {"position": first.pk}, follow=True)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ended_on, second.ended_on) == (timezone.localdate(), None)
    assert page.context["others"] == []
    again = mine.post("/learning/profile/positions/leave/", {"position": first.pk}, follow=True)
    assert said(again) == ["You already left there."]


def test_nobody_ends_a_position_of_somebody_else(mine, me):
    theirs = a_position(a_person())
    page = mine.post("/learning/profile/positions/leave/", {"position": theirs.pk}, follow=True)
    theirs.refresh_from_db()
    assert (theirs.ended_on, said(page)) == (None, ["You already left there."])


@pytest.mark.parametrize("left", [True, False])
def test_a_name_comes_off_the_page_of_a_place(mine, me, left):
    home = an_organization()
    ended_on = timezone.localdate() - timedelta(days=9) if left else None
    position = a_position(me, organization=home, public=True, ended_on=ended_on)
    a_position(me, organization=an_organization())
    page, path = f"/partners/{home.slug}/", "/learning/profile/positions/unname/"
    assert str(me) in Client().get(page).content.decode()
    assert "Remove my name from its page" in mine.get("/learning/profile/").content.decode()
    mine.post(path, {"position": position.pk})
    assert str(me) not in Client().get(page).content.decode()
    assert said(mine.post(path, {"position": position.pk}, follow=True))[-1] == "Your name isn't shown there."


def test_an_eleventh_place_is_refused(mine, me):
    for _number in range(10):
        a_position(me, organization=an_organization())
    page = mine.post("/learning/profile/positions/new/", {"workplace": "Elsewhere"})
    assert (page.status_code, me.positions.count()) == (422, 10)
    assert "You already work at 10 places." in page.content.decode()


def test_profile_without_a_change_keeps_the_position(mine, me):
    position = a_position(me, organization=an_organization(name="Acushnet"), job="teacher")
    mine.post(
        "/learning/profile/", {"first_name": "A", "last_name": "B", "workplace": "Acushnet", "job": "coach"}
    )
    assert (me.positions.get(), me.positions.get().job) == (position, "coach")


@pytest.mark.parametrize("name", ["Nuñez", "O'Brien", "李明", "محمد", "Łukasz-Żółć"])
def test_profile_takes_any_script(mine, me, name):
    mine.post("/learning/profile/", {"first_name": name, "last_name": "B"})
    me.refresh_from_db()
    assert me.first_name == name


@pytest.mark.parametrize(
    "data", [{"first_name": "x" * 300, "last_name": "B"}, {"first_name": "", "last_name": "B"}]
)
def test_profile_keeps_what_was_typed_and_says_what_is_wrong(mine, me, data):
    page = mine.post("/learning/profile/", data)
    me.refresh_from_db()
    assert (page.status_code, me.last_name != "B", "invalid-feedback" in page.content.decode()) == (
        200,
        True,
        True,
    )


def test_an_address_is_added_by_a_code(mine, me):
    assert mine.post(ADDRESSES, {"address": "Home@Example.org"})["Location"] == CODE
    assert PersonEmail.objects.filter(address="home@example.org").count() == 0
    mine.post(CODE, {"code": code_for("home@example.org")})
    assert me.emails.get(address="home@example.org").verified_at is not None
    assert Mail.objects.filter(address="work@example.org").get().subject == "An e-mail address was added"


def test_the_address_of_someone_else_is_told_after_the_code_only(mine, me):
    a_person(address="other@example.org")
    assert mine.post(ADDRESSES, {"address": "other@example.org"})["Location"] == CODE
    answer = mine.post(CODE, {"code": code_for("other@example.org")}, follow=True)
    assert "It has an account of its own" in answer.content.decode()
    assert me.emails.count() == 1


def test_five_wrong_codes_end_it(mine, me):
    mine.post(ADDRESSES, {"address": "home@example.org"})
    right = code_for("home@example.org")
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(4):
        assert b"the code we sent" in mine.post(CODE, {"code": wrong}).content
    assert said(mine.post(CODE, {"code": wrong}, follow=True)) == [
        "That's five wrong codes, so this code no longer works. Ask for a new one."
    ]
    mine.post(CODE, {"code": right})
    assert me.emails.count() == 1


def test_a_code_expires(mine, me):
    mine.post(ADDRESSES, {"address": "home@example.org"})
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        answer = mine.post(CODE, {"code": code_for("home@example.org")}, follow=True)
    assert (said(answer), me.emails.count()) == (["This code has expired. Ask for a new one."], 1)


def test_another_code_waits_30_seconds(mine):
    mine.post(ADDRESSES, {"address": "home@example.org"})
    answer = mine.post(f"{CODE}again/", follow=True)
    assert said(answer) == ["We just sent a code. Wait 30 seconds before you ask for another."]
    with time_machine.travel(timezone.now() + timedelta(seconds=31), tick=False):
        mine.post(f"{CODE}again/")
    assert Mail.objects.filter(address="home@example.org").count() == 2


def test_five_codes_an_hour_go_to_an_address(mine):
    for _ in range(5):
        mine.post(ADDRESSES, {"address": "home@example.org"})
    assert b"several codes" in mine.post(ADDRESSES, {"address": "home@example.org"}).content


@pytest.mark.parametrize("address", ["", "home", "x" * 300 + "@example.org", "work@example.org"])
def test_what_can_not_be_added_is_said_where_it_happened(mine, address):
    page = mine.post(ADDRESSES, {"address": address})
    assert (page.status_code, "invalid-feedback" in page.content.decode()) == (200, True)


def test_mail_goes_to_another_address(mine, me):
    addresses.add_proved(me, address="home@example.org", at=timezone.now())
    mine.post(f"{ADDRESSES}primary/", {"address": "home@example.org"})
    me.user.refresh_from_db()
    assert me.user.email == "home@example.org"


def test_an_address_not_proved_is_no_primary_one(mine, me):
    addresses.add_address(me, address="home@example.org")
    answer = mine.post(f"{ADDRESSES}primary/", {"address": "home@example.org"}, follow=True)
    assert said(answer) == ["Confirm this address with a code first. Then you can make it your primary one."]


def test_the_primary_address_stays(mine, me):
    mine.post(f"{ADDRESSES}remove/", {"address": "work@example.org"})
    assert me.emails.count() == 1


@pytest.mark.parametrize("act", ["primary", "remove"])
@pytest.mark.parametrize("address", ["other@example.org", "\x00", ""])
def test_addresses_of_others_are_not_found(mine, act, address):
    other = a_person(address="other@example.org")
    assert mine.post(f"{ADDRESSES}{act}/", {"address": address}).status_code == 404
    assert other.emails.count() == 1


def test_preferences_mute_and_unmute(mine, me):
    mine.post("/learning/preferences/", {"topics": ["news"]})
    assert [topic for topic in MailTopic.values if preferences.wants(me, topic)] == ["news"]
    mine.post("/learning/preferences/", {"topics": MailTopic.values})
    assert me.preferences.count() == 0


def test_unknown_topics_are_refused(mine, me):
    assert mine.post("/learning/preferences/", {"topics": ["documents"]}).status_code == 200
    assert me.preferences.count() == 0


def test_private_links_are_reset(mine, me):
    mine.post("/learning/preferences/links/")
    me.refresh_from_db()
    assert me.link_number == 1


def test_people_say_what_they_stand_for_and_whether_they_are_named(mine, me):
    position = a_position(me)
    data = {"first_name": "Ann", "last_name": "Lee", "workplace": position.organization.name}
    mine.post("/learning/profile/", {**data, "stakeholder_group": "school_personnel", "public": "on"})
    position.refresh_from_db()
    assert (position.stakeholder_group, position.public) == ("school_personnel", True)
    mine.post("/learning/profile/", {**data, "stakeholder_group": ""})
    position.refresh_from_db()
    assert (position.stakeholder_group, position.public) == ("", False)


def test_nobody_shares_their_registrations_by_default(mine, me):
    assert me.shares_registrations is False
    mine.post("/learning/profile/", {"first_name": "A", "last_name": "B", "shares_registrations": "on"})
    me.refresh_from_db()
    assert me.shares_registrations is True
