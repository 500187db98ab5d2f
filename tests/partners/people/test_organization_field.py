"""The organization picker."""

import pytest
from django import forms

from partners.models import Alias
from partners.people.domain.organizations import Workplace
from partners.people.forms.organization_field import OrganizationField
from tests.factories import an_organization

pytestmark = pytest.mark.django_db


class WorkForm(forms.Form):
    work = OrganizationField(label="Organization")


@pytest.fixture
def diman():
    organization = an_organization(
        name="Greater Fall River Regional Vocational Technical", city="Fall River", slug="diman"
    )
    Alias.objects.create(organization=organization, name="Diman")
    return organization


def cleaned(words, choice=""):
    form = WorkForm({"work": words, "work_choice": choice})
    return form.cleaned_data["work"] if form.is_valid() else form.errors["work"][0]


def test_a_short_name_finds_the_school(diman):
    assert cleaned("diman") == Workplace(diman)


def test_the_full_name_with_its_town_finds_it():
    wareham = an_organization(name="Central School", city="Wareham")
    an_organization(name="Central School", city="Acushnet")
    assert cleaned("Central School, Wareham") == Workplace(wareham)


def test_words_of_several_must_be_chosen(diman):
    an_organization(name="Fall River Public Schools")
    assert cleaned("Fall River") == "Choose your organization below, or check that it isn't listed."
    assert cleaned("Fall River", choice="diman") == Workplace(diman)


@pytest.mark.parametrize("typed", ["MTEP", "mtep"])
def test_an_acronym_is_no_key_and_must_be_chosen(typed):
    program = an_organization(name="Mathematics Teacher Externship Program", slug="externships")
    Alias.objects.create(organization=program, name="MTEP")
    assert cleaned(typed) == "Choose your organization below, or check that it isn't listed."
    assert cleaned(typed, choice="externships") == Workplace(program)


def test_a_name_of_capital_letters_is_a_name():
    flir = an_organization(name="FLIR")
    assert cleaned("flir") == Workplace(flir)


def test_choices_come_back_with_the_form(diman):
    form = WorkForm({"work": "fall"})
    form.is_valid()
    html = str(form["work"])
    assert 'value="diman"' in html
    assert "Not listed: keep “fall”" in html


def test_not_listed_keeps_the_words(diman):
    assert cleaned("Fall River YMCA") == Workplace(words="Fall River YMCA")
    assert cleaned("Fall River", choice="-") == Workplace(words="Fall River")


def test_a_choice_of_words_typed_before_does_not_count(diman):
    assert cleaned("Ministry of Silly Walks", choice="diman") == Workplace(words="Ministry of Silly Walks")


@pytest.mark.parametrize("words", ["", "   ", "\x00"])
def test_nothing_typed_is_refused(words):
    assert cleaned(words) == "Type the name of your organization."


def test_300_letters_are_refused():
    assert cleaned("x" * 300) == "Shorten the name to 200 characters or fewer."


@pytest.mark.parametrize("words", ["Escola São João", "東京都立高校", "مدرسة", "<b>School</b>", "100%_"])
def test_any_script_is_kept(words):
    assert cleaned(words) == Workplace(words=words)


def test_initial_organization_is_shown_and_comes_back_the_same(diman):
    form = WorkForm(initial={"work": diman})
    assert form["work"].value() == (diman.name, "diman")


def test_initial_words_stay_not_listed(diman):
    assert WorkForm(initial={"work": Workplace(words="Fall River")})["work"].value() == ("Fall River", "-")


def test_search_answers_everyone_with_at_most_ten(client, django_assert_max_num_queries):
    for number in range(30):
        an_organization(name=f"School {number}")
    with django_assert_max_num_queries(5):
        html = client.get("/organizations/search/", {"of": "work", "work": "school"}).content.decode()
    assert html.count('name="work_choice"') == 11


def test_search_for_nothing_is_empty(client):
    assert client.get("/organizations/search/").content.strip() == b""
