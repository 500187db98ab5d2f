"""Giving a seat to a colleague: asked, taken, declined, taken back; limits, and pages of bad links."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from meetings.models import Commitment, CommitmentVersion
from partners.models import Person
from registrations.models import Acceptance, Registration, Reservation
from registrations.seats.domain import replacing, seats, withdrawing
from registrations.seats.domain.answers import Answers
from registrations.seats.emails.replacing import token_of
from registrations.seats.exceptions import ReplacementOver, ReplacementRefused
from stemnet.models import Mail
from tests.factories import (
    NOW,
    SWEEP,
    a_group,
    a_network,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_attendance,
    an_organization,
)

pytestmark = pytest.mark.django_db
ADDRESS = "bo@example.org"


def asked(registration, address=ADDRESS, *, at=NOW, **fields):
    who = {"address": address, "first_name": "Bo", "last_name": "Reis", **fields}
    return replacing.ask(registration, **who, at=at)


def answers(**fields):
    return Answers(**{"address": ADDRESS, "first_name": "Bo", "last_name": "Reis", **fields})


def status_of(registration):
    return Registration.objects.get(pk=registration.pk).status


def mails(address):
    rows = Mail.objects.filter(address=address).order_by("pk")
    return [mail.template.rpartition("/")[2] for mail in rows]


@pytest.fixture
def mine():
    return a_registration(a_network(seats=1), a_user().person)


def test_the_seat_stays_with_its_giver_until_the_colleague_takes_it(mine):
    waits = a_registration(mine.network)
    one = asked(mine)
    assert (status_of(mine), mails(ADDRESS)) == ("seated", ["seat_passed_on"])
    taken = replacing.accept(one, answers(), at=NOW)
    assert (status_of(mine), status_of(taken), status_of(waits)) == ("transferred", "seated", "waiting")
    assert taken.person.primary_address == ADDRESS
    assert mails(ADDRESS) == ["seat_passed_on", "registered"]
    assert mails(mine.person.primary_address) == ["seat_answered"]
    assert "METHOD:CANCEL" in Mail.objects.get(template__endswith="answered").attachments[0]["content"]


def test_both_have_history_with_the_reason_and_hours_stay_with_who_earned_them(mine):
    hours = an_attendance(mine, mine.network.meetings.get(), status="present", minutes_counted=60)
    mine.group_memberships.create(working_group=a_group(mine.network), joined_at=NOW)
    taken = replacing.accept(asked(mine, reason="New job"), answers(), at=NOW)
    change = mine.changes.last()
    assert (change.from_status, change.to_status) == ("seated", "transferred")
    assert change.reason == "Seat handed on to Bo Reis: New job"
    assert taken.changes.get().reason == f"Seat handed on by {mine.person}"
    hours.refresh_from_db()
    assert (hours.registration_id, taken.attendances.count()) == (mine.pk, 0)
    assert mine.group_memberships.current().count() == 0


def test_whoever_waits_gets_the_seat_and_leaves_the_line(mine):
    first, second = a_registration(mine.network), a_registration(mine.network)
    one = asked(mine, second.person.primary_address)
    assert replacing.accept(one, answers(), at=NOW) == second
    assert [status_of(each) for each in (mine, first, second)] == ["transferred", "waiting", "seated"]
    assert seats.occupied(mine.network, at=NOW) == 1


def test_whoever_has_a_seat_of_their_own_keeps_only_that():
    network = a_network(seats=2)
    mine, theirs = a_registration(network), a_registration(network)
    one = asked(mine, theirs.person.primary_address)
    with pytest.raises(ReplacementRefused, match="a seat of your own"):
        replacing.accept(one, answers(), at=NOW)
    assert (status_of(mine), status_of(theirs)) == ("seated", "seated")


def test_ones_own_address_is_refused(mine):
    with pytest.raises(ReplacementRefused, match="your own address"):
        asked(mine, mine.person.primary_address)


def test_the_same_colleague_twice_is_asked_once_and_another_after_taking_back(mine):
    one = asked(mine)
    assert (asked(mine), mails(ADDRESS)) == (one, ["seat_passed_on"])
    with pytest.raises(ReplacementRefused, match="You've asked Bo Reis already"):
        asked(mine, "cy@example.org")
    replacing.take_back(one, at=NOW)
    replacing.take_back(one, at=NOW)
    asked(mine, "cy@example.org")
    with pytest.raises(ReplacementOver, match="isn't giving this seat"):
        replacing.accept(one, answers(), at=NOW)


def test_after_a_week_it_has_expired_and_somebody_else_can_be_asked(mine):
    one, later = asked(mine), NOW + timedelta(days=7)
    with pytest.raises(ReplacementOver, match="expired"):
        replacing.accept(one, answers(), at=later)
    asked(mine, "cy@example.org", at=later)
    one.refresh_from_db()
    assert one.outcome == "expired"


def test_nobody_is_asked_more_than_five_times_a_day(mine):
    for number in range(5):
        replacing.take_back(asked(mine, f"p{number}@example.org"), at=NOW)
    with pytest.raises(ReplacementRefused, match="tomorrow"):
        asked(mine)


def test_declined_is_told_to_the_giver_who_keeps_the_seat(mine):
    one = asked(mine)
    replacing.decline(one, at=NOW)
    replacing.decline(one, at=NOW)
    assert (status_of(mine), mails(mine.person.primary_address)) == ("seated", ["seat_answered"])
    with pytest.raises(ReplacementOver, match="You said you can't come"):
        replacing.accept(one, answers(), at=NOW)


def test_not_after_the_last_meeting_and_not_in_a_session_or_a_cancelled_network(mine):
    end = mine.network.meetings.get().ends_at
    with pytest.raises(ReplacementOver, match="last meeting is over"):
        asked(mine, at=end)
    one = asked(mine, at=end - timedelta(hours=1))
    assert one.until == end
    type(mine.network).objects.filter(pk=mine.network_id).update(status="cancelled")
    with pytest.raises(ReplacementOver, match="isn't taking place"):
        asked(mine)
    with pytest.raises(ReplacementOver, match="register for this session"):
        asked(a_registration(a_network(kind="information_session", credit_code="", asks_evaluation=False)))


def test_whoever_left_or_waits_has_nothing_to_give(mine):
    waits = a_registration(mine.network)
    with pytest.raises(ReplacementRefused, match="don't have a seat"):
        asked(waits)
    one = asked(mine)
    withdrawing.leave_network(mine, by=SWEEP, at=NOW)
    with pytest.raises(ReplacementOver, match="isn't giving this seat"):
        replacing.accept(one, answers(), at=NOW)
    assert status_of(waits) == "seated"


def test_a_limit_holds_for_the_newcomer_as_if_the_giver_were_gone():
    there, elsewhere = an_organization(), an_organization()
    network = a_network(seats=9, each_organization=1)
    person = a_person()
    mine = a_registration(network, person, position=a_position(person, organization=there))
    other = a_person()
    a_registration(network, other, position=a_position(other, organization=elsewhere))
    one = asked(mine)
    with pytest.raises(ReplacementRefused, match="Your organization has its 1 seat"):
        replacing.accept(one, answers(organization=elsewhere.pk), at=NOW)
    assert status_of(mine) == "seated"
    assert replacing.accept(one, answers(organization=there.pk), at=NOW).is_seated


def test_a_reserved_seat_stays_with_its_organization():
    there, elsewhere, network = an_organization(), an_organization(), a_network(seats=1)
    reservation = Reservation.objects.create(
        network=network, organization=there, seats=1, made_at=NOW, by_name="Staff"
    )
    person = a_person()
    mine = a_registration(network, person, position=a_position(person, organization=there))
    assert mine.reservation == reservation
    one = asked(mine)
    with pytest.raises(ReplacementRefused, match="reserved for people from"):
        replacing.accept(one, answers(organization=elsewhere.pk), at=NOW)
    taken = replacing.accept(one, answers(organization=there.pk), at=NOW)
    assert (taken.reservation, seats.occupied(network, at=NOW)) == (reservation, 1)


def test_a_leader_is_told_of_the_new_designee(mine):
    leader = {"leader_name": "A. Leader", "leader_job": "Principal", "leader_email": "head@example.org"}
    replacing.accept(asked(mine), answers(**leader), at=NOW)
    assert mails("head@example.org") == ["designee"]


# Pages


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(registration):
    client = Client()
    client.force_login(registration.person.user)
    return client


def typed(**fields):
    plain = {"first_name": "Bo", "last_name": "Reis", "organization": "A district of its own"}
    return {**plain, "organization_choice": "-", "job": "coordinator", "attending": "self", **fields}


def link_of(one):
    return reverse("take_seat", args=[token_of(one)])


@pytest.mark.usefixtures("now")
def test_from_my_learning_to_the_colleagues_seat_without_an_account(mine, client):
    giver = signed_in(mine)
    learning = giver.get(reverse("learning_network", args=[mine.network.slug]))
    url = reverse("give_my_seat", args=[mine.network.slug])
    assert url in learning.content.decode()
    form = {"first_name": "Bo", "last_name": "Reis", "address": "Bo@Example.org", "reason": ""}
    for _twice in range(2):
        assert giver.post(url, form).status_code == 302
    assert "Keep my seat" in giver.get(url).content.decode()
    link = link_of(mine.replacements.get())
    assert link in Mail.objects.get(address=ADDRESS).text
    version = CommitmentVersion.objects.create(
        commitment=Commitment.objects.create(network=mine.network, required=True),
        number=1,
        text="Attend",
        written_at=NOW,
    )
    page = client.post(link, typed(shown=str(version.pk)))
    assert "This is" not in page.content.decode() and status_of(mine) == "seated"
    sent = typed(shown=str(version.pk), **{f"accept_{version.pk}": "on"})
    for _twice in range(2):
        page = client.post(link, sent, follow=True)
        assert (
            "You&#x27;re registered" in page.content.decode() or "You're registered" in page.content.decode()
        )
    assert Registration.objects.filter(network=mine.network).count() == 2
    assert Acceptance.objects.get().registration.person == Person.objects.holding(ADDRESS).get()
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("now")
def test_a_look_changes_nothing_and_a_decline_is_said_once_more(mine, client):
    one = asked(mine)
    assert f"{mine.person} wants to give you" in client.get(link_of(one)).content.decode()
    assert status_of(mine) == "seated"
    page = client.post(link_of(one), {"decline": "1"}, follow=True)
    assert "You said you can" in page.content.decode()
    assert (
        "t take your seat"
        in signed_in(mine).get(reverse("give_my_seat", args=[mine.network.slug])).content.decode()
    )


@pytest.mark.usefixtures("now")
def test_links_that_are_cut_off_used_taken_back_or_expired_say_so(client):
    mine = a_registration(a_network(meetings=3), a_user().person)
    one = asked(mine)
    cut = client.get(link_of(one)[:-3] + "/")
    assert (cut.status_code, "This link doesn" in cut.content.decode()) == (404, True)
    signed_in(mine).post(reverse("give_my_seat", args=[mine.network.slug]), {"keep": "1"})
    assert "giving this seat to anyone now" in client.get(link_of(one)).content.decode()
    two = asked(mine, "cy@example.org")
    with time_machine.travel(NOW + timedelta(days=8), tick=False):
        page = client.post(link_of(two), typed())
        assert "This link has expired" in page.content.decode()
        assert (
            "answer in time"
            in signed_in(mine).get(reverse("give_my_seat", args=[mine.network.slug])).content.decode()
        )
    assert status_of(mine) == "seated"


@pytest.mark.usefixtures("now")
def test_what_was_typed_stays_with_a_refusal(client):
    network = a_network()
    mine, theirs = a_registration(network), a_registration(network)
    page = client.post(link_of(asked(mine, theirs.person.primary_address)), typed(first_name="Bobby"))
    assert "a seat of your own" in page.content.decode() and "Bobby" in page.content.decode()


@pytest.mark.usefixtures("now")
def test_whoever_has_handed_on_is_sent_to_my_learning(mine):
    replacing.accept(asked(mine), answers(), at=NOW)
    page = signed_in(mine).get(reverse("give_my_seat", args=[mine.network.slug]), follow=True)
    assert page.redirect_chain[0][0] == reverse("learning_network", args=[mine.network.slug])
