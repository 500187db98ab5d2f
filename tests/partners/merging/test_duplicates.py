"""Likely duplicates: what is found, what is remembered, and the pages of merging."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.merging.domain import duplicate_looks, duplicates, merging
from partners.models import Alias, Merge, NotTheSame, Organization, Person
from stemnet import jobs
from stemnet.models import Job
from tests.factories import NOW, a_coordinator, a_person, a_staff_member, a_user, an_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client):
    client.force_login(a_coordinator(first_name="Zoe", last_name="Quist", address="zq@example.org").user)
    return client


def found(pairs):
    return {(str(pair.first), str(pair.second)) for pair in pairs}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Wareham Public Schools"}, {"name": "WAREHAM  Public Schools."}),
        ({"name": "Université de Wareham"}, {"name": "Universite de Wareham"}),
        ({"name": "Wareham Public Schools"}, {"name": "Wareham Public School"}),
        ({"name": "Science & Arts"}, {"name": "Arts and Science"}),
        ({"name": "A", "state_org_code": "0310"}, {"name": "B", "state_org_code": "0310", "state": "RI"}),
        (
            {"name": "Kaput Center", "website": "https://www.kaput.example.org/a"},
            {"name": "The Kaput Center for Research", "website": "http://kaput.example.org"},
        ),
    ],
)
def test_likely_organizations_are_found(one, other):
    pair = an_organization(city="", **one), an_organization(city="", **other)
    assert found(duplicates.organizations()) == {tuple(str(row) for row in pair)}


def test_other_name_is_compared_too():
    an_organization(name="Diman")
    school = an_organization(name="Greater Fall River Regional Vocational Technical")
    Alias.objects.create(organization=school, name="Diman")
    assert len(duplicates.organizations()) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Central School", "city": "Wareham"}, {"name": "Central School", "city": "Seattle"}),
        ({"name": "Fall River Public Schools"}, {"name": "New Bedford Public Schools"}),
        ({"name": "Wareham"}, {"name": "Wareham Again", "merged": True}),
    ],
)
def test_unlike_organizations_are_not_found(one, other):
    first = an_organization(**one)
    merged = other.pop("merged", False)
    an_organization(**other, merged_into=first if merged else None)
    assert duplicates.organizations() == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"first_name": "Pat", "last_name": "Doe"}, {"first_name": "pat", "last_name": "Doe"}),
        ({"first_name": "Pat", "last_name": "Doe"}, {"first_name": "Doe", "last_name": "Pat"}),
        ({"first_name": "Katherine", "last_name": "Doe"}, {"first_name": "Katharine", "last_name": "Doe"}),
        (
            {"first_name": "Pat", "last_name": "Doe", "address": "pat.doering@a.example.org"},
            {"first_name": "Patricia", "last_name": "Doering", "address": "patdoering@b.example.org"},
        ),
    ],
)
def test_likely_people_are_found(one, other):
    a_person(**one)
    a_person(**other)
    assert len(duplicates.people()) == 1


def test_similar_names_are_found_among_very_many_of_one_last_name():
    for number in range(60):
        a_person(first_name=f"{chr(97 + number % 26) * 3}{number}", last_name="Smith")
    for name in ("zsuzsanna", "zsusanna"):
        a_person(first_name=name, last_name="Smith")
    assert ("zsuzsanna Smith", "zsusanna Smith") in found(duplicates.people())


def test_two_people_without_likeness_are_not_found():
    a_person(first_name="Pat", last_name="Doe")
    a_person(first_name="Jo", last_name="Doe")
    assert duplicates.people() == []


def test_reviewed_pairs_do_not_come_again(desk):
    one, other = an_organization(name="Wareham Public"), an_organization(name="Wareham, public")
    path = f"/staff/duplicates/organization/{other.pk}/{one.pk}/reviewed/"
    assert desk.post(path)["Location"] == "/staff/duplicates/?what=organization"
    desk.post(path)
    row = NotTheSame.objects.get()
    assert (row.first, row.second, duplicates.organizations()) == (one.pk, other.pk, [])


@pytest.mark.parametrize("path", ["/staff/duplicates/", "/staff/duplicates/?what=person"])
def test_only_coordinators_open_it(client, path):
    assert client.get(path).status_code == 302
    for who, status in ((a_user(), 403), (a_staff_member().user, 403), (a_coordinator().user, 200)):
        client.force_login(who)
        assert client.get(path).status_code == status


@pytest.mark.parametrize("what", ["organization", "person"])
def test_list_asks_the_database_equally_often(desk, what):
    def add():
        an_organization(name="Wareham Public" + "." * Organization.objects.count())
        a_person(first_name="Pat", last_name="Doe")
        Merge.objects.create(subject=what, kept=1, gone=2, label="-", by=Person.objects.first(), at=NOW)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            desk.get(f"/staff/duplicates/?what={what}")
        return len(captured)

    add()
    add()
    queries()
    one = queries()
    for _ in range(30):
        add()
    assert queries() == one


def test_merging_on_the_page_takes_what_was_chosen_and_can_be_taken_back(desk):
    one = an_organization(name="Wareham", city="Wareham", state="MA", about="")
    other = an_organization(name="Wareham Schools", city="Wareham", state="MA", about="In the south.")
    path = f"/staff/duplicates/organization/{one.pk}/{other.pk}/"
    page = desk.get(path)
    assert set(page.context["form"].fields) == {"keep", "name", "about"}
    assert page.context["form"].initial["about"] == "other"
    desk.post(path, {"keep": "one", "name": "other", "about": "other"})
    one.refresh_from_db()
    assert (one.name, one.about) == ("Wareham Schools", "In the south.")
    listing = desk.get("/staff/duplicates/")
    assert b"Wareham \xe2\x86\x90 Wareham Schools" in listing.content
    desk.post(f"/staff/duplicates/merges/{Merge.objects.get().uid}/undo/")
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.name, one.about, other.merged_into) == ("Wareham", "", None)


def test_second_may_stay_and_take_from_the_first(desk):
    one = a_person(first_name="Pat", last_name="Doe", address="one@example.org")
    other = a_person(first_name="Patricia", last_name="Doe", address="two@example.org")
    path = f"/staff/duplicates/person/{one.pk}/{other.pk}/"
    desk.post(path, {"keep": "other", "first_name": "one", "primary": "other"})
    kept = Person.objects.current().get(pk=other.pk)
    assert (kept.first_name, kept.primary_address) == ("Pat", "two@example.org")
    assert Person.objects.get(pk=one.pk).merged_into == kept


def test_refusal_is_said_and_nothing_is_changed(desk):
    me, other = Person.objects.get(last_name="Quist"), a_person(last_name="Quist")
    first, second = sorted((me.pk, other.pk))
    keep = "one" if other.pk == first else "other"
    path = f"/staff/duplicates/person/{first}/{second}/"
    data = {"keep": keep, "first_name": keep, "primary": keep, "language": keep}
    page = desk.post(path, data).content
    assert b"signed in as the one that would be removed" in page
    assert Merge.objects.count() == 0


def test_missing_choice_is_said(desk):
    one, other = an_organization(name="A"), an_organization(name="B")
    assert desk.post(f"/staff/duplicates/organization/{one.pk}/{other.pk}/", {}).status_code == 200
    assert Merge.objects.count() == 0


def test_what_is_merged_already_is_not_found(desk):
    one = an_organization()
    gone = an_organization(merged_into=one)
    assert desk.get(f"/staff/duplicates/organization/{one.pk}/{gone.pk}/").status_code == 404
    assert desk.get(f"/staff/duplicates/network/{one.pk}/{gone.pk}/").status_code == 404


def test_the_page_shows_what_the_last_look_found_and_when(desk):
    an_organization(name="Wareham Public")
    an_organization(name="Wareham, public")
    before = desk.get("/staff/duplicates/")
    duplicate_looks.look_for_duplicates("organization", at=NOW)
    after = desk.get("/staff/duplicates/")
    assert (len(before.context["pairs"]), len(after.context["pairs"])) == (0, 1)
    assert "Last checked Mon, Sep 7, 2020" in after.content.decode()


def test_every_merge_of_the_last_30_days_can_be_taken_back(desk):
    by = Person.objects.first()
    for number in range(25):
        Merge.objects.create(subject="person", kept=1, gone=2, label=f"M{number}", by=by, at=timezone.now())
    shown = desk.get("/staff/duplicates/?what=person").content.decode()
    every = desk.get("/staff/duplicates/?what=person&merges=all").content.decode()
    assert (shown.count("Undo the merge"), "Show 5 more" in shown) == (20, True)
    assert every.count("Undo the merge") == 25


def test_the_clock_looks_once_a_day():
    duplicate_looks.sweep_duplicates(at=NOW)
    an_organization(name="Wareham Public")
    an_organization(name="Wareham, public")
    duplicate_looks.sweep_duplicates(at=NOW + timedelta(hours=1))
    soon = duplicate_looks.pairs("organization").count()
    duplicate_looks.sweep_duplicates(at=NOW + timedelta(hours=24))
    assert (soon, duplicate_looks.pairs("organization").count()) == (0, 1)


def test_looking_now_is_a_job(desk, django_capture_on_commit_callbacks):
    a_person(first_name="Pat", last_name="Doe")
    a_person(first_name="Pat", last_name="Doe")
    desk.post("/staff/duplicates/look/", {"what": "person"})
    desk.post("/staff/duplicates/look/", {"what": "person"})
    jobs.run_waiting(at=NOW)
    assert (Job.objects.get().state, duplicate_looks.pairs("person").count()) == ("done", 1)


@pytest.mark.parametrize("act", ["reviewed", "merged"])
def test_what_was_decided_is_not_shown_until_the_next_look(act):
    one, other, by = (
        an_organization(name="Wareham Public"),
        an_organization(name="Wareham, public"),
        a_coordinator(),
    )
    duplicate_looks.look_for_duplicates("organization", at=NOW)
    if act == "reviewed":
        duplicates.say_not_the_same("organization", one.pk, other.pk, by=by, at=NOW)
    else:
        merging.merge_organizations(kept=one, gone=other, take=set(), by=by, at=NOW)
    assert list(duplicate_looks.pairs("organization")) == []


CHOOSE = "/staff/duplicates/choose/"


def test_any_two_can_be_chosen(desk):
    one, other = an_organization(name="Kaput Center"), an_organization(name="Compact")
    asked = {"what": "organization", "one_words": "kaput", "other_words": "compact"}
    page = desk.post(CHOOSE, asked)
    assert "Kaput Center" in page.content.decode()
    chosen = desk.post(CHOOSE, {**asked, "one": one.pk, "other": other.pk})
    assert chosen["Location"] == f"/staff/duplicates/organization/{one.pk}/{other.pk}/"


def test_people_are_chosen_by_their_address(desk):
    a_person(first_name="Pat", last_name="Doe", address="pat@example.org")
    page = desk.post(CHOOSE, {"what": "person", "one_words": "pat@example.org"})
    assert "Pat Doe, pat@example.org" in page.content.decode()


def test_no_name_of_a_person_stands_in_an_address(desk):
    a_person(first_name="Pat", last_name="Doe", address="pat@example.org")
    asked = desk.get(CHOOSE, {"what": "person", "one_words": "pat"})
    form = asked.content.decode().split("<form method=")
    assert [part[:7] for part in form[1:] if "one_words" in part] == ['"post" ']
    assert (asked.context["what"], "pat@example.org" in asked.content.decode()) == ("person", False)


@pytest.mark.parametrize("asked", [{"what": "network"}, {"one": "x", "other": "y"}, {"one_words": "x" * 900}])
def test_nonsense_chooses_nothing(desk, asked):
    assert desk.post(CHOOSE, asked).status_code == 200
