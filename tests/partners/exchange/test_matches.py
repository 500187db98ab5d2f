"""Matches: proposed by the system and by people, introduced by mail, followed to delivered."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.exchange.domain import exchange, fitting, introducing
from partners.exchange.exceptions import ExchangeRefused
from partners.models import Category, Match, MouRole, Need, Organization
from stemnet.models import Mail
from stemnet.outbox.delivery import message
from tests.factories import (
    NOW,
    SWEEP,
    a_contact,
    a_coordinator,
    a_partnership,
    a_position,
    a_user,
    an_organization,
)
from tests.partners.offers import a_contribution, a_match, a_need, mentors

pytestmark = pytest.mark.django_db
TODAY = date(2020, 10, 1)
State = Match.State


@pytest.fixture
def match():
    """A proposed match whose two sides have a contact each; the coordinators' office has an address."""
    a_partnership(contact_email="office@example.org")
    one = a_match()
    a_contact(one.need.organization)
    a_contact(one.contribution.organization)
    return one


def contact(organization):
    return MouRole.objects.get(organization=organization).lead_contact


def act(client, match, what, person, **typed):
    client.force_login(person.user)
    return client.post(reverse("match_act", args=[match.uid, what]), typed)


def state(match):
    match.refresh_from_db()
    return match.state


@pytest.mark.parametrize(
    ("giver", "taker", "fits"),
    [
        ({}, {}, True),
        ({"region": "North"}, {"region": "North"}, True),
        ({"region": "North"}, {"region": "South"}, False),
        ({"region": "North"}, {}, True),
        ({"region": "North", "level": "state"}, {"region": "South"}, True),
    ],
)
def test_the_system_proposes_who_gives_in_the_region(giver, taker, fits):
    need = a_need(organization=an_organization(**taker))
    a_contribution(organization=an_organization(**giver))
    assert bool(list(fitting.fits_for(needs=[need], today=TODAY))) is fits


@pytest.mark.parametrize(
    ("window", "wanted_by", "fits"),
    [
        ({}, None, True),
        ({"available_until": date(2020, 9, 30)}, None, False),
        ({"available_until": TODAY}, None, True),
        ({"available_from": date(2021, 1, 2)}, date(2021, 1, 1), False),
        ({"available_from": date(2021, 1, 1)}, date(2021, 1, 1), True),
        ({"available_from": date(2021, 1, 1)}, None, True),
    ],
)
def test_the_system_proposes_what_is_there_in_time(window, wanted_by, fits):
    need = a_need(wanted_by=wanted_by)
    a_contribution(**window)
    assert bool(list(fitting.fits_for(needs=[need], today=TODAY))) is fits


def test_the_system_proposes_no_other_category_nor_oneself_nor_what_was_matched():
    need = a_need()
    a_contribution(Category.objects.exclude(code="mentor").first())
    a_contribution(organization=need.organization)
    a_match(need=need, state="dropped")
    assert list(fitting.fits_for(needs=[need], today=TODAY)) == []


def test_the_system_proposes_for_contributions_too_and_five_at_most():
    gift = a_contribution()
    for _need in range(7):
        a_need()
    assert len(list(fitting.fits_for(contributions=[gift], today=TODAY))) == 5


def test_a_person_takes_up_what_the_system_proposes(client):
    need, gift = a_need(), a_contribution()
    person = a_contact(need.organization)
    client.force_login(person.user)
    page = client.get(reverse("matches")).content.decode()
    assert "Suggested matches" in page
    assert str(gift.uid) in page
    answer = client.post(reverse("match_propose"), {"need": need.uid, "contribution": gift.uid})
    one = Match.objects.get()
    assert answer.url == reverse("match", args=[one.uid])
    assert (one.state, one.owner, one.changes.get().by) == (State.PROPOSED, person, person)


