"""The memorandum's pages: who reaches what, what is refused with everything kept, how many queries."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partners.domain import mou_texts, parts, proposals
from partners.models import Mou, MouRole, MouText, Person, Proposal
from stemnet.models import Mail
from tests.factories import NOW, a_category, a_coordinator, a_mou, a_part, a_user, an_organization

pytestmark = pytest.mark.django_db
SIGNATORY = {
    "signatory_name": "Superintendent",
    "signatory_title": "Superintendent of schools",
    "signatory_email": "super@example.org",
}


@pytest.fixture
def mou():
    return a_mou(title="Pact")


@pytest.fixture
def part(mou):
    return a_part(mou)


def at(client, person):
    client.force_login(person.user)
    return client


def words(role, **fields):
    return {**parts.words_of(role), "seen": role.revision, **fields}


def own_addresses(role):
    key = role.mou.texts.first().number
    of = [role.mou.slug, role.organization.slug]
    return [
        reverse("mou_part", args=of),
        reverse("mou_part_changes", args=of),
        reverse("mou_part_rows", args=of),
    ] + ([reverse("mou_text_version", args=[role.mou.slug, key])] if key else [])


def test_nobody_reaches_the_part_of_another_organization(client, mou):
    """Every contact tries every other organization's part, by GET and by POST."""
    mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    roles = [a_part(mou) for _number in range(4)]
    for role in roles:
        parts.save(role, words={"does": "x"}, seen=1, by=role.drafter, at=NOW)
    for mine in roles:
        at(client, mine.drafter)
        for other in roles:
            expected = 200 if other == mine else 404
            assert [client.get(address).status_code for address in own_addresses(other)] == [
                expected,
                expected,
                expected,
                200,
            ]
            if other != mine:
                of = [mou.slug, other.organization.slug]
                for name in ("mou_part", "mou_part_comment", "mou_part_model", "mou_part_rows"):
                    assert client.post(reverse(name, args=of), {"does": "y"}).status_code == 404
    assert set(MouRole.objects.values_list("does", flat=True)) == {"x"}


def test_coordinators_acts_are_not_for_contacts(client, mou, part):
    at(client, part.drafter)
    of = [mou.slug, part.organization.slug]
    assert client.post(reverse("mou_part_judge", args=of), {"act": "accept"}).status_code == 403
    assert client.get(reverse("mou_part_contacts", args=of)).status_code == 403
    for name in ("mou_edit", "mou_ask"):
        assert client.get(reverse(name, args=[mou.slug])).status_code == 403
    assert client.get(reverse("mou_new")).status_code == 403
    assert client.get(reverse("mou_text_version", args=[mou.slug, 1])).status_code == 404
    assert client.get(reverse("mou_section", args=[mou.slug, 1, "goals"])).status_code == 403


def test_others_find_nothing(client, mou, part):
    at(client, a_user().person)
    of = [mou.slug, part.organization.slug]
    for name in ("mou", "mou_board", "mou_edit", "mou_ask", "mou_text", "mou_proposals"):
        assert client.get(reverse(name, args=[mou.slug])).status_code == 404
    for name in ("mou_part", "mou_part_rows", "mou_part_contacts"):
        assert client.get(reverse(name, args=of)).status_code == 404
    assert client.get(reverse("mou_section", args=[mou.slug, 1, "goals"])).status_code == 404
    assert b"Pact" not in client.get(reverse("mous")).content


def test_acts_are_never_done_by_a_get(client, mou, part):
    at(client, mou.texts.get().by)
    of = [mou.slug, part.organization.slug]
    for name in ("mou_part_judge", "mou_part_comment", "mou_part_model"):
        assert client.get(reverse(name, args=of)).status_code == 405
    assert client.get(reverse("mou_text_next", args=[mou.slug])).status_code == 405
    assert client.get(reverse("mou_section_place", args=[mou.slug, 1, "goals"])).status_code == 405


