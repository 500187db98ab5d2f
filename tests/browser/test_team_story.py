"""A district registers its team: its lead without an account, one who comes, one who is replaced."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.models import Party, Registration
from tests import factories
from tests.browser.mailbox import link_to, newest_to, type_code
from tests.browser.someone import Meet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEAD, ANA, BEN, CAO = (f"{name}@district.example.org" for name in ("lead", "ana", "ben", "cao"))
DISTRICT = "Wareham Public Schools"


@pytest.mark.parametrize("phone", [False, True])
def test_a_district_registers_its_team(meet: Meet, phone: bool):
    factories.a_partnership()
    factories.an_organization(name=DISTRICT)
    network = factories.a_network(meetings=0, title="Chemistry", seats=2, school_year="2026-27")
    factories.a_meeting(network, on=timezone.localdate() + timedelta(days=60))
    lead, ana, ben, cao = (meet(one, phone=phone) for one in (LEAD, ANA, BEN, CAO))

    lead.open(f"/networks/{network.slug}/")
    lead.press("Register a team or colleagues")
    lead.fill(first_name="District", last_name="Lead", address=LEAD)
    lead.choose(DISTRICT, field="organization")
    lead.fill(**{"p__0__first_name": "Science", "p__0__last_name": "Lead", "p__0__address": ANA})
    lead.fill(**{"p__1__address": ANA})
    lead.press("Send me the code")
    lead.reads("This address is in an earlier row already.")
    lead.fill(**{"p__1__address": BEN})
    lead.press("Send me the code")
    type_code(lead.page, str(newest_to(LEAD).body))
    lead.reads("Seats are kept until", ANA, BEN, "Hasn't answered yet")

    ana.open(link_to(ANA, "/invitation-to-seat/"))
    ana.reads(
        "District Lead registered you for Chemistry 2026-27 as part of the team from Wareham Public Schools."
    )
    ana.page.locator("[name=job]").select_option("coordinator")
    ana.press("Take the seat")
    ana.reads("You have a seat.")
    assert not ana.is_signed_in()
    ben.open(link_to(BEN, "/invitation-to-seat/"))
    ben.press("I can't come")
    ben.reads("You've given this seat up")

    lead.open(lead.page.url)
    lead.reads("Has taken the seat", "Can't come")
    lead.page.get_by_text("Add another person").click()
    lead.page.locator("#id_new_address").fill(CAO)
    lead.press("Add them")
    lead.told(f"You added {CAO}.")
    cao.open(link_to(CAO, "/invitation-to-seat/"))
    cao.fill(first_name="Math", last_name="Lead")
    cao.page.locator("[name=job]").select_option("coordinator")
    cao.press("Take the seat")
    cao.reads("You have a seat.")

    lead.open("/learning/")
    lead.reads("People I registered", "2 of 3 have taken their seat")
    assert Registration.objects.seated().count() == 2
    assert not Party.objects.get().invitations.filter(ended_at=None).exists()
    assert [one.said for one in (lead, ana, ben, cao)] == [[]] * 4
