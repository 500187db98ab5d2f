"""Needs and contributions of a part that was opened for change: a draft, until the part is signed again."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from partners.exchange.domain import exchange
from partners.exchange.domain.exchange_lists import contribution_entries
from partners.memorandum.domain import part_rows, parts, terms, unfreezing
from partners.models import Category, Contribution, Match, Mou, MouDocumentPart, Signature
from tests.factories import an_organization
from tests.partners.signing_pages import log_in, words
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
THEN = LATER + DAY


def a_part_in_change():
    """One partner that signed a contribution, which is matched and confirmed, and whose part was opened."""
    mou = a_circulated_mou()
    organization = an_organization(stage="interested")
    role = an_accepted_part(mou, organization=organization)
    role = parts.give_back(role, comment="Add rows", by=boss(mou), at=LATER)
    gift = part_rows.add_contribution(role, category=Category.objects.first(), detail="Rooms", at=LATER)
    role = parts.submit_part(role, by=role.drafter, at=LATER)
    parts.accept_part(role, seen=role.revision, by=boss(mou), at=LATER)
    locked(mou, at=LATER)
    signed(Signature.objects.asked().get(), at=LATER)
    need = exchange.write_need(organization=an_organization(), category=gift.category, at=LATER)
    match = exchange.propose_match(need=need, contribution=gift, by=boss(mou), at=LATER)
    exchange.move_match(match, to="confirmed", by=boss(mou), at=LATER)
    return unfreezing.reopen_part(role, reason="Name the rooms", by=boss(mou), at=LATER), gift


def accepted_again(role):
    role = parts.submit_part(role, by=role.drafter, at=THEN)
    return parts.accept_part(role, seen=role.revision, by=boss(role.mou), at=THEN)


def kinds(role):
    entries = contribution_entries(
        role.contributions.filter(withdrawn_at=None), with_matches=True, today=THEN.date()
    )
    return {entry.row.detail: entry.kind for entry in entries}


def test_taking_out_what_is_signed_drops_no_match_while_the_signature_binds():
    role, gift = a_part_in_change()
    assert part_rows.take_out(role, gift, by=role.drafter, at=THEN) is False
    gift.refresh_from_db()
    assert (gift.withdrawn_at, Match.objects.get().state) == (None, "confirmed")
    assert kinds(role) == {"Rooms": "committed in the MOU until a version without it is signed"}


def test_it_drops_out_once_the_part_is_signed_without_it():
    role, gift = a_part_in_change()
    part_rows.take_out(role, gift, by=role.drafter, at=THEN)
    accepted_again(role)
    (joinder,) = locked(role.mou, at=THEN)
    assert joinder.parts.get().words["contributions"] == []
    gift.refresh_from_db()
    assert gift.withdrawn_at is None
    signed(Signature.objects.asked().get(), at=THEN)
    gift.refresh_from_db()
    assert (gift.withdrawn_at, Match.objects.get().state) == (THEN, "dropped")


def test_it_drops_out_only_when_the_term_of_what_was_signed_begins():
    role, gift = a_part_in_change()
    part_rows.take_out(role, gift, by=role.drafter, at=THEN)
    accepted_again(role)
    Mou.objects.update(effective_on=(THEN + 10 * DAY).date())
    a_next_text(role.mou, body="Every child builds.", weight="material", at=THEN)
    role.mou.refresh_from_db()
    locked(role.mou, at=THEN, weight="material")
    signed(Signature.objects.asked().get(), at=THEN)
    states = []
    for days in (1, 10):
        terms.sweep_terms(at=THEN + days * DAY)
        states.append(Match.objects.get().state)
    assert states == ["confirmed", "dropped"]


def test_a_new_row_is_committed_once_it_is_signed():
    role, _gift = a_part_in_change()
    part_rows.add_contribution(role, category=Category.objects.first(), detail="Labs", at=THEN)
    draft = "draft for the MOU, not signed yet"
    assert kinds(role) == {"Rooms": "committed in the MOU", "Labs": draft}
    accepted_again(role)
    locked(role.mou, at=THEN)
    assert kinds(role)["Labs"] == draft
    signed(Signature.objects.asked().get(), at=THEN)
    assert kinds(role) == {"Rooms": "committed in the MOU", "Labs": "committed in the MOU"}


def test_a_draft_row_is_gone_when_it_is_taken_out():
    role, _gift = a_part_in_change()
    row = part_rows.add_contribution(role, category=Category.objects.first(), detail="Labs", at=THEN)
    assert part_rows.take_out(role, row, by=role.drafter, at=THEN) is True
    row.refresh_from_db()
    assert row.withdrawn_at == THEN


def test_what_was_taken_out_can_be_put_back_from_the_page(client):
    role, gift = a_part_in_change()
    log_in(client, role.drafter)
    url = reverse("mou_part_rows", args=[role.mou.slug, role.organization.slug])
    said = words(client.post(url, {"act": f"out-give-{gift.pk}"}, follow=True))
    assert "It stays in effect until the new version is signed." in said
    assert Contribution.objects.exclude(taken_out_at=None).count() == 1
    assert "back in your part." in words(client.post(url, {"act": f"keep-give-{gift.pk}"}, follow=True))
    assert Contribution.objects.exclude(taken_out_at=None).count() == 0
    accepted_again(role)
    (joinder,) = locked(role.mou, at=THEN)
    assert len(joinder.parts.get().words["contributions"]) == 1


@pytest.mark.parametrize(
    "act", ["out-give-", "keep-give-x", "out-need-99999999999999999999", "keep--", "out-x-1"]
)
def test_a_row_that_is_not_there_is_not_found(client, act):
    role, _gift = a_part_in_change()
    log_in(client, role.drafter)
    url = reverse("mou_part_rows", args=[role.mou.slug, role.organization.slug])
    assert client.post(url, {"act": act}).status_code == 404


def test_a_next_version_keeps_the_rows_that_were_signed_of_a_part_in_change():
    role, gift = a_part_in_change()
    part_rows.take_out(role, gift, by=role.drafter, at=THEN)
    part_rows.add_contribution(role, category=Category.objects.first(), detail="Labs", at=THEN)
    a_next_text(role.mou, body="Every child builds.", weight="material", at=THEN)
    (document,) = locked(role.mou, at=THEN, weight="material")
    part = document.parts.get()
    assert (len(part.words["contributions"]), list(part.contributions.all())) == (1, [gift])
    signed(Signature.objects.asked().get(), at=THEN)
    assert kinds(role)["Rooms"].startswith("committed in the MOU until")


def test_the_year_in_review_and_the_export_call_only_what_is_signed_committed(client):
    role, _gift = a_part_in_change()
    part_rows.add_contribution(role, category=Category.objects.first(), detail="Labs", at=THEN)
    log_in(client, role.drafter)
    page = words(client.get(reverse("year_review", args=[role.organization.slug, 2020])))
    assert (page.count("committed in the MOU"), page.count("draft for the MOU, not signed yet")) == (1, 1)


def test_rows_of_documents_from_before_are_found_by_the_migration():
    role, _gift = a_part_in_change()
    part_rows.add_contribution(role, category=Category.objects.first(), detail="Labs", at=THEN)
    late = an_accepted_part(role.mou)
    a_next_text(role.mou, body="Every child builds.", weight="material", at=THEN)
    locked(role.mou, at=THEN, weight="material")
    kept = [*Contribution.promised_in.through.objects.values_list("contribution", "moudocumentpart")]
    closed = [*MouDocumentPart.objects.filter(closed=True).values_list("pk", flat=True)]
    Contribution.promised_in.through.objects.all().delete()
    MouDocumentPart.objects.update(closed=False)
    migration = import_module("partners.migrations.0010_rows_of_signed_parts")
    for step in (migration.find_closed, migration.find_rows, migration.find_overtaken):
        step(apps, None)
    assert [*MouDocumentPart.objects.filter(closed=True).values_list("pk", flat=True)] == closed
    found = Contribution.promised_in.through.objects.values_list("contribution", "moudocumentpart")
    assert (sorted(found), len(closed)) == (sorted(kept), 2)
    assert late.document_parts.get().closed
