"""Two megabytes and scripts, typed into the pages of partners: said at the field, kept, and harmless."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import a_coordinator, a_part, a_suggestion
from tests.partners.offers import mentors

pytestmark = pytest.mark.django_db
HUGE = "We teach. " * 200_000
SCRIPT = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"
NEED = {"category": "mentor", "priority": "2"}
CALL = {"kind": "call", "on": "2020-09-01", "whom": "The office"}
# what is typed beside the long text, its field, and who types
PAGES = {
    "year_review": ({}, "text", "contact"),
    "mine_edit": ({"publicity": ""}, "about", "contact"),
    "need_new": (NEED, "detail", "contact"),
    "contribution_new": ({"category": "mentor"}, "detail", "contact"),
    "mou_part_comment": ({}, "text", "contact"),
    "partner_contacts": (CALL, "note", "coordinator"),
    "letters": ({"subject": "Join us"}, "body", "coordinator"),
    "category_new": ({"name": "Rides"}, "description", "coordinator"),
    "suggest_organization": ({"name": "Museum"}, "why", "contact"),
}
SHOWN = {
    "year_review": "year_review",
    "mine_edit": "partner",
    "need_new": "needs_of",
    "contribution_new": "needs_of",
    "mou_part_comment": "mou_part",
    "partner_contacts": "partner_contacts",
    "category_new": "categories",
}


@pytest.fixture
def role():
    mentors()
    a_suggestion()
    return a_part()


def address(role, name):
    slug = role.organization.slug
    args = {"year_review": [slug, 2020], "mou_part_comment": [role.mou.slug, slug]}
    args |= {"mou_part": args["mou_part_comment"]}
    return reverse(name, args=args.get(name, [] if name in ALONE else [slug]))


ALONE = ("letters", "category_new", "categories", "suggest_organization")


def client_of(role, who):
    client = Client()
    client.force_login((role.lead_contact if who == "contact" else a_coordinator()).user)
    return client


@pytest.mark.parametrize("name", PAGES)
def test_two_megabytes_are_refused_at_the_field_and_kept(role, name):
    beside, field, who = PAGES[name]
    response = client_of(role, who).post(address(role, name), {**beside, field: HUGE})
    page = response.content.decode()
    box = re.split(rf'<(?:textarea|input)[^>]*name="{field}"', page)[1]
    assert response.status_code in (200, 422)
    assert box.count("We teach.") == 200_000
    assert "invalid-feedback" in box


@pytest.mark.parametrize("name", SHOWN)
def test_scripts_are_shown_as_words(role, name):
    beside, field, who = PAGES[name]
    client = client_of(role, who)
    assert client.post(address(role, name), {**beside, field: SCRIPT}).status_code == 302
    page = client.get(address(role, SHOWN[name])).content.decode()
    assert "alert(1)" in page
    assert [bad in page for bad in ("<script>alert", 'href="javascript', "<img src=x")] == [False] * 3