@pytest.mark.parametrize(("need", "gift"), [("", ""), ("x", "y"), ("need", "x")])
def test_nonsense_is_not_proposed(client, need, gift):
    here = a_need()
    client.force_login(a_contact(here.organization).user)
    typed = {"need": here.uid if need == "need" else need, "contribution": gift}
    assert client.post(reverse("match_propose"), typed).status_code == 404


def test_a_third_partner_does_not_bring_two_others_together(client):
    need, gift = a_need(), a_contribution()
    client.force_login(a_contact(an_organization()).user)
    answer = client.post(reverse("match_propose"), {"need": need.uid, "contribution": gift.uid})
    assert (answer.status_code, Match.objects.count()) == (403, 0)


def test_introducing_sends_one_mail_to_both_with_the_coordinator_in_copy(match):
    coordinator = a_coordinator()
    introducing.introduce(match, by=coordinator, at=NOW)
    taker, giver = contact(match.need.organization), contact(match.contribution.organization)
    letters = [message(mail).message() for mail in Mail.objects.all()]
    both = f"{taker.primary_address}, {giver.primary_address}"
    assert [letter["To"] for letter in letters] == [both] * 3
    assert {letter["Cc"] for letter in letters} == {"office@example.org"}
    assert {letter["Reply-To"] for letter in letters} == {f"{both}, office@example.org"}
    assert sorted(message(mail).to[0] for mail in Mail.objects.all()) == sorted(
        [taker.primary_address, giver.primary_address, "office@example.org"]
    )
    assert state(match) == State.INTRODUCED
    assert match.owner == coordinator


def test_introducing_twice_sends_no_second_mail(match):
    for _time in range(2):
        introducing.introduce(match, by=SWEEP, at=NOW)
    assert (Mail.objects.count(), match.changes.count()) == (3, 2)


def test_introducing_again_after_it_was_off_sends_new_mail(match):
    introducing.introduce(match, by=SWEEP, at=NOW)
    exchange.move_match(match, to=State.DROPPED, by=SWEEP, at=NOW, reason="Not now")
    exchange.propose_match(need=match.need, contribution=match.contribution, by=SWEEP, at=NOW)
    introducing.introduce(match, by=SWEEP, at=NOW)
    assert Mail.objects.filter(template="mail/partners/introduced").count() == 6


def test_a_partner_without_a_contact_is_not_introduced():
    match = a_match()
    with pytest.raises(ExchangeRefused, match="has no contact yet"):
        introducing.introduce(match, by=SWEEP, at=NOW)
    assert (state(match), Mail.objects.count()) == (State.PROPOSED, 0)


def test_what_was_typed_does_no_harm_in_the_mail(match):
    Need.objects.filter(pk=match.need_id).update(detail="<script>x</script>\nBcc: all@example.org")
    introducing.introduce(match, by=SWEEP, at=NOW)
    mail = Mail.objects.first()
    assert "<script>" not in mail.html
    assert "\n" not in mail.subject


def test_a_match_goes_all_the_way(client, match):
    taker, giver = contact(match.need.organization), contact(match.contribution.organization)
    steps = [("introduce", taker), ("confirm", giver), ("deliver", taker)]
    states = []
    for what, person in steps:
        act(client, match, what, person)
        states.append(state(match))
    assert states == [State.INTRODUCED, State.CONFIRMED, State.DELIVERED]
    assert [change.by for change in match.changes.exclude(from_status="")] == [taker, giver, taker]


def test_whoever_needs_does_not_confirm_for_whoever_gives(client, match):
    taker = contact(match.need.organization)
    assert act(client, match, "confirm", taker).status_code == 403
    assert act(client, match, "undo", taker).status_code == 403
    assert (state(match), list(Need.objects.gaps())) == (State.PROPOSED, [match.need])


def test_the_other_side_hears_that_it_is_confirmed_and_that_it_is_off(client, match):
    taker, giver = contact(match.need.organization), contact(match.contribution.organization)
    act(client, match, "confirm", giver)
    assert [mail.address for mail in Mail.objects.all()] == [taker.primary_address]
    act(client, match, "drop", giver, reason="The mentors moved away")
    told = Mail.objects.latest("pk")
    assert (told.address, "The mentors moved away" in told.text) == (taker.primary_address, True)


