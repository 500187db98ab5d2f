"""Educator numbers: what is kept, what is refused, and who types them."""

import pytest
from django.db import IntegrityError, transaction

from partners.merging.domain.merging import merge_people
from partners.models import EducatorNumber, NumberKind
from partners.people.domain import educator_numbers
from partners.people.domain.number_shapes import clean_number
from partners.people.exceptions import BirthDateTyped, NumberMisshapen, SocialSecurityNumberTyped
from tests.factories import NOW, a_person, a_user

pytestmark = pytest.mark.django_db
PAGE, REMOVE = "/learning/numbers/", "/learning/numbers/remove/"
MEPID, PPID, LOCAL, LICENSE = NumberKind.MEPID, NumberKind.PPID, NumberKind.LOCAL, NumberKind.LICENSE


@pytest.fixture
def me():
    return a_user().person


@pytest.fixture
def mine(client, me):
    client.force_login(me.user)
    return client


def a_number(person, kind=MEPID, typed="01234567", *, on_documents=False):
    return educator_numbers.save_number(person, kind=kind, typed=typed, on_documents=on_documents, at=NOW)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (MEPID, "00123456", "00123456"),
        (MEPID, " 0012 3456 ", "00123456"),
        (MEPID, "0012\u20133456", "00123456"),
        (MEPID, "\uff10\uff10\uff11\uff12\uff13\uff14\uff15\uff16", "00123456"),
        (MEPID, "12251975", "12251975"),  # eight digits may read as a day: a MEPID has eight
        (PPID, "012-3456", "0123456"),
        (NumberKind.IEIN, "0012345", "0012345"),
        (NumberKind.WA_CERT, "123456 A", "123456A"),
        (LOCAL, "007", "007"),
        (LOCAL, "E-12  / 7", "E-12 / 7"),
        (LICENSE, "MARS 1-2345", "MARS 1-2345"),
    ],
)
def test_a_number_is_kept_as_text_with_its_zeros(kind, typed, kept):
    assert clean_number(typed, kind) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "123-45-6789",
        "123 45 6789",
        "123456789",
        "SSN 123-45-6789",
        "123.45.6789",
        "123/45/6789",
        "1 2 3 4 5 6 7 8 9",
    ],
)
@pytest.mark.parametrize("kind", NumberKind)
def test_what_looks_like_a_social_security_number_is_refused(kind, typed):
    with pytest.raises(SocialSecurityNumberTyped):
        clean_number(typed, kind)


@pytest.mark.parametrize(
    "typed", ["1/2/1980", "12-31-80", "1980-01-02", "01.02.1980", "31 12 1980", "May 5, 1980", "5 may 1980"]
)
@pytest.mark.parametrize("kind", NumberKind)
def test_what_looks_like_a_birth_date_is_refused(kind, typed):
    with pytest.raises(BirthDateTyped):
        clean_number(typed, kind)


@pytest.mark.parametrize("typed", ["12311980", "31121980", "19801231"])
def test_a_date_without_separators_is_refused_where_a_number_need_not_have_eight_digits(typed):
    with pytest.raises(BirthDateTyped):
        clean_number(typed, LOCAL)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (MEPID, "1234567"),
        (MEPID, "0123456A"),
        (PPID, "12345678"),
        (LOCAL, "-"),
        (LICENSE, "12\u20ac34"),
        (LOCAL, "1" * 31),
    ],
)
def test_another_length_or_another_sign_is_refused(kind, typed):
    with pytest.raises(NumberMisshapen):
        clean_number(typed, kind)


def test_a_person_types_changes_and_removes_a_number(mine, me):
    assert mine.post(PAGE, {"kind": "MEPID", "number": "0012 3456", "on_documents": "on"}).status_code == 302
    assert "00123456" in mine.get(PAGE).content.decode()
    shown = mine.get(PAGE, {"kind": "MEPID"}).context["form"].initial
    assert shown == {"kind": "MEPID", "number": "00123456", "on_documents": True}
    mine.post(PAGE, {"kind": "MEPID", "number": "00999999"})
    assert [(one.number, one.on_documents) for one in me.educator_numbers.all()] == [("00999999", False)]
    mine.post(REMOVE, {"kind": "MEPID"})
    assert not EducatorNumber.objects.exists()


def test_a_refused_number_is_said_beside_it_and_stays_in_the_form(mine):
    answer = mine.post(PAGE, {"kind": "LOCAL", "number": "123-45-6789", "on_documents": "on"})
    page = answer.content.decode()
    assert "This looks like a Social Security number. We never keep those." in page
    assert 'value="123-45-6789"' in page
    assert not EducatorNumber.objects.exists()


def test_nobody_removes_or_sees_the_number_of_another(mine):
    a_number(a_person())
    assert mine.post(REMOVE, {"kind": "MEPID"}).status_code == 404
    assert "01234567" not in mine.get(PAGE).content.decode()


def test_an_unknown_kind_is_refused_with_a_sentence(mine):
    assert "Select a valid choice" in mine.post(PAGE, {"kind": "SSN", "number": "1"}).content.decode()


def test_the_kinds_that_a_person_is_asked_for_come_first(me, monkeypatch):
    monkeypatch.setattr(educator_numbers, "_sources", [lambda person: ["PPID", "", "GONE"]])
    kinds = educator_numbers.kinds_for(me)
    assert (kinds[0], len(kinds)) == (PPID, len(NumberKind))


def test_a_person_has_one_number_of_a_kind_and_none_is_empty(me):
    a_number(me)
    for row in ({"kind": MEPID, "number": "1"}, {"kind": PPID, "number": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EducatorNumber.objects.create(person=me, typed_at=NOW, on_documents=False, **row)


def test_merging_keeps_the_number_of_who_stays_and_takes_over_what_they_lack():
    kept, gone = a_person(), a_person()
    a_number(kept, MEPID, "00000001")
    a_number(gone, MEPID, "00000002")
    a_number(gone, PPID, "0000003")
    merge_people(kept=kept, gone=gone, take=set(), by=a_person(), at=NOW)
    assert [one.number for one in kept.educator_numbers.all()] == ["00000001", "0000003"]


def test_the_numbers_go_with_the_person():
    person = a_person()
    a_number(person)
    person.delete()
    assert not EducatorNumber.objects.exists()
