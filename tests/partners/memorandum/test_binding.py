"""Whom the memorandum binds, asked in one place: by term, notice, merge, and what else was signed."""

from datetime import date, timedelta

import pytest

from partners.memorandum.domain import taking_effect, terms
from partners.memorandum.exceptions import TermOver
from partners.models import Mou, MouRole, Signature
from partners.models.memorandum import binding
from tests.factories import SWEEP, an_organization
from tests.partners.signing_rows import (
    LATER,
    a_circulated_mou,
    an_accepted_part,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
FIRST, LAST = date(2020, 9, 1), date(2021, 6, 30)
DAY = timedelta(days=1)


def a_signed_part(organization=None, *, at=LATER, **fields):
    mou = a_circulated_mou(**{"effective_on": FIRST, "ends_on": LAST, **fields})
    role = an_accepted_part(mou, organization=organization)
    locked(mou)
    signed(Signature.objects.asked().get(part__role=role), at=at)
    return MouRole.objects.get(pk=role.pk)


@pytest.mark.parametrize(
    ("columns", "on", "binds"),
    [
        ({}, FIRST - DAY, True),  # given, and about to begin
        ({}, LAST, True),
        ({}, LAST + DAY, False),
        ({"withdrawn_on": date(2021, 1, 31)}, date(2021, 1, 30), True),
        ({"withdrawn_on": date(2021, 1, 31)}, date(2021, 1, 31), False),
        ({"status": "withdrawn"}, FIRST, False),  # by a merge, which sets no day
    ],
)
def test_a_signature_binds_until_the_term_is_over_or_the_partner_has_left(columns, on, binds):
    role = a_signed_part()
    MouRole.objects.filter(pk=role.pk).update(**columns)
    role.refresh_from_db()
    assert binding.binds(role, on=on) is binds


def test_what_was_never_signed_binds_nobody():
    mou = a_circulated_mou()
    role = an_accepted_part(mou)
    locked(mou)
    assert not binding.binds(role, on=FIRST)


def test_a_memorandum_that_ended_without_a_last_day_binds_nobody():
    role = a_signed_part(ends_on=None)
    Mou.objects.update(status=Mou.Status.ENDED)
    assert not binding.binds(role, on=FIRST)
    document = Signature.objects.get().document
    with pytest.raises(TermOver):
        taking_effect.check_term(document, role, on=FIRST)


def test_who_leaves_one_memorandum_and_is_bound_by_another_stays_a_partner():
    organization = an_organization(stage="interested")
    left, other = a_signed_part(organization), a_signed_part(organization, at=LATER + DAY)
    MouRole.objects.filter(pk=other.pk).update(status=MouRole.Status.DRAFT)  # opened for a change
    taking_effect.end_part(left, by=SWEEP, at=LATER + DAY)
    organization.refresh_from_db()
    assert organization.stage == "partner"


def test_who_leaves_and_is_only_asked_to_sign_another_is_a_partner_no_more():
    organization = an_organization(stage="interested")
    left = a_signed_part(organization)
    other = a_circulated_mou()
    an_accepted_part(other, organization=organization)
    locked(other)
    taking_effect.end_part(left, by=SWEEP, at=LATER)
    organization.refresh_from_db()
    assert organization.stage == "former"


def test_who_has_left_before_it_begins_never_becomes_a_partner():
    role = a_signed_part(effective_on=date(2020, 12, 1))
    MouRole.objects.update(withdrawn_on=date(2020, 12, 1))
    terms.sweep_terms(at=LATER.replace(month=12))
    role.organization.refresh_from_db()
    assert "partner" not in [step.to_status for step in role.organization.stage_changes.all()]
