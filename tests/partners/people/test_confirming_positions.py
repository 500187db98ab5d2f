"""Whether somebody works where they say: asked, answered, and what it opens."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from partners.models import MouRole, NotHere, PersonEmail, sees_needs
from partners.people.domain import confirming_positions
from partners.people.exceptions import ConfirmationRefused
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_contact,
    a_coordinator,
    a_part,
    a_person,
    a_position,
    a_user,
    an_organization,
)

pytestmark = pytest.mark.django_db
DAY = NOW.date()
CLAIMED = {"confirmed_at": None}


def a_claimant(organization=None, **fields):
    person = a_user().person
    a_position(person, organization=organization or an_organization(), **{**CLAIMED, **fields})
    return person


def refused_row(home):
    again_on = timezone.localdate() + timedelta(days=3)
    return NotHere.objects.create(
        person=a_person(), organization=home, by=a_person(), at=NOW, again_on=again_on
    )


def ask(person):
    return confirming_positions.ask_to_confirm(person, at=NOW, today=DAY)


def answer(client, who, organization, person, said="yes"):
    client.force_login(who.user)
    url = reverse("mine_colleague_judge", args=[organization.slug, person.uid])
    return client.post(url, {"answer": said}, follow=True)


def test_who_only_says_that_they_work_at_a_partner_sees_no_needs():
    assert not sees_needs(a_claimant())


def test_asking_alone_opens_nothing():
    person = a_claimant()
    ask(person)
    assert not sees_needs(person)


@pytest.mark.parametrize("named", ["lead_contact", "drafter"])
def test_whoever_is_named_in_a_part_needs_no_confirmation(named):
    home, person = an_organization(), a_user().person
    MouRole.objects.filter(pk=a_part(organization=home).pk).update(**{named: person})
    home.stage = "partner"
    home.save()
    assert sees_needs(person)


@pytest.mark.parametrize(("proved", "sees"), [(True, True), (False, False)])
def test_a_signatory_sees_needs_once_the_address_is_proved(proved, sees):
    person = a_user().person
    PersonEmail.objects.filter(person=person).update(address="head@example.org")
    if not proved:
        PersonEmail.objects.filter(person=person).update(verified_at=None)
    a_contact(an_organization())
    MouRole.objects.update(signatory_email="Head@example.org")
    assert sees_needs(person) is sees


def test_a_confirmed_teacher_of_a_school_of_a_partner_sees_needs():
    school = an_organization(part_of=an_organization(), stage="none")
    assert sees_needs(a_claimant(school, confirmed_at=NOW))


def test_asking_writes_to_the_lead_contact_of_the_whole():
    district = an_organization()
    contact = a_contact(district)
    ask(a_claimant(an_organization(part_of=district, stage="none")))
    assert list(Mail.objects.filter(key__startswith="confirm:").values_list("address", flat=True)) == [
        contact.primary_address
    ]


def test_asking_writes_to_coordinators_where_there_is_no_contact():
    coordinator = a_coordinator()
    ask(a_claimant())
    assert [mail.address for mail in Mail.objects.all()] == [coordinator.primary_address]


def test_asking_twice_is_refused_and_writes_once():
    a_coordinator()
    person = a_claimant()
    ask(person)
    with pytest.raises(ConfirmationRefused):
        ask(person)
    assert Mail.objects.count() == 1


def test_nobody_asks_for_a_place_that_is_no_partner():
    with pytest.raises(ConfirmationRefused):
        ask(a_claimant(an_organization(stage="invited")))


def test_a_lead_contact_confirms_who_asked(client):
    home = an_organization()
    contact, person = a_contact(home), a_claimant(home, asked_at=NOW)
    answer(client, contact, home, person)
    assert (sees_needs(person), person.positions.get().confirmed_by) == (True, contact)


def test_a_coordinator_confirms_who_asked(client):
    home = an_organization()
    person = a_claimant(home, asked_at=NOW)
    answer(client, a_coordinator(), home, person)
    assert sees_needs(person)


def test_a_confirmation_is_taken_back(client):
    home = an_organization()
    person = a_claimant(home, confirmed_at=NOW)
    answer(client, a_contact(home), home, person, "no")
    assert not sees_needs(person)


def refused(home, *, on=NOW):
    """Somebody who asked and got a no."""
    person = a_claimant(home, asked_at=on)
    by = a_contact(home)
    confirming_positions.refuse(home, person, by=by, at=on, today=on.date())
    return person, by


@pytest.mark.parametrize(("days", "asks"), [(0, False), (29, False), (30, True)])
def test_who_was_refused_asks_again_after_30_days(days, asks):
    person, _by = refused(an_organization())
    before, later = Mail.objects.count(), NOW + timedelta(days=days)
    try:
        confirming_positions.ask_to_confirm(person, at=later, today=later.date())
    except ConfirmationRefused as refusal:
        assert "You can ask again on Wed, Oct 7, 2020" in str(refusal)
    assert (Mail.objects.count() > before) is asks


def test_a_new_position_at_the_same_place_is_no_way_around(client):
    home = an_organization()
    person, _by = refused(home)
    person.positions.update(ended_on=DAY - timedelta(days=1))
    school = an_organization(part_of=home, stage="none")
    a_position(person, organization=school, **CLAIMED)
    with pytest.raises(ConfirmationRefused, match="said that you don't work there"):
        ask(person)


def test_who_was_refused_at_one_partner_asks_at_another():
    person, _by = refused(an_organization())
    other = a_position(person, organization=an_organization(), **CLAIMED)
    assert ask(person) == [other]


@time_machine.travel(NOW)
def test_a_contact_lets_who_was_refused_ask_at_once(client):
    home = an_organization()
    person, by = refused(home)
    answer(client, by, home, person, "again")
    row = NotHere.objects.get()
    assert (row.lifted_by, ask(person)) == (by, list(person.positions.all()))


@time_machine.travel(NOW)
def test_the_contact_sees_who_was_refused_and_until_when(client):
    home = an_organization()
    person, by = refused(home)
    client.force_login(by.user)
    page = client.get(reverse("mine_colleagues", args=[home.slug])).content.decode()
    assert (str(person) in page, "They can ask again on Wed, Oct 7, 2020" in page) == (True, True)


@time_machine.travel(NOW)
def test_who_was_refused_reads_when_they_may_ask_again(client):
    person, _by = refused(an_organization())
    client.force_login(person.user)
    for name in ("matrix", "profile"):
        page = client.get(reverse(name)).content.decode()
        assert (reverse("ask_to_be_confirmed") in page, "Wed, Oct 7, 2020" in page) == (False, True)


def test_no_answer_is_no_no(client):
    home = an_organization()
    person = a_claimant(home, asked_at=NOW)
    answer(client, a_contact(home), home, person, "")
    assert (person.positions.get().asked_at, NotHere.objects.count()) == (NOW, 0)


def test_who_did_not_ask_is_neither_shown_nor_confirmed(client):
    home = an_organization()
    person = a_claimant(home)
    page = answer(client, a_contact(home), home, person).content.decode()
    assert (str(person) in page, sees_needs(person)) == (False, False)


@pytest.mark.parametrize("who", ["other contact", "drafter", "claimant"])
def test_nobody_else_confirms(client, who):
    home = an_organization()
    person = a_claimant(home, asked_at=NOW)
    contact = a_contact(an_organization() if who == "other contact" else home)
    if who == "drafter":
        MouRole.objects.update(lead_contact=None, drafter=contact)
    assert answer(client, person if who == "claimant" else contact, home, person).status_code == 404


def test_the_page_of_needs_offers_to_ask(client):
    person = a_claimant()
    client.force_login(person.user)
    assert reverse("ask_to_be_confirmed") in client.get(reverse("matrix")).content.decode()


def test_the_page_of_needs_says_that_it_was_asked(client):
    person = a_claimant()
    client.force_login(person.user)
    client.post(reverse("ask_to_be_confirmed"))
    assert [row.person for row in client.get(reverse("matrix")).context["claims"].waiting] == [person]


def test_mine_tells_the_lead_contact_that_somebody_waits(client):
    home = an_organization()
    contact = a_contact(home)
    a_claimant(home, asked_at=NOW)
    client.force_login(contact.user)
    page = client.get(reverse("mine_of", args=[home.slug])).content.decode()
    assert "1 person is asking you to confirm" in page


def test_the_directory_names_nobody_unconfirmed(client):
    home = an_organization()
    a_claimant(home, public=True)
    assert client.get(reverse("partner", args=[home.slug])).context["organization"].listed == []


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize("name", ["mine_colleagues", "people_to_confirm"])
def test_lists_ask_few_questions(client, django_assert_max_num_queries, name, rows):
    home = an_organization()
    for _number in range(rows):
        a_position(a_person(), organization=home, confirmed_at=None, asked_at=NOW)
        a_position(a_person(), organization=home, confirmed_by=a_person())
        refused_row(home)
    client.force_login(a_coordinator().user)
    with django_assert_max_num_queries(24):
        client.get(reverse(name, args=[home.slug] if name == "mine_colleagues" else []))


def test_the_profile_offers_to_ask_where_nobody_confirmed(client):
    person = a_claimant()
    client.force_login(person.user)
    before = client.get(reverse("profile")).content.decode()
    person.positions.update(confirmed_at=NOW)
    after = client.get(reverse("profile")).content.decode()
    url = reverse("ask_to_be_confirmed")
    assert (url in before, url in after) == (True, False)
