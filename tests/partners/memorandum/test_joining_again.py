"""A partner that left the memorandum is asked again, and joins it with a part of its own."""

import pytest
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.memorandum.domain import document_words, part_contacts, parts, terms
from partners.memorandum.exceptions import MouRefused
from partners.models import MouRole, Signature
from partners.models.memorandum import binding
from tests.factories import SWEEP, an_organization
from tests.partners.offers import a_contribution, a_need
from tests.partners.signing_pages import log_in
from tests.partners.signing_rows import (
    DAY,
    LATER,
    a_circulated_mou,
    a_next_text,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def two_signed(**fields):
    mou = a_circulated_mou(**fields)
    roles = [an_accepted_part(mou) for _number in range(2)]
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    mou.refresh_from_db()
    return mou, *roles


def rejoined(mou, leaver):
    """Let a partner leave, and ask it again."""
    terms.give_notice(leaver, on=None, reason="Moved", by=boss(mou), at=LATER)
    terms.sweep_terms(at=LATER + 7 * DAY)
    who = {"organization": leaver.organization, "drafter": leaver.drafter, "by": boss(mou)}
    return part_contacts.ask_for_part(mou, **who, at=LATER + 8 * DAY)


def test_who_left_joins_again_with_a_part_of_its_own():
    mou, leaver, _stayer = two_signed(notice_days=5)
    role = rejoined(mou, leaver)
    assert (role.pk != leaver.pk, role.status, role.does) == (True, "draft", leaver.does)
    with pytest.raises(MouRefused, match="already has a part"):
        rejoined_again = {"organization": leaver.organization, "drafter": leaver.drafter}
        part_contacts.ask_for_part(mou, **rejoined_again, by=boss(mou), at=LATER + 8 * DAY)


def test_what_was_signed_before_leaving_does_not_bind_who_joins_again():
    mou, leaver, stayer = two_signed(notice_days=5)
    role = rejoined(mou, leaver)
    at = LATER + 9 * DAY
    terms.sweep_terms(at=at)
    assert binding.binds(role, on=at.date()) is False
    assert document_words.gather_for_freezing(mou).ready == []
    given = {"signatory_name": "Chief", "signatory_title": "Dean", "signatory_email": "chief@example.org"}
    role = parts.save_part(role, words=given, seen=role.revision, by=role.drafter, at=at)
    role = parts.submit_part(role, by=role.drafter, at=at)
    parts.accept_part(role, seen=role.revision, by=boss(mou), at=at)
    (document,) = locked(mou, at=at)
    assert (document.joins.number, [one.role for one in document.parts.all()]) == (1, [role])
    signed(Signature.objects.asked().get(), at=at)
    leaver.organization.refresh_from_db()
    found = [binding.binds(one, on=at.date()) for one in MouRole.objects.order_by("pk")]
    assert (leaver.organization.stage, found) == ("partner", [False, True, True])
    assert stayer.organization.stage != "former"


def test_the_page_of_a_part_is_that_of_who_joined_again(client):
    mou, leaver, _stayer = two_signed(notice_days=5)
    role = rejoined(mou, leaver)
    log_in(client, boss(mou))
    page = client.get(role.get_absolute_url())
    assert page.context["role"] == role
    board = client.get(reverse("mou_signatures", args=[mou.slug]))
    assert [
        line.role.status for line in board.context["lines"] if line.role.organization == role.organization
    ] == (["withdrawn", "draft"])


def test_who_left_still_reads_what_it_signed_and_nothing_newer(client):
    mou, leaver, _stayer = two_signed(notice_days=5)
    terms.give_notice(leaver, on=None, reason="Moved", by=boss(mou), at=LATER)
    terms.sweep_terms(at=LATER + 7 * DAY)
    a_next_text(mou, body="Every child builds.", at=LATER + 8 * DAY)
    locked(mou, at=LATER + 8 * DAY, weight="material")
    log_in(client, leaver.drafter)
    pages = [reverse("mou_document", args=[mou.slug, number]) for number in (1, 2)]
    pages += [reverse("mou_text", args=[mou.slug]), reverse("mou", args=[mou.slug])]
    assert [client.get(page).status_code for page in pages] == [200, 404, 404, 200]
    one = Signature.objects.get(part__role=leaver)
    assert client.get(one.get_absolute_url()).status_code == 200


def with_rows():
    """A partner that left with a committed need and an informal contribution, and writes its part again."""
    mou, leaver, _stayer = two_signed(notice_days=5)
    need = a_need(organization=leaver.organization, detail="Two mentors", role=leaver, priority=1)
    gift = a_contribution(organization=leaver.organization, quantity="3 rooms", public=True)
    removed = a_need(organization=leaver.organization, detail="Not any more")
    exchange.withdraw_need(removed, by=SWEEP, at=LATER)
    return rejoined(mou, leaver), need, gift


def test_who_joins_again_is_offered_its_rows_of_before(client):
    role, need, gift = with_rows()
    log_in(client, role.drafter)
    page = client.get(reverse("mou_part_rows", args=[role.mou.slug, role.organization.slug]))
    assert (page.context["former_needs"], page.context["former_contributions"]) == ([need], [gift])


def test_a_row_of_before_is_added_as_it_was_and_offered_no_more(client):
    role, need, _gift = with_rows()
    log_in(client, role.drafter)
    url = reverse("mou_part_rows", args=[role.mou.slug, role.organization.slug])
    client.post(url, {"act": f"back-need-{need.pk}"})
    row = role.needs.get()
    assert (row.detail, row.priority, row.category, row.withdrawn_at) == (
        "Two mentors",
        1,
        need.category,
        None,
    )
    assert client.get(url).context["former_needs"] == []
    client.post(url, {"act": f"back-need-{need.pk}"})
    client.post(url, {"act": "back-all"})
    assert (role.needs.count(), [one.quantity for one in role.contributions.all()]) == (1, ["3 rooms"])


def test_rows_of_another_partner_are_not_offered(client):
    role, need, gift = with_rows()
    other = part_contacts.ask_for_part(
        role.mou, organization=an_organization(), drafter=role.drafter, by=boss(role.mou), at=LATER
    )
    log_in(client, role.drafter)
    url = reverse("mou_part_rows", args=[role.mou.slug, other.organization.slug])
    client.post(url, {"act": f"back-need-{need.pk}"})
    client.post(url, {"act": f"back-give-{gift.pk}"})
    assert (other.needs.count(), other.contributions.count()) == (0, 0)
