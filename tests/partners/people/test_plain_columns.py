"""Plain columns of names are never stale, however a row was written, and sort and find alike everywhere."""

import pytest
from django.apps import apps
from django.core import serializers
from django.db.models import F, Value
from django.db.models.functions import Upper

from meetings.models import Resource
from partners.merging.domain.merging import merge_people
from partners.models import Alias, Framework, Organization, Person, Position, Standard, Subject
from registrations.models.together.topic import Proposal
from stemnet.plain_columns import PlainNamesQuerySet, fill_plain_columns, plain_fields
from tests import factories

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if plain_fields(model)]


def stored(row):
    return (
        type(row).objects.filter(pk=row.pk).values_list(*[one.name for one in plain_fields(type(row))]).get()
    )


def expected(row):
    fresh = type(row).objects.get(pk=row.pk)
    return tuple(one.of(getattr(fresh, one.source)) for one in plain_fields(type(row)))


def saved(row, names):
    for name, value in names.items():
        setattr(row, name, value)
    row.save()


def saved_in_part(row, names):
    for name, value in names.items():
        setattr(row, name, value)
    row.save(update_fields=list(names))


def saved_after_loading_little(row, names):
    part = type(row).objects.only("pk").get(pk=row.pk)
    for name, value in names.items():
        setattr(part, name, value)
    part.save()


def updated(row, names):
    type(row).objects.filter(pk=row.pk).update(**names)


def updated_past_the_managers(row, names):
    type(row)._base_manager.filter(pk=row.pk).update(**names)


def updated_in_bulk(row, names):
    for name, value in names.items():
        setattr(row, name, value)
    type(row).objects.bulk_update([row], list(names))


def updated_or_created(row, names):
    type(row).objects.update_or_create(pk=row.pk, defaults=names)


def created_over_it(row, names):
    for name, value in names.items():
        setattr(row, name, value)
    type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=list(names)
    )


def loaded_from_a_fixture(row, names):
    for name, value in names.items():
        setattr(row, name, value)
    text = serializers.serialize("json", [row])
    for one in serializers.deserialize("json", text):
        one.save()


WAYS = [
    saved,
    saved_in_part,
    saved_after_loading_little,
    updated,
    updated_past_the_managers,
    updated_in_bulk,
    updated_or_created,
    created_over_it,
    loaded_from_a_fixture,
]


def a_row(model):
    person, organization = factories.a_person(), factories.an_organization()
    network = factories.a_network()
    registration = factories.a_registration(network)
    return {
        Person: person,
        Organization: organization,
        Alias: Alias(organization=organization, name="Old name"),
        Position: Position(person=person, organization=organization),
        Resource: Resource(made_at=factories.NOW, changed_at=factories.NOW),
        Proposal: Proposal(network=network, registration=registration, proposed_at=factories.NOW),
        Standard: Standard(framework=Framework.objects.first(), subject=Subject.objects.first()),
    }[model]


def test_models_with_plain_columns():
    assert set(MODELS) == {Person, Organization, Alias, Position, Standard, Resource, Proposal}


@pytest.mark.parametrize("model", MODELS)
def test_every_manager_writes_them(model):
    assert all(
        isinstance(one.all(), PlainNamesQuerySet) for one in [*model._meta.managers, model._base_manager]
    )


@pytest.mark.parametrize("write", WAYS)
@pytest.mark.parametrize("model", MODELS)
def test_no_way_of_writing_leaves_them_stale(model, write):
    row = a_row(model)
    row.save()
    write(row, {one.source: f"Ávila-{number} O’Brien" for number, one in enumerate(plain_fields(model))})
    assert stored(row) == expected(row)
    assert "avila 0 obrien" in stored(row)[0]


@pytest.mark.parametrize("model", MODELS)
def test_rows_created_in_bulk_have_them(model):
    row = a_row(model)
    if row.pk:
        type(row).objects.filter(pk=row.pk).delete()
        row.pk, row._state.adding = None, True
    model.objects.bulk_create([row])
    assert stored(row) == expected(row)


def test_update_refuses_a_name_that_only_the_database_knows():
    person = factories.a_person()
    with pytest.raises(TypeError):
        Person.objects.filter(pk=person.pk).update(last_name=Upper(F("first_name")))
    with pytest.raises(TypeError):
        Person.objects.filter(pk=person.pk).update(last_name=Value("Ávila"))
    assert stored(person) == expected(person)


