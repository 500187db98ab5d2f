"""A partner gives notice or says whether it renews: who can, where it is found, and who is told."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from partners.memorandum.domain import renewing, taking_effect, terms
from partners.memorandum.exceptions import MouRefused
from partners.models import Match, MouRole, Person, Signature, local_day
from partners.models.memorandum import binding
from stemnet import jobs
from stemnet.models import Mail
from tests.factories import NOW, a_position, a_user
from tests.partners.offers import a_contribution, a_match, a_need
from tests.partners.signing_pages import log_in, words
from tests.partners.signing_rows import (
    DAY,
    LATER,
    a_circulated_mou,
    an_accepted_part,
    boss,
    locked,
    signed,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]
ENDS = date(2020, 11, 30)


@pytest.fixture
def roles():
    """The parts of two partners that signed until the end of November."""
    mou = a_circulated_mou(ends_on=ENDS, notice_days=5)
    found = [an_accepted_part(mou) for _number in range(2)]
    locked(mou)
    for signature in Signature.objects.all():
        signed(signature)
    terms.sweep_terms(at=LATER)
    Mail.objects.all().delete()
    with time_machine.travel(LATER, tick=False):
        yield found


def address(name, role):
    return reverse(name, args=[role.mou.slug, role.organization.slug])


def told():
    return set(Mail.objects.values_list("address", flat=True))


def coordinators():
    return {person.primary_address for person in Person.objects.coordinators()}


def test_the_other_partners_are_told_that_one_leaves_but_not_why(roles):
    leaver, stayer = roles
    terms.give_notice(leaver, on=None, reason="Our secret", by=leaver.drafter, at=LATER)
    assert told() == {leaver.drafter.primary_address, stayer.drafter.primary_address} | coordinators()
    mail = Mail.objects.get(address=stayer.drafter.primary_address)
    assert f"{leaver.organization} is withdrawing from" in mail.subject
    assert "Our secret" not in mail.text


def test_a_contact_without_a_part_gives_notice_once_that_is_confirmed(client, roles):
    role, contact = roles[0], a_user().person
    a_position(contact, organization=role.organization, is_contact=True)
    log_in(client, contact)
    home = client.get(reverse("mine_of", args=[role.organization.slug]))
    assert address("mou_withdraw", role) in home.content.decode()
    given = {"reason": "Merged"}
    asked = client.post(address("mou_withdraw", role), given)
    assert (asked.status_code, "Check the box to confirm." in words(asked)) == (422, True)
    assert "Merged" in words(asked)
    client.post(address("mou_withdraw", role), {**given, "sure": "on"})
    role.refresh_from_db()
    assert role.withdrawn_on == local_day(LATER) + timedelta(days=5)
    assert "Withdraws from Sun, Sep 13, 2020 on." in words(client.get(home.request["PATH_INFO"]))


def test_who_only_drafts_gives_no_notice_and_others_do_not_find_the_page(client, roles):
    role, other = roles
    drafter = a_user().person
    role.drafter = drafter
    role.save()
    found = [
        log_in(client, person).get(address("mou_withdraw", role)).status_code
        for person in (drafter, other.drafter, boss(role.mou))
    ]
    assert found == [403, 404, 200]


def test_whether_one_renews_is_said_where_the_page_of_the_partner_leads(client, roles):
    role = roles[0]
    log_in(client, role.drafter)
    home = reverse("mine_of", args=[role.organization.slug])
    assert address("mou_renewal", role) in client.get(home).content.decode()
    assert "ends on Mon, Nov 30, 2020" in words(client.get(address("mou_renewal", role)))
    assert client.post(address("mou_renewal", role), {}).status_code == 422
    client.post(address("mou_renewal", role), {"renews": "yes", "note": "The board agrees"})
    role.refresh_from_db()
    assert (role.renews, role.renews_after) == (True, ENDS)
    assert address("mou_renewal", role) not in client.get(home).content.decode()
    assert told() == coordinators()
    assert "The board agrees" in Mail.objects.first().text
    page = words(log_in(client, boss(role.mou)).get(reverse("mou_term", args=[role.mou.slug])))
    assert f"{role.organization} plans to, after Mon, Nov 30, 2020" in page


def test_one_may_think_again_and_the_same_again_tells_nobody(roles):
    role = roles[0]
    for renews in (True, True, False):
        role = renewing.say_renewal(role, renews=renews, note="", by=role.drafter, at=LATER + DAY * renews)
    assert role.renews is False
    subjects = [mail.subject for mail in Mail.objects.order_by("pk")]
    assert len(subjects) == 2 * len(coordinators())


def test_what_was_said_counts_for_its_own_term_only(roles):
    role = renewing.say_renewal(roles[0], renews=True, note="", by=roles[0].drafter, at=LATER)
    assert [renewing.has_said(role, last=day) for day in (ENDS, ENDS + DAY)] == [True, False]


def test_nothing_is_renewed_that_does_not_end_or_that_one_leaves(roles):
    role = terms.give_notice(roles[0], on=None, reason="Merged", by=roles[0].drafter, at=LATER)
    with pytest.raises(MouRefused, match="You gave notice"):
        renewing.say_renewal(role, renews=True, note="", by=role.drafter, at=LATER)
    mou = a_circulated_mou()
    endless = an_accepted_part(mou)
    locked(mou)
    signed(Signature.objects.asked().get())
    with pytest.raises(MouRefused, match="has a last day"):
        renewing.say_renewal(endless, renews=True, note="", by=endless.drafter, at=LATER)


def test_the_taker_is_told_when_a_term_is_over_and_its_match_rests(roles):
    giver, taker = roles
    match = a_match(
        a_need(organization=taker.organization),
        a_contribution(organization=giver.organization),
        state="confirmed",
    )
    Mail.objects.all().delete()
    with jobs.finishing():
        taking_effect.end_partnership(MouRole.objects.get(pk=giver.pk), by=terms.SWEEP, at=LATER)
    assert Match.objects.get().state == "confirmed"
    paused = Mail.objects.get(key__startswith="match_rests")
    assert (paused.address, match.need.category.name in paused.subject) == (
        taker.drafter.primary_address,
        True,
    )


def test_the_reminder_leads_a_contact_to_where_it_can_be_said(roles):
    terms.sweep_terms(at=NOW.replace(month=10, day=2, hour=18))
    mails = {mail.address: mail.text for mail in Mail.objects.filter(key__startswith="mou_renewal")}
    leads = {
        address: [role.organization.slug for role in roles if f"/{role.organization.slug}/renewal/" in text]
        for address, text in mails.items()
    }
    own = {role.drafter.primary_address: [role.organization.slug] for role in roles}
    assert leads == own | {key: [] for key in coordinators()}


def test_who_signs_a_renewal_goes_on_with_its_matches(roles):
    giver, taker = roles
    both = a_need(organization=taker.organization), a_contribution(organization=giver.organization)
    match = a_match(*both, state="confirmed")
    with jobs.finishing():
        taking_effect.end_partnership(MouRole.objects.get(pk=giver.pk), by=terms.SWEEP, at=LATER)
    Mail.objects.all().delete()
    bond = binding.bond(MouRole.objects.get(pk=giver.pk), on=local_day(LATER))
    with jobs.finishing():
        taking_effect.bring(bond, by=terms.SWEEP, at=LATER)
    back = Mail.objects.get(key__startswith="match_goes_on")
    assert (back.address, str(match.need.category) in back.subject) == (taker.drafter.primary_address, True)
