"""What a part is called once its signature is in force."""

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.memorandum.domain import part_board, unfreezing
from partners.models import Signature, local_day
from tests.partners.signing_pages import log_in
from tests.partners.signing_rows import (
    LATER,
    a_circulated_mou,
    a_next_text,
    a_signature,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def states(mou):
    lines = part_board.part_lines(mou, today=local_day(timezone.now()))
    return [one.signed for one in lines]


def test_a_part_is_signed_once_its_signatory_has_signed():
    mou = a_circulated_mou()
    an_accepted_part(mou)
    an_accepted_part(mou)
    locked(mou)
    before = states(mou)
    signed(Signature.objects.first())
    assert (before, sorted(states(mou))) == ([False, False], [False, True])


@pytest.mark.parametrize(("weight", "still"), [("editorial", True), ("material", False)])
def test_a_change_asks_again_only_where_it_is_material(weight, still):
    mou = signed(a_signature()).document.mou
    a_next_text(mou, body="Every child builds.", weight=weight)
    locked(mou, at=LATER, weight=weight)
    assert states(mou) == [still]


def test_a_part_that_is_written_anew_is_not_called_signed():
    one = signed(a_signature())
    mou = one.document.mou
    unfreezing.reopen_part(one.part.role, reason="New program", by=boss(mou), at=LATER)
    assert states(mou) == [False]


@pytest.mark.parametrize("name", ["mou_board", "mou", "mou_part", "mine"])
def test_pages_say_signed(client, name):
    one = signed(a_signature())
    role = one.part.role
    log_in(client, role.drafter)
    keys = {"mou_part": [role.mou.slug, role.organization.slug], "mine": []}.get(name, [role.mou.slug])
    page = client.get(reverse(name, args=keys), follow=True).content.decode()
    assert '<i class="bi bi-check-lg" aria-hidden="true"></i>Signed</span>' in page