def test_merge_that_takes_the_other_name_and_its_undoing_write_them():
    by = factories.a_coordinator()
    kept = factories.a_person(first_name="Ana", last_name="Reis")
    gone = factories.a_person(first_name="Ana", last_name="Ávila")
    merge_people(kept=kept, gone=gone, take={"last_name"}, by=by, at=factories.NOW)
    assert stored(kept) == ("ana", "avila", "")


def test_migration_fills_rows_that_exist():
    person, many = factories.a_person(last_name="Ávila"), 501
    Person.objects.bulk_create([Person(first_name="Łukasz", last_name="Ø") for _each in range(many)])
    super(PlainNamesQuerySet, Person.objects.all()).update(plain_last_name="", plain_first_name="")
    fill_plain_columns(Person)
    assert stored(person)[1] == "avila"
    assert Person.objects.filter(plain_first_name="lukasz", plain_last_name="o").count() == many


NAMES = [
    ("Zoë", "Abbott"),
    ("Ana", "Ávila"),
    ("Maria", "de la Cruz"),
    ("Łukasz", "Dvořák"),
    ("Aoife", "O’Brien"),
    ("Bo", "Øster"),
    ("Piet", "van Dyke"),
    ("Ann", "Zimmer"),
]


def test_people_sort_by_one_key_in_the_database_and_in_memory():
    for first, last in reversed(NAMES):
        factories.a_person(first_name=first, last_name=last)
    people = list(Person.objects.all())
    assert [(one.first_name, one.last_name) for one in people] == NAMES
    assert sorted(people, key=lambda one: one.sort_key) == people


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("avila", "Ávila"),
        ("AVILA", "Ávila"),
        ("Ávi", "Ávila"),
        ("ana avila", "Ávila"),
        ("Ávila, Ana", "Ávila"),
        ("lukasz", "Dvořák"),
        ("dvorak", "Dvořák"),
        ("Cruz, Maria", "de la Cruz"),
        ("maria cruz", "de la Cruz"),
        ("la de", "de la Cruz"),
        ("obrien", "O’Brien"),
        ("o'brien", "O’Brien"),
        ("OBRIEN , aoife", "O’Brien"),
        ("oster", "Øster"),
    ],
)
def test_people_are_found_without_accents_in_any_order(words, found):
    for first, last in NAMES:
        factories.a_person(first_name=first, last_name=last)
    assert [one.last_name for one in Person.objects.found_by(words)] == [found]


def test_people_are_found_by_name_and_address_together():
    factories.a_person(first_name="Ana", last_name="Ávila", address="ana@example.org")
    factories.a_person(first_name="Eva", last_name="Ávila", address="eva@example.org")
    assert [one.first_name for one in Person.objects.found_by("avila eva@example")] == ["Eva"]


def test_nothing_but_signs_finds_nobody():
    factories.a_person()
    assert list(Person.objects.found_by(", -")) == []


@pytest.mark.parametrize("words", ["avila county", "county ávila", "Avila", "eduque", "são", "0123"])
def test_organizations_are_found_without_accents_in_any_order(words):
    place = factories.an_organization(name="County of Ávila", city="São João", state_org_code="0123")
    Alias.objects.create(organization=place, name="Éduqué")
    factories.an_organization(name="Elsewhere")
    assert list(Organization.objects.found_by(words)) == [place]


@pytest.mark.parametrize("few", [0, 500])
def test_the_first_found_are_those_that_are_found_however_many_have_the_word(monkeypatch, few):
    monkeypatch.setattr("partners.models.people.person.FEW", few)
    for first, last in [("Ana", "Silva"), ("Silva", "Reis"), ("Eva", "da Silva"), ("Eva", "Nowak")]:
        factories.a_person(first_name=first, last_name=last)
    people = Person.objects.all()
    for words in ("silva", "Silva, eva", "eva", "nobody", ", -", "example.org"):
        assert people.first_found(words, 9) == list(people.found_by(words))
    assert [str(one) for one in people.first_found("silva", 1)] == [["Ana Silva"], ["Eva da Silva"]][few > 0]
