"""Matches that stand still: who is asked how it goes, when, and how often."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from partners.exchange.domain import exchange, match_reminders
from partners.models import Organization, User
from stemnet.models import Mail, MailClass
from tests.factories import NOW, SWEEP, a_position, a_user, an_organization
from tests.partners.offers import a_contribution, a_match, a_need

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


def a_partner(name, address):
    home = an_organization(name=name, stage="partner")
    a_position(a_user(address=address).person, organization=home, is_contact=True)
    return home


@pytest.fixture
def taker():
    return a_partner("Wareham", "taker@example.org")


@pytest.fixture
def giver():
    return a_partner("Sea Lab", "giver@example.org")


@pytest.fixture
def match(taker, giver):
    return a_match(a_need(organization=taker), a_contribution(organization=giver))


def asked(*, days):
    before = Mail.objects.count()
    at = NOW + timedelta(days=days)
    with time_machine.travel(at, tick=False):
        match_reminders.sweep_matches(at=at)
    return list(Mail.objects.order_by("pk")[before:])


def confirmed(match, *, days=0):
    match = exchange.move_match(match, to="confirmed", by=SWEEP, at=NOW + timedelta(days=days))
    Mail.objects.all().delete()
    return match


def test_who_gives_is_asked_once_after_thirty_days_whether_it_is_confirmed(match):
    assert asked(days=29) == []
    mail = asked(days=30)[0]
    assert (mail.address, mail.mail_class) == ("giver@example.org", MailClass.REMINDER)
    assert "Wareham needs “Mentors and STEM activities”, and Sea Lab may be able to provide it." in mail.text
    assert reverse("match", args=[match.uid]) in mail.text
    assert asked(days=31) == asked(days=40) == []


def test_both_are_asked_whether_a_confirmed_one_was_delivered(match):
    confirmed(match, days=5)
    assert asked(days=34) == []
    mails = asked(days=35)
    assert {mail.address for mail in mails} == {"giver@example.org", "taker@example.org"}
    assert all(
        "Sea Lab confirmed “Mentors and STEM activities” for Wareham. Was it delivered?" in mail.text
        for mail in mails
    )


def test_a_new_step_is_asked_about_anew(match):
    assert len(asked(days=30)) == 1
    confirmed(match, days=31)
    assert asked(days=60) == [] and len(asked(days=61)) == 2


def test_what_can_be_had_later_is_asked_about_later(match):
    confirmed(match)
    match.contribution.available_from = (NOW + timedelta(days=20)).date()
    match.contribution.save()
    assert asked(days=30) == [] and len(asked(days=50)) == 2


@pytest.mark.parametrize("state", ["delivered", "dropped"])
def test_what_is_over_is_not_asked_about(taker, giver, state):
    a_match(a_need(organization=taker), a_contribution(organization=giver), state=state)
    Mail.objects.all().delete()
    assert asked(days=31) == []


def test_a_partner_that_left_is_not_asked(match, taker):
    Organization.objects.filter(pk=taker.pk).update(stage="former")
    assert asked(days=31) == []


def test_a_clock_that_stood_still_for_long_mails_nobody(match):
    assert asked(days=60) == []


def test_one_mail_a_person_names_all_their_matches(giver, match):
    other = a_partner("Fall River", "other@example.org")
    a_match(a_need(organization=other), match.contribution)
    mail = asked(days=30)[0]
    assert mail.subject == "How are your 2 matches going?"
    assert "Wareham needs" in mail.text and "Fall River needs" in mail.text


def test_the_partners_own_page_asks_the_same(client, match, taker):
    confirmed(match)
    client.force_login(User.objects.get(person__emails__address="taker@example.org"))
    page = reverse("mine_of", args=[taker.slug])
    for days, there in ((29, False), (31, True)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            assert ("Was it delivered?" in client.get(page).content.decode()) is there
