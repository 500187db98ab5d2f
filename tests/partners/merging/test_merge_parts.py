"""Merging two organizations that both have a part in one memorandum."""

from datetime import timedelta

import pytest

from partners.memorandum.domain import terms
from partners.merging.domain import merging
from partners.merging.exceptions import MergeRefused
from partners.models import MouDocument, MouRole, RoleChange, Signature
from stemnet.wording import day
from tests.factories import NOW, a_coordinator, a_mou, a_part
from tests.partners.offers import a_contribution
from tests.partners.signing_rows import LATER, a_circulated_mou, an_accepted_part, locked, signed
from tests.registrations.attendance.test_merging import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    mou = a_mou()
    roles = [a_part(mou), a_part(mou)]
    MouRole.objects.filter(pk=roles[0].pk).update(status="draft")
    return roles


def merged(kept, gone):
    by = a_coordinator()
    return merging.merge_organizations(
        kept=kept.organization, gone=gone.organization, take=set(), by=by, at=NOW
    )


def test_the_part_that_is_not_further_is_withdrawn_with_the_reason(two):
    merged(*two)
    rows = [MouRole.objects.get(pk=role.pk) for role in two]
    assert [(row.status, row.organization) for row in rows] == [
        ("draft", two[0].organization),
        ("withdrawn", two[1].organization),
    ]
    assert "Merged with" in RoleChange.objects.filter(role=rows[1]).latest("pk").reason


def test_what_was_written_into_it_becomes_informal_and_moves(two):
    gift = a_contribution(organization=two[1].organization, role=two[1])
    merged(*two)
    gift.refresh_from_db()
    assert (gift.role, gift.organization) == (None, two[0].organization)


def test_a_part_that_is_further_does_not_give_way(two):
    with pytest.raises(MergeRefused, match="is further along"):
        merged(*reversed(two))


def test_taking_it_back_restores_every_row(two):
    a_contribution(organization=two[1].organization, role=two[1])
    by = a_coordinator()
    before = everything()
    merge = merging.merge_organizations(
        kept=two[0].organization, gone=two[1].organization, take=set(), by=by, at=NOW
    )
    merging.undo(merge, at=NOW)
    assert everything() == before


@pytest.fixture
def signed_roles():
    mou = a_circulated_mou()
    roles = [an_accepted_part(mou), an_accepted_part(mou)]
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    return roles


def test_two_that_were_signed_are_refused_and_it_says_what_to_do(signed_roles):
    by = a_coordinator()
    before = everything()
    with pytest.raises(MergeRefused, match="Use “Withdraw” next to one of them"):
        merging.merge_organizations(
            kept=signed_roles[0].organization, gone=signed_roles[1].organization, take=set(), by=by, at=NOW
        )
    assert everything() == before


def test_of_two_that_were_signed_one_gave_notice_and_its_last_day_is_said(signed_roles):
    role = terms.give_notice(signed_roles[1], on=None, reason="Twice", by=a_coordinator(), at=LATER)
    with pytest.raises(MergeRefused, match=f"ends on {day(role.withdrawn_on)}. Merge them after that"):
        merged(*signed_roles)


def test_once_the_notice_is_over_the_two_are_merged_and_what_was_signed_stands(signed_roles):
    role = terms.give_notice(signed_roles[1], on=None, reason="Twice", by=a_coordinator(), at=LATER)
    terms.sweep_terms(at=LATER + timedelta(days=(role.withdrawn_on - LATER.date()).days + 1))
    evidence = list(Signature.objects.order_by("pk").values())
    merged(*signed_roles)
    assert list(Signature.objects.order_by("pk").values()) == evidence
    assert list(MouRole.objects.exclude(status="withdrawn")) == [signed_roles[0]]


def test_one_that_has_left_does_not_stay_in_place_of_one_that_binds(signed_roles):
    MouRole.objects.filter(pk=signed_roles[0].pk).update(status="withdrawn", withdrawn_on=NOW.date())
    with pytest.raises(MergeRefused, match="is further along"):
        merged(*signed_roles)


def test_two_whose_term_is_over_are_merged(signed_roles):
    for document in MouDocument.objects.all():
        MouDocument.objects.filter(pk=document.pk).update(words={**document.words, "ends_on": "2020-09-02"})
    assert merged(*signed_roles).kept == signed_roles[0].organization_id


def test_one_that_is_being_signed_is_refused():
    mou = a_circulated_mou()
    roles = [an_accepted_part(mou), an_accepted_part(mou)]
    locked(mou)
    with pytest.raises(MergeRefused, match="locked for signature"):
        merged(*roles)
