"""Below an organization in the admin: needs, contributions, contacts of its part; the domain writes them."""

import pytest
from django.urls import reverse

from partners.models import Match, Stage
from stemnet.models import Mail
from tests.factories import a_user, an_organization
from tests.partners.offers import a_match, a_need, mentors
from tests.partners.test_admin_partners import a_part, an_mou, coordinator, desk, form_of

__all__ = ["coordinator", "desk"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def partner():
    return an_organization(stage=Stage.PARTNER)


def page_of(organization):
    return reverse("admin:partners_organization_change", args=[organization.pk])


def save(desk, organization, typed):
    """Send the page's form as it stands with ``typed`` in it."""
    return desk.post(page_of(organization), form_of(desk.get(page_of(organization))) | typed)


def test_a_need_is_added_reworded_and_withdrawn(desk, partner):
    need = a_need(organization=partner, detail="Two mentors")
    typed = {"needs-0-detail": "Three mentors", "needs-TOTAL_FORMS": 2}
    new = {"category": mentors().pk, "detail": "Another", "priority": 1}
    assert save(desk, partner, typed | {f"needs-1-{name}": to for name, to in new.items()}).status_code == 302
    assert [one.detail for one in partner.needs.order_by("pk")] == ["Three mentors", "Another"]
    assert need.rewordings.exists()

    match = a_match(need)
    assert save(desk, partner, {"needs-0-withdraw": "on"}).status_code == 302
    assert [one.detail for one in partner.needs.open()] == ["Another"]
    match.refresh_from_db()
    assert match.state == Match.State.DROPPED


def test_what_the_domain_refuses_is_said_and_what_was_typed_stays(desk, partner):
    a_match(a_need(organization=partner))
    other = mentors()
    other.pk, other.code, other.name = None, "rooms", "Rooms"
    other.save()
    page = save(desk, partner, {"needs-0-category": other.pk, "needs-0-detail": "Kept"})
    html = page.content.decode()
    assert "already matched, so its category can" in html
    assert "Kept" in html
    assert partner.needs.get().category == mentors()


def test_a_contribution_is_added_and_withdrawn(desk, partner):
    new = {"category": mentors().pk, "detail": "A lab for 24"}
    typed = {f"contributions-0-{name}": to for name, to in new.items()}
    assert save(desk, partner, typed | {"contributions-TOTAL_FORMS": 1}).status_code == 302
    assert partner.contributions.open().get().detail == "A lab for 24"
    assert save(desk, partner, {"contributions-0-withdraw": "on"}).status_code == 302
    assert not partner.contributions.open().exists()


def test_what_the_memorandum_holds_cannot_be_changed_here(desk, partner):
    need = a_need(organization=partner, detail="As signed")
    partner.needs.update(role=a_part(an_mou(), partner))
    save(desk, partner, {"needs-0-detail": "Something else", "needs-0-withdraw": "on"})
    need.refresh_from_db()
    assert (need.detail, need.withdrawn_at) == ("As signed", None)
    assert "in the MOU" in desk.get(page_of(partner)).content.decode()


def test_one_that_is_no_partner_yet_gets_no_needs(desk):
    prospect = an_organization(stage=Stage.SUGGESTED)
    new = {"category": mentors().pk, "detail": "Too early", "priority": 1}
    typed = {f"needs-0-{name}": to for name, to in new.items()}
    save(desk, prospect, typed | {"needs-TOTAL_FORMS": 1})
    assert not prospect.needs.exists()


def test_another_drafter_gets_the_letter(desk, partner):
    now, new = a_user().person, a_user(address="drafter@example.org").person
    part = a_part(an_mou(), partner, drafter=now, lead_contact=now)
    Mail.objects.all().delete()
    save(desk, partner, {"mou_roles-0-drafter": new.pk, "mou_roles-0-due_on": "2099-05-01"})
    part.refresh_from_db()
    assert (part.drafter, part.lead_contact, str(part.due_on)) == (new, now, "2099-05-01")
    assert [mail.address for mail in Mail.objects.all()] == ["drafter@example.org"]
    nobody = save(desk, partner, {"mou_roles-0-drafter": ""}).content.decode()
    assert "Choose who writes it." in nobody


def test_the_form_of_a_new_organization_asks_only_for_itself(desk):
    html = desk.get(reverse("admin:partners_organization_add")).content.decode()
    assert ("needs-TOTAL_FORMS" in html, "aliases-TOTAL_FORMS" in html) == (False, True)
