"""The shared text: versions, sections, proposals, and what is refused."""

from datetime import timedelta

import pytest

from partners.memorandum.domain import mou_texts, proposals
from partners.memorandum.domain.standard_sections import STANDARD
from partners.memorandum.exceptions import ChangedMeanwhile, MouRefused
from partners.models import Mou, MouSection, MouText, Proposal
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_mou, a_part, a_partnership, a_person, an_organization

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def circulated(**fields):
    mou = a_mou(**fields)
    return mou_texts.circulate(mou.texts.get(), note="", at=NOW)


def proposed(text, key="goals", *, body="Our goals.", part=None):
    part = part or a_part(text.mou)
    return proposals.propose_change(
        text.sections.get(key=key),
        organization=part.organization,
        by=part.drafter,
        body=body,
        why="Because",
        at=NOW,
    )


def test_a_memorandum_begins_with_the_standard_sections_as_a_draft():
    a_partnership()
    text = a_mou(notice_days=90).texts.get()  # the head of the document names the days, which may change
    assert (text.number, text.status) == (1, MouText.Status.DRAFT)
    assert [section.key for section in text.sections.all()] == [key for key, _heading, _body in STANDARD]
    assert "SouthCoast STEM Network" in text.sections.get(key="parties").body
    assert "for the period that this memorandum sets" in text.sections.get(key="withdrawal").body


@pytest.mark.parametrize(
    ("title", "slug"), [("New", "new-2"), ("Check", "check-2"), ("MOU", "mou"), ("…", "mou")]
)
def test_the_address_is_free_and_not_one_of_another_page(title, slug):
    assert a_mou(title=title).slug == slug


def test_two_of_one_title_get_two_addresses():
    assert [a_mou(title="Pact").slug, a_mou(title="Pact").slug] == ["pact", "pact-2"]


def test_a_section_is_written_once_from_what_was_seen():
    section = a_mou().texts.get().sections.get(key="goals")
    seen = mou_texts.mark(section)
    mou_texts.write_section(section, heading="Goals", body="First", seen=seen)
    with pytest.raises(ChangedMeanwhile):
        mou_texts.write_section(section, heading="Goals", body="Second", seen=seen)
    section.refresh_from_db()
    assert (section.body, section.text.revision) == ("First", 2)


def test_a_circulated_version_stays_as_it_is():
    text = circulated()
    section = text.sections.get(key="goals")
    acts = [
        lambda: mou_texts.write_section(section, heading="x", body="y", seen=mou_texts.mark(section)),
        lambda: mou_texts.add_section(text, heading="x", body="y"),
        lambda: mou_texts.remove_section(section),
        lambda: mou_texts.move_section(section, up=True),
        lambda: mou_texts.circulate(text, note="", at=NOW),
    ]
    for act in acts:
        with pytest.raises(MouRefused, match="circulated"):
            act()


def test_the_next_version_begins_as_a_copy_and_there_is_one_draft():
    text = circulated()
    person = a_coordinator()
    draft = mou_texts.draft_of(text.mou, by=person, at=NOW)
    assert mou_texts.draft_of(text.mou, by=person, at=NOW) == draft
    same = [list(one.sections.values_list("key", "position", "heading", "body")) for one in (text, draft)]
    assert (draft.number, same[0]) == (2, same[1])


def test_sections_are_added_moved_and_taken_out_of_a_draft():
    text = a_mou().texts.get()
    added = mou_texts.add_section(text, heading="Goals", body="More")
    assert (added.key, added.position) == ("goals-2", 17)
    mou_texts.move_section(added, up=True)
    mou_texts.move_section(text.sections.get(key="parties"), up=True)
    keys = list(text.sections.values_list("key", flat=True))
    assert (keys[0], keys[-2:]) == ("parties", ["goals-2", "exhibits"])
    mou_texts.remove_section(text.sections.get(key="exhibits"))
    with pytest.raises(MouRefused, match="holds the partners' parts"):
        mou_texts.remove_section(text.sections.get(key="parts"))


def test_contacts_are_told_of_a_version_once_each():
    mou = a_mou()
    part = a_part(mou, lead_contact=a_person(address="lead@example.org"))
    Mail.objects.all().delete()
    mou_texts.circulate(mou.texts.get(), note="Goals <added>", at=NOW)
    mails = Mail.objects.order_by("pk")
    assert {mail.address for mail in mails} == {"lead@example.org", part.drafter.primary_address}
    assert f"/mou/{mou.slug}/text/1/" in mails[0].text
    assert "&lt;added&gt;" in mails[0].html


