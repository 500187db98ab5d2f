"""The memorandum's pages: who reaches what, what is refused with everything kept, how many queries."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from partners.memorandum.domain import mou_texts, parts, proposals
from partners.models import Mou, MouRole, MouText, Person, Proposal
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_mou, a_part, a_person, a_user, an_organization
from tests.markup import tight

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
        parts.save_part(role, words={"does": "x"}, seen=1, by=role.drafter, at=NOW)
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


def test_a_part_leads_to_the_shared_text_once_it_was_circulated(client, mou, part):
    at(client, part.drafter)
    page, text = (
        reverse("mou_part", args=[mou.slug, part.organization.slug]),
        reverse("mou_text", args=[mou.slug]),
    )
    assert (text in client.get(page).content.decode(), client.get(text).status_code) == (False, 404)
    mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    assert (text in client.get(page).content.decode(), client.get(text).status_code) == (True, 200)


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
    assert "already has a part in this memorandum" in again.content.decode()
    assert Person.objects.filter(last_name="Drafter").count() == 1


def test_an_address_of_somebody_with_another_name_is_asked_about(client, mou):
    an_organization(name="Salem-Keizer", stage="interested")
    known = a_person(first_name="Science", last_name="Lead", address="lead@example.org")
    at(client, mou.texts.get().by)
    given = {
        "organization": "Salem-Keizer",
        "drafter_email": "lead@example.org",
        "drafter_first": "District",
        "drafter_last": "Drafter",
    }
    address = reverse("mou_ask", args=[mou.slug])
    answer = client.post(address, given)
    assert "This is the e-mail address of Science Lead. Is that who you mean?" in answer.content.decode()
    assert "Yes, Science Lead" in answer.content.decode()
    assert (MouRole.objects.count(), answer.context["form"]["drafter_first"].value()) == (0, "District")
    other = {**given, "drafter_email": "drafter@example.org", "drafter_sure": "lead@example.org"}
    a_person(first_name="Math", last_name="Lead", address="drafter@example.org")
    assert "e-mail address of Math Lead" in client.post(address, other).content.decode()
    assert client.post(address, {**given, "drafter_sure": "lead@example.org"}).status_code == 302
    assert MouRole.objects.get().drafter == known


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
    first = proposals.propose_change(section, body=section.body.replace("four", "six"), **given)
    second = proposals.propose_change(section, body=section.body.replace("one person", "two people"), **given)
    proposals.accept_proposal(first, by=text.by, at=NOW)
    at(client, text.by)
    page = reverse("mou_proposal", args=[mou.slug, second.uid])
    response = client.post(page, {"act": "accept"})
    assert (response.status_code, "This section has changed since then" in response.content.decode()) == (
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
    proposal = proposals.propose_change(
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


@pytest.mark.parametrize("name", ["mou_section", "mou_propose"])
def test_two_megabytes_of_a_section_are_refused_and_kept(client, mou, part, name):
    text = mou.texts.get()
    if name == "mou_propose":
        mou_texts.circulate(text, note="", at=NOW)
    at(client, text.by if name == "mou_section" else part.drafter)
    huge = "We agree. " * 200_000
    given = {"heading": "Goals", "body": huge, "why": "More"}
    page = client.post(reverse(name, args=[mou.slug, 1, "goals"]), given).content.decode()
    assert "This text has 1999999 characters. The limit is 60000." in page
    assert page.count("We agree. ") >= 199_999


def test_scripts_in_the_shared_text_are_harmless_on_its_page(client, mou):
    text = mou.texts.get()
    section = text.sections.get(key="goals")
    body = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
    mou_texts.write_section(section, heading="Goals", body=body, seen=mou_texts.mark(section))
    at(client, text.by)
    page = client.get(reverse("mou_text", args=[mou.slug])).content.decode()
    assert [word in page for word in ("<script>alert", 'href="javascript', "<img src=x")] == [False] * 3


def test_the_shared_text_is_printed_with_its_version_and_nothing_to_sign(client, mou):
    address = reverse("mou_text_version", args=[mou.slug, 1])
    page = at(client, a_coordinator()).get(address).content.decode()
    pdf = reverse("mou_text_pdf", args=[mou.slug, 1])
    assert f'href="{pdf}"' in page
    printed = PdfReader(io.BytesIO(client.get(pdf).content))
    words = " ".join(" ".join(one.extract_text() for one in printed.pages).split())
    assert ("Shared text, version 1" in words, "Signatures on paper" in words) == (True, False)
    assert all(section.heading in words for section in mou.texts.get().sections.all())


def opened(client, address):
    """Return what the form of a section holds when its page is opened."""
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_both_who_write_one_section_see_what_each_changed(client, mou):
    text = mou.texts.get()
    section = text.sections.get(key="goals")
    first = "One line.\n\nAnother line.\n\nThe end."
    mou_texts.write_section(section, heading="Goals", body=first, seen=mou_texts.mark(section))
    at(client, text.by)
    address = reverse("mou_section", args=[mou.slug, 1, "goals"])
    mine = opened(client, address)
    section.refresh_from_db()
    theirs = first.replace("Another", "Their")
    mou_texts.write_section(section, heading="Our goals", body=theirs, seen=mou_texts.mark(section))
    response = client.post(address, {**mine, "body": first.replace("end", "finish").replace("\n", "\r\n")})
    page, form = response.content.decode(), response.context["form"]
    assert response.status_code == 409
    assert (form["heading"].value(), form["body"].value()) == (
        "Our goals",
        "One line.\n\nTheir line.\n\nThe finish.",
    )
    assert [word in page for word in ("Their", "Another", "finish", "end")] == [True] * 4
    body = response.context["conflict"]["rows"][-1]
    changed = [
        [one.words for one in side if one.kind != "same"] for side in (body.their_change, body.my_change)
    ]
    assert changed == [["Another", "Their"], ["end", "finish"]]


def test_words_that_were_never_there_are_not_shown_as_what_one_began_from(client, mou):
    text = mou.texts.get()
    section = text.sections.get(key="goals")
    at(client, text.by)
    address = reverse("mou_section", args=[mou.slug, 1, "goals"])
    mine = opened(client, address)
    mou_texts.write_section(section, heading="Goals", body="Theirs", seen=mou_texts.mark(section))
    response = client.post(address, {**mine, "body": "Mine", "base_body": "Made up"})
    assert response.context["conflict"]["rows"][-1].my_change is None


def test_what_changed_is_marked_and_read_aloud(client, mou):
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    draft = mou_texts.draft_of(mou, by=text.by, at=NOW)
    section = draft.sections.get(key="governance")
    body = section.body.replace("four times", "six times")
    mou_texts.write_section(section, heading=section.heading, body=body, seen=mou_texts.mark(section))
    page = tight(at(client, text.by).get(reverse("mou_text_changes", args=[mou.slug])).content.decode())
    assert '<del><span class="visually-hidden">removed:</span>four<' in page
    assert '<ins><span class="visually-hidden">added:</span>six<' in page
    assert page.count("<section") == 1


def test_a_new_memorandum_by_its_form(client):
    at(client, a_coordinator())
    given = {"title": "MOU 2012", "parts_due_on": "2012-10-15", "notice_days": "60"}
    assert client.post(reverse("mou_new"), given)["Location"] == "/mou/mou-2012/"
    bad = {**given, "effective_on": "2013-01-01", "ends_on": "2012-01-01"}
    assert "end before it takes effect" in client.post(reverse("mou_new"), bad).content.decode()
    assert Mou.objects.count() == 1


@pytest.mark.parametrize("name", ["mou", "mou_board", "mou_proposals", "mous"])
def test_lists_ask_the_same_queries_for_one_and_thirty(client, mou, part, name, django_assert_num_queries):
    text = mou_texts.circulate(mou.texts.get(), note="", at=NOW)
    section = text.sections.get(key="goals")
    coordinator = text.by
    proposals.propose_change(
        section, organization=part.organization, by=part.drafter, body="x", why="x", at=NOW
    )
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