def test_saving_and_submitting(client, part):
    at(client, part.drafter)
    address = part.get_absolute_url()
    response = client.post(address, words(part, does="We teach.", act="save"), follow=True)
    assert "Saved." in response.content.decode()
    part.refresh_from_db()
    response = client.post(address, words(part, act="submit"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Name the signatory with title and e-mail before submitting." in page
    assert "We teach." in page
    client.post(address, words(part, **SIGNATORY, act="submit"))
    part.refresh_from_db()
    assert (part.status, part.does) == ("submitted", "We teach.")


def test_autosave_says_so_and_carries_the_new_revision(client, part):
    at(client, part.drafter)
    given = words(part, does="We te", signatory_email="super@")
    response = client.post(part.get_absolute_url(), given, headers={"HX-Request": "true"})
    page = response.content.decode()
    assert 'id="id_seen" value="2" hx-swap-oob="true"' in page
    assert "Not all is saved yet." in page
    part.refresh_from_db()
    assert (part.does, part.signatory_email) == ("We te", "")


def test_autosave_of_an_old_page_says_someone_changed_this(client, part):
    parts.save(part, words={"does": "Theirs"}, seen=1, by=part.drafter, at=NOW)
    at(client, part.drafter)
    given = words(part, does="Mine", seen=1)
    page = client.post(part.get_absolute_url(), given, headers={"HX-Request": "true"}).content.decode()
    assert "Someone changed this while you were writing." in page
    assert "id_seen" not in page
    part.refresh_from_db()
    assert part.does == "Theirs"


def test_words_typed_while_somebody_submitted_are_shown_and_not_lost(client, part):
    role = parts.save(part, words={"does": "Ready", **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    parts.submit(role, by=part.drafter, at=NOW)
    at(client, part.drafter)
    response = client.post(part.get_absolute_url(), words(role, does="Late <b>words</b>", act="save"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "It can be changed once it is returned." in page
    assert "Late &lt;b&gt;words&lt;/b&gt;" in page
    assert "What you typed is saved" not in page


def test_two_editors_see_both_texts_and_one_of_both(client, mou, part):
    other = a_user(first_name="Ada", last_name="Lead").person
    MouRole.objects.update(lead_contact=other)
    base = parts.save(part, words={"does": "One.\n\nTwo."}, seen=1, by=part.drafter, at=NOW)
    parts.save(base, words={"does": "One.\n\n<b>Two</b> more."}, seen=2, by=other, at=NOW)
    at(client, part.drafter)
    response = client.post(part.get_absolute_url(), words(base, does="ONE.\n\nTwo.", act="save"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Someone changed this" in page
    assert "Ada Lead saved at" in page
    assert "&lt;b&gt;Two&lt;/b&gt; more." in page
    assert "<b>Two" not in page
    form = response.context["form"]
    assert (form["does"].value(), form["seen"].value()) == ("ONE.\n\n<b>Two</b> more.", 3)
    client.post(part.get_absolute_url(), words(base, does=form["does"].value(), seen=3))
    part.refresh_from_db()
    assert part.does == "ONE.\n\n<b>Two</b> more."


def test_two_megabytes_are_refused_and_kept(client, part):
    at(client, part.drafter)
    huge = "We teach. " * 200_000
    response = client.post(part.get_absolute_url(), words(part, does=huge, needs_text="Mentors"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "This text has 1999999 characters, and 60000 is the most." in page
    assert page.count("We teach. ") >= 199_999
    assert "Mentors" in page
    assert "maxlength" not in page.split("id_does")[1].split(">")[0]


def test_scripts_in_markdown_are_harmless_on_the_page(client, part):
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    role = parts.save(part, words={"does": bad, **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    parts.submit(role, by=part.drafter, at=NOW)
    page = at(client, part.drafter).get(part.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "<img src=x" not in page


def test_the_coordinator_returns_and_accepts(client, mou, part):
    role = parts.save(part, words={"does": "x", **SIGNATORY}, seen=1, by=part.drafter, at=NOW)
    role = parts.submit(role, by=part.drafter, at=NOW)
    at(client, mou.texts.get().by)
    judge = reverse("mou_part_judge", args=[mou.slug, part.organization.slug])
    assert client.post(judge, {"act": "return", "text": ""}).status_code == 422
    client.post(judge, {"act": "return", "text": "More, please"})
    role.refresh_from_db()
    assert role.status == "returned"
    assert "More, please" in client.get(part.get_absolute_url()).content.decode()
    parts.submit(role, by=part.drafter, at=NOW)
    client.post(judge, {"act": "accept", "seen": role.revision})
    role.refresh_from_db()
    assert role.status == "accepted"


def test_asking_for_a_part_writes_to_people_who_are_new(client, mou):
    organization = an_organization(name="Salem-Keizer", stage="interested")
    at(client, mou.texts.get().by)
    given = {
        "organization": "Salem-Keizer",
        "drafter_email": "Drafter@Example.org",
        "drafter_first": "District",
        "drafter_last": "Drafter",
        "due_on": "2012-10-15",
    }
    address = reverse("mou_ask", args=[mou.slug])
    assert client.post(address, given).status_code == 302
    role = MouRole.objects.get()
    assert (role.organization, str(role.drafter), role.lead_contact) == (
        organization,
        "District Drafter",
        role.drafter,
    )
    assert Mail.objects.get(key__startswith="part_asked").address == "drafter@example.org"
    again = client.post(address, given)
    assert "has its part in this memorandum" in again.content.decode()
    assert Person.objects.filter(last_name="Drafter").count() == 1


def test_a_partner_proposes_and_the_coordinator_decides(client, mou, part):
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    at(client, part.drafter)
    address = reverse("mou_propose", args=[mou.slug, 1, "goals"])
    client.post(address, {"body": "Our goals.", "why": "Shorter"})
    proposal = Proposal.objects.get()
    assert (proposal.organization, proposal.by) == (part.organization, part.drafter)
    page = reverse("mou_proposal", args=[mou.slug, proposal.uid])
    assert client.post(page, {"act": "accept"}).status_code == 403
    at(client, text.by)
    assert client.post(page, {"act": "decline"}).status_code == 409
    client.post(page, {"act": "accept"})
    assert MouText.objects.get(number=2).sections.get(key="goals").body == "Our goals."


def test_the_second_of_two_accepts_sees_the_conflict(client, mou, part):
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    section = text.sections.get(key="governance")
    given = {"organization": part.organization, "by": part.drafter, "why": "x", "at": NOW}
    first = proposals.propose(section, body=section.body.replace("four", "six"), **given)
    second = proposals.propose(section, body=section.body.replace("one person", "two people"), **given)
    proposals.accept(first, by=text.by, at=NOW)
    at(client, text.by)
    page = reverse("mou_proposal", args=[mou.slug, second.uid])
    response = client.post(page, {"act": "accept"})
    assert (response.status_code, "This section was changed since" in response.content.decode()) == (
        409,
        True,
    )
    form = response.context["form"]
    both = form["body"].value()
    assert ("six times" in both, "two people" in both) == (True, True)
    client.post(page, {"act": "accept", "body": both, "seen": form["seen"].value()})
    assert MouText.objects.get(number=2).sections.get(key="governance").body == both


def test_proposals_of_others_are_not_shown(client, mou, part):
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    proposal = proposals.propose(
        text.sections.get(key="goals"),
        organization=part.organization,
        by=part.drafter,
        body="x",
        why="Secret why",
        at=NOW,
    )
    at(client, a_part(mou).drafter)
    assert client.get(reverse("mou_proposal", args=[mou.slug, proposal.uid])).status_code == 404
    assert "Secret why" not in client.get(reverse("mou_proposals", args=[mou.slug])).content.decode()


def test_two_coordinators_write_one_section(client, mou):
    text = mou.texts.get()
    section = text.sections.get(key="goals")
    seen = mou_texts.mark(section)
    mou_texts.write_section(section, heading=section.heading, body="Theirs <i>", seen=seen)
    at(client, text.by)
    address = reverse("mou_section", args=[mou.slug, 1, "goals"])
    response = client.post(address, {"heading": section.heading, "body": "Mine", "seen": seen})
    assert response.status_code == 409
    form = response.context["form"]
    assert form["body"].value() == "Theirs <i>\nMine"
    given = {"heading": section.heading, "body": "Both", "seen": form["seen"].value()}
    assert client.post(address, given).status_code == 302


def test_what_changed_is_marked_and_read_aloud(client, mou):
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    draft = mou_texts.draft_of(mou, by=text.by, at=NOW)
    section = draft.sections.get(key="governance")
    body = section.body.replace("four times", "six times")
    mou_texts.write_section(section, heading=section.heading, body=body, seen=mou_texts.mark(section))
    page = at(client, text.by).get(reverse("mou_text_changes", args=[mou.slug])).content.decode()
    assert '<del><span class="visually-hidden">taken out: </span>four<' in page
    assert '<ins><span class="visually-hidden">added: </span>six<' in page
    assert page.count("<section") == 1


def test_needs_and_contributions_are_typed_into_the_part(client, part):
    at(client, part.drafter)
    address = reverse("mou_part_rows", args=[part.mou.slug, part.organization.slug])
    code = a_category().code
    client.post(address, {"act": "need", "need-category": code, "need-priority": "1", "need-detail": "Two"})
    client.post(address, {"act": "give", "give-category": code, "give-quantity": "3 days"})
    need, gift = part.needs.get(), part.contributions.get()
    assert (need.detail, need.priority, gift.quantity) == ("Two", 1, "3 days")
    client.post(address, {"act": f"out-need-{need.pk}"})
    need.refresh_from_db()
    assert need.withdrawn_at is not None
    wrong = {"act": "give", "give-category": code, "give-available_from": "2013-02-01"}
    response = client.post(address, {**wrong, "give-available_until": "2013-01-01"})
    assert "end before it begins" in response.content.decode()


def test_rows_of_another_part_are_not_taken_out(client, mou, part):
    from partners.domain import part_rows

    other = a_part(mou)
    need = part_rows.add_need(other, category=a_category(), at=NOW)
    at(client, part.drafter)
    address = reverse("mou_part_rows", args=[mou.slug, part.organization.slug])
    assert client.post(address, {"act": f"out-need-{need.pk}"}).status_code == 404
    assert client.post(address, {"act": "out-need-x"}).status_code == 404


def test_a_new_memorandum_by_its_form(client):
    at(client, a_coordinator())
    given = {"title": "MOU 2012", "parts_due_on": "2012-10-15", "notice_days": "60"}
    assert client.post(reverse("mou_new"), given)["Location"] == "/mou/mou-2012/"
    bad = {**given, "effective_on": "2013-01-01", "ends_on": "2012-01-01"}
    assert "end before it is in force" in client.post(reverse("mou_new"), bad).content.decode()
    assert Mou.objects.count() == 1


@pytest.mark.parametrize("name", ["mou", "mou_board", "mou_proposals", "mous"])
def test_lists_ask_the_same_queries_for_one_and_thirty(client, mou, part, name, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    section = text.sections.get(key="goals")
    coordinator = text.by
    proposals.propose(section, organization=part.organization, by=part.drafter, body="x", why="x", at=NOW)
    address = reverse(name, args=[] if name == "mous" else [mou.slug])
    at(client, coordinator).get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for number in range(29):
        other = MouRole.objects.create(mou=mou, organization=an_organization(), drafter=part.drafter)
        Proposal.objects.create(
            section=section,
            organization=other.organization,
            by=part.drafter,
            body=f"y{number}",
            why="y",
            made_at=NOW + timedelta(minutes=number),
        )
        Mou.objects.create(title=f"M{number}", slug=f"m{number}")
    with django_assert_num_queries(len(one)):
        client.get(address)