def test_contacts_see_only_what_was_circulated():
    mou = a_mou()
    part = a_part(mou)
    assert list(MouText.objects.visible_to(part.drafter)) == []
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    assert list(MouText.objects.visible_to(part.drafter)) == [text]
    assert list(MouText.objects.visible_to(a_person())) == list(MouText.objects.visible_to(None)) == []
    assert list(Mou.objects.visible_to(part.drafter)) == [mou]


def test_an_accepted_proposal_stands_in_the_next_draft_only():
    text = circulated()
    proposal = proposed(text)
    coordinator = a_coordinator()
    section = proposals.accept_proposal(proposal, by=coordinator, at=LATER)
    assert (section.text.number, section.text.status, section.body) == (2, "draft", "Our goals.")
    assert text.sections.get(key="goals").body != "Our goals."
    proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by, proposal.decided_at) == ("accepted", coordinator, LATER)


def test_two_accepts_of_one_section_conflict_until_words_for_both_are_given():
    text = circulated()
    first, second = proposed(text, body="First"), proposed(text, body="Second")
    coordinator = a_coordinator()
    section = proposals.accept_proposal(first, by=coordinator, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        proposals.accept_proposal(second, by=coordinator, at=LATER)
    with pytest.raises(ChangedMeanwhile):
        proposals.accept_proposal(second, by=coordinator, at=LATER, body="Both", seen="stale")
    seen = mou_texts.mark(section)
    assert proposals.accept_proposal(second, by=coordinator, at=LATER, body="Both", seen=seen).body == "Both"
    assert MouText.objects.filter(mou=text.mou).count() == 2


def test_the_same_words_proposed_twice_do_not_conflict():
    text = circulated()
    first, second = proposed(text), proposed(text)
    for proposal in (first, second):
        proposals.accept_proposal(proposal, by=a_coordinator(), at=LATER)
    assert set(Proposal.objects.values_list("status", flat=True)) == {"accepted"}


def test_a_proposal_is_decided_once_and_declining_needs_a_reason():
    proposal = proposed(circulated())
    coordinator = a_coordinator()
    with pytest.raises(MouRefused, match="Say why"):
        proposals.decline_proposal(proposal, by=coordinator, at=LATER, reason=" ")
    proposals.decline_proposal(proposal, by=coordinator, at=LATER, reason="Too long")
    with pytest.raises(MouRefused, match="Declined"):
        proposals.accept_proposal(proposal, by=coordinator, at=LATER)
    mail = Mail.objects.get(key__startswith="proposal_decided")
    assert (mail.address, "Too long" in mail.text) == (proposal.by.primary_address, True)


def test_a_change_to_a_section_that_is_gone_can_only_be_declined():
    text = circulated()
    proposal = proposed(text, "exhibits")
    draft = mou_texts.draft_of(text.mou, by=a_coordinator(), at=NOW)
    mou_texts.remove_section(draft.sections.get(key="exhibits"))
    with pytest.raises(MouRefused, match="removed"):
        proposals.accept_proposal(proposal, by=a_coordinator(), at=LATER)


def test_what_cannot_be_proposed():
    mou = a_mou()
    part = a_part(mou)
    section = mou.texts.get().sections.get(key="goals")
    given = {"by": part.drafter, "why": "Because", "at": NOW}
    with pytest.raises(MouRefused, match="circulated"):
        proposals.propose_change(section, organization=part.organization, body="x", **given)
    mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    section = MouSection.objects.get(pk=section.pk)
    with pytest.raises(MouRefused, match="already"):
        proposals.propose_change(section, organization=part.organization, body=section.body, **given)
    with pytest.raises(MouRefused, match="have a part"):
        proposals.propose_change(section, organization=an_organization(), body="x", **given)


def test_an_ended_memorandum_gets_no_new_version():
    text = circulated()
    Mou.objects.update(status=Mou.Status.ENDED)
    with pytest.raises(MouRefused, match="ended"):
        mou_texts.draft_of(text.mou, by=a_coordinator(), at=NOW)
