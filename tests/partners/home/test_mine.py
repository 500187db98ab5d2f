"""A partner's own place: what its contacts see and do there, and that nobody else does."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partners.home.domain import own_place, year_review
from partners.models import MouRole, Organization
from tests.factories import (
    NOW,
    a_coordinator,
    a_part,
    a_person,
    a_position,
    a_user,
    an_organization,
)
from tests.partners.offers import a_contribution, a_match, a_need
from tests.partners.signing_rows import a_signature, signed

pytestmark = pytest.mark.django_db
PAGES = ["mine_of", "mine_colleagues", "mine_edit", "mine_hand_over"]


@pytest.fixture
def role():
    return a_part()


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def page(role, person=None):
    client = client_of(person or role.lead_contact)
    return client.get(reverse("mine_of", args=[role.organization.slug]))


def done(response):
    return {step.words: step.done for step in response.context["steps"]}


def test_mine_leads_to_the_only_partner(role):
    response = client_of(role.drafter).get(reverse("mine"))
    assert response["Location"] == reverse("mine_of", args=[role.organization.slug])


def test_who_serves_two_chooses(role):
    a_part(role.mou, drafter=role.drafter)
    response = client_of(role.drafter).get(reverse("mine"))
    assert len(response.context["page_obj"]) == 2


def test_who_serves_none_is_told_so():
    assert client_of(a_user().person).get(reverse("mine")).status_code == 403


@pytest.mark.parametrize(
    ("method", "name"), [*(("get", name) for name in PAGES), *(("post", name) for name in PAGES[2:])]
)
def test_contacts_reach_no_other_organization(role, name, method):
    others = [a_part(role.mou).organization for _number in range(3)] + [an_organization()]
    a_position(role.drafter, organization=others[3])  # working there is not answering for it
    client = client_of(role.drafter)
    codes = {getattr(client, method)(reverse(name, args=[other.slug])).status_code for other in others}
    assert codes == {404}


def test_the_part_is_due(role):
    role.mou.parts_due_on = NOW.date()
    role.mou.save()
    due = page(role).context["dues"]
    assert [(one.on, one.overdue) for one in due] == [(NOW.date(), True)]


def test_a_match_to_confirm_is_due(role):
    gift = a_contribution(organization=role.organization)
    a_match(a_need(), gift)
    words = [due.words for due in page(role).context["dues"]]
    assert any(f"needs “{gift.category}”" in said for said in words)


def test_a_signature_waits_and_then_hangs_here():
    signature = a_signature()
    role = signature.part.role
    assert "needs to sign" in page(role).content.decode()
    signed(signature)
    body = page(role).content.decode()
    assert "needs to sign" not in body
    assert reverse("mou_document_pdf", args=[role.mou.slug, 1]) in body
    assert "In effect from Tue, Sep 8, 2020" in body


def test_first_steps_are_ticked_as_they_are_done(role):
    before = done(page(role))
    a_need(organization=role.organization)
    Organization.objects.filter(pk=role.organization.pk).update(publicity="declined", about="A district.")
    after = done(page(role))
    assert [step for step, value in before.items() if value] == ["Name a lead contact and a drafter"]
    left = [step for step, value in after.items() if not value]
    assert left == ["Submit your part of the MOU", "Register somebody from your organization"]


def test_the_public_words_are_saved(role):
    address = reverse("mine_edit", args=[role.organization.slug])
    typed = {"about": "A district.", "website": "https://district.example", "publicity": "agreed"}
    assert client_of(role.drafter).post(address, typed).status_code == 302
    place = Organization.objects.get(pk=role.organization.pk)
    assert (place.about, place.website, place.publicity) == (
        "A district.",
        "https://district.example",
        "agreed",
    )


def test_a_bad_website_is_refused_and_the_words_stay(role):
    address = reverse("mine_edit", args=[role.organization.slug])
    response = client_of(role.drafter).post(address, {"about": "A district.", "website": "nowhere at all"})
    assert response.status_code == 422
    assert b"A district." in response.content
    assert Organization.objects.get(pk=role.organization.pk).about == ""


def test_handing_over_ends_ones_own_way_in(role):
    address = reverse("mine_hand_over", args=[role.organization.slug])
    typed = {"leaver": str(role.drafter.uid), "address": "new@example.org"}
    client = client_of(role.drafter)
    response = client.post(address, {**typed, "first_name": "New", "last_name": "Contact"})
    assert response["Location"] == role.organization.get_absolute_url()
    assert client.get(address).status_code == 404


def test_handing_over_to_an_address_of_another_name_is_asked_about_without_saying_whose_it_is(role):
    address = reverse("mine_hand_over", args=[role.organization.slug])
    known = a_person(first_name="Science", last_name="Lead", address="lead@example.org")
    typed = {"leaver": str(role.drafter.uid), "address": "lead@example.org"}
    typed |= {"first_name": "New", "last_name": "Contact"}
    client = client_of(role.drafter)
    asked = client.post(address, typed)
    assert asked.status_code == 422
    assert "Somebody with another name uses this e-mail address." in asked.content.decode()
    assert "Science Lead" not in asked.content.decode()
    client.post(address, {**typed, "sure": "lead@example.org"})
    assert MouRole.objects.get(pk=role.pk).drafter == known


def test_a_drafter_cannot_send_the_lead_contact_away():
    role = a_part(lead_contact=a_user().person)
    address = reverse("mine_hand_over", args=[role.organization.slug])
    typed = {"address": "new@example.org", "first_name": "New", "last_name": "Contact"}
    response = client_of(role.drafter).post(address, {**typed, "leaver": str(role.lead_contact.uid)})
    assert response.status_code == 422


def test_a_coordinator_opens_every_partners_page(role):
    assert page(role, a_coordinator()).status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(role, number, django_assert_max_num_queries):
    at = timezone.now()
    for _row in range(number):
        a_need(organization=role.organization, detail=str(at))
        a_match(a_need(), a_contribution(organization=role.organization))
    client = client_of(role.lead_contact)
    with django_assert_max_num_queries(45):
        client.get(reverse("mine_of", args=[role.organization.slug]))


def test_a_coordinator_looks_for_a_partner(role):
    for number in range(10):
        a_part(role.mou, organization=an_organization(name=f"Borough {number}"))
    found = client_of(a_coordinator()).get(reverse("mine"), {"q": "borough 7"}).context["page_obj"]
    assert [str(one) for one in found] == ["Borough 7"]


def test_every_year_since_it_is_a_partner_can_be_looked_back_on():
    since = an_organization(partner_since=date(2012, 12, 14))
    assert year_review.years_of(since, today=date(2018, 9, 1)) == [2018, 2017, 2016, 2015, 2014, 2013, 2012]


def test_who_is_new_looks_back_on_three_years():
    assert year_review.years_of(an_organization(), today=date(2018, 6, 30)) == [2017, 2016, 2015]


def test_a_coordinator_finds_partners_without_a_memorandum():
    partner, _invited = an_organization(), an_organization(stage="invited")
    assert client_of(a_coordinator()).get(reverse("mine"))["Location"] == reverse(
        "mine_of", args=[partner.slug]
    )


def test_a_coordinator_of_no_partners_is_not_refused():
    assert client_of(a_coordinator()).get(reverse("mine")).status_code == 200


def test_without_contacts_there_is_nothing_to_hand_over():
    url = reverse("mine_hand_over", args=[an_organization().slug])
    page = client_of(a_coordinator()).get(url).content.decode()
    assert ("This partner has no contact yet" in page, 'name="leaver"' in page) == (True, False)


@pytest.mark.parametrize("stage", ["drafting", "partner", "former"])
def test_every_link_of_the_page_opens_for_a_contact(role, stage):
    Organization.objects.filter(pk=role.organization_id).update(stage=stage)
    client = client_of(role.lead_contact)
    found = client.get(reverse("mine_of", args=[role.organization.slug])).content.decode()
    links = set(re.findall(r'href="(/partners/[^"#]+)"', found))
    answers = {link: client.get(link, follow=True).status_code for link in links}
    assert {link: status for link, status in answers.items() if status != 200} == {}


def test_a_drafting_partner_writes_its_first_need_into_its_part(role):
    Organization.objects.filter(pk=role.organization_id).update(stage="drafting")
    steps = {step.words: step.url for step in page(role).context["steps"]}
    rows = reverse("mou_part_rows", args=[role.mou.slug, role.organization.slug])
    assert steps["List a need or a contribution"] == rows


def test_without_a_memorandum_no_step_asks_for_a_part():
    partner = an_organization()
    steps = {step.words for step in own_place.first_steps(partner, [])}
    a_part()
    more = {step.words for step in own_place.first_steps(partner, [])} - steps
    assert more == {"Name a lead contact and a drafter", "Submit your part of the MOU"}


def test_what_a_former_partner_needed_is_not_due(role):
    match = a_match(a_need(), a_contribution(organization=role.organization))
    assert len(own_place.due_matches(role.organization)) == 1
    Organization.objects.filter(pk=match.need.organization_id).update(stage="former")
    assert own_place.due_matches(role.organization) == []