@pytest.mark.parametrize("what", ["introduce", "confirm"])
def test_nothing_is_promised_with_a_partner_that_left(client, match, what):
    giver = contact(match.contribution.organization)
    Organization.objects.filter(pk=match.need.organization_id).update(stage="former")
    client.force_login(giver.user)
    answer = client.post(reverse("match_act", args=[match.uid, what]), follow=True)
    assert "is no longer a partner" in answer.content.decode()
    assert state(match) == State.PROPOSED


def test_a_dropped_match_is_not_taken_up_with_a_partner_that_left(client, match):
    exchange.move_match(match, to=State.DROPPED, by=SWEEP, at=NOW, reason="Not now")
    Organization.objects.filter(pk=match.contribution.organization_id).update(stage="former")
    act(client, match, "again", contact(match.need.organization))
    assert state(match) == State.DROPPED


def test_the_page_and_the_mail_say_when_it_is_to_be_had_and_that_it_is_for_a_teacher(client):
    teacher = a_position(a_user(last_name="Secret").person).person
    need, gift = a_need(teacher=teacher), a_contribution(available_until=date(2020, 12, 1))
    match = a_match(need, gift)
    people = [a_contact(side.organization) for side in (need, gift)]
    client.force_login(people[1].user)
    page = client.get(reverse("match", args=[match.uid])).content.decode()
    introducing.introduce(match, by=SWEEP, at=NOW)
    mail = Mail.objects.first()
    assert ("until 1 Dec 2020" in page, "for a teacher" in page, "Secret" in page) == (True, True, False)
    assert ("until Tue, Dec 1, 2020" in mail.text, "Secret" in mail.text) == (True, False)


def test_dropping_asks_why(client, match):
    answer = act(client, match, "drop", contact(match.need.organization), reason=" ")
    assert (answer.status_code, state(match)) == (422, State.PROPOSED)


def test_a_step_that_can_not_follow_says_so(client, match):
    client.force_login(a_coordinator().user)
    answer = client.post(reverse("match_act", args=[match.uid, "deliver"]), follow=True)
    assert "can&#x27;t go from" in answer.content.decode()
    assert client.post(reverse("match_act", args=[match.uid, "dance"])).status_code == 404


def test_the_list_asks_no_more_for_thirty_matches_than_for_one(client):
    a_match()
    client.force_login(a_coordinator().user)
    client.get(reverse("matches"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("matches"))
    for _match in range(30):
        a_match()
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("matches"))
    assert len(many) <= len(few)  # many leave nothing to look for among contributions


def test_contacts_see_the_matches_of_their_own_partner_only(client, match):
    other = a_match()
    client.force_login(contact(match.need.organization).user)
    assert list(client.get(reverse("matches")).context["page_obj"]) == [match]
    assert client.get(reverse("match", args=[other.uid])).status_code == 404


@pytest.mark.parametrize("wanted", [*State.values, "nonsense"])
def test_the_list_is_narrowed_by_state(client, wanted):
    matches = {one: a_match(state="" if one == State.PROPOSED else one) for one in State.values}
    client.force_login(a_coordinator().user)
    shown = set(client.get(reverse("matches"), {"state": wanted}).context["page_obj"])
    everything = {one for one in matches.values() if one.state != State.DROPPED}
    assert shown == ({matches[wanted]} if wanted in matches else everything)


def test_a_contribution_withdrawn_meanwhile_is_not_proposed():
    need, gift = a_need(mentors()), a_contribution(mentors())
    exchange.withdraw_contribution(gift, by=SWEEP, at=NOW)
    with pytest.raises(ExchangeRefused, match="withdrawn"):
        exchange.propose_match(need=need, contribution=gift, by=SWEEP, at=NOW)  # gift as it was read before
