"""Coming for a leader: a seat is held until they confirm by a code, refuse, or do not answer in time."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from registrations.models import Designation, Registration
from registrations.seats.domain import designating, designee_codes, registering, seats, waitlist, withdrawing
from registrations.seats.domain.answers import Answers
from registrations.seats.emails.designees import token_of
from registrations.seats.exceptions import DesignationOver
from stemnet.exceptions import CodeRefused, NoMoreTries, WrongCode
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db
LEADER = {
    "leader_name": "The superintendent",
    "leader_job": "Superintendent",
    "leader_email": "head@example.org",
}


def registered(network, person=None, *, at=NOW, **fields):
    person = person or a_user().person
    answers = Answers(first_name=person.first_name, last_name=person.last_name, **{**LEADER, **fields})
    return registering.register_person(network=network, person=person, answers=answers, at=at)


def codes(address="head@example.org"):
    mails = Mail.objects.filter(address=address, template__endswith="designee").order_by("pk")
    return [re.search(r"\b\d{6}\b", mail.text).group() for mail in mails]


def wrong():
    return "000000" if codes()[-1] != "000000" else "111111"


def mails(registration):
    rows = Mail.objects.filter(address=registration.person.primary_address).order_by("pk")
    return [mail.template.rpartition("/")[2] for mail in rows]


def status_of(registration):
    return Registration.objects.get(pk=registration.pk).status


@pytest.fixture
def mine():
    return registered(a_network(seats=1))


@pytest.fixture
def asked(mine):
    return Designation.objects.select_related("registration__network", "registration__person").get()


def test_until_the_leader_confirms_the_seat_is_only_held(mine, asked):
    assert (mine.status, mine.seated_at, seats.free_seats(mine.network, at=NOW)) == ("held", None, 0)
    assert mails(mine) == ["seat_held"]
    mail = Mail.objects.get(address="head@example.org")
    assert "for the whole year" in mail.text and mail.secret
    assert "need to do anything" not in mail.text
    first = mine.network.meetings.get()
    assert not Registration.objects.expected_at(first).exists()
    designating.confirm(asked, code=codes()[0], at=NOW)
    assert (status_of(mine), mails(mine)) == ("seated", ["seat_held", "registered"])
    assert Registration.objects.expected_at(first).get() == mine
    change = mine.changes.last()
    assert (change.from_status, change.to_status, change.by_name) == ("held", "seated", "The superintendent")


def test_a_refused_designee_hears_it_and_the_seat_goes_on(mine, asked):
    waits = a_registration(mine.network)
    designating.refuse(asked, code=codes()[0], at=NOW)
    assert (status_of(mine), status_of(waits)) == ("withdrawn", "seated")
    assert mails(mine) == ["seat_held", "designee_ended"]
    with pytest.raises(DesignationOver, match="You said that"):
        designating.confirm(asked.__class__.objects.get(), code=codes()[0], at=NOW)


def test_without_an_answer_it_ends_after_a_week_or_with_the_first_meeting(mine, asked):
    assert asked.until == NOW + timedelta(days=7)
    waits = a_registration(mine.network)
    assert designating.sweep_designations(at=asked.until - timedelta(seconds=1)) == 0
    assert [designating.sweep_designations(at=asked.until) for _twice in range(2)] == [1, 0]
    assert (status_of(mine), status_of(waits)) == ("withdrawn", "seated")
    assert "didn't confirm in time" in Mail.objects.get(template__endswith="designee_ended").text
    soon = mine.network.meetings.get().starts_at - timedelta(hours=3)
    late = registered(a_network(), at=soon)
    assert late.designations.get().until == soon + timedelta(hours=3)


def test_wrong_codes_run_out_and_a_new_one_works(mine, asked):
    for _try in range(5):
        with pytest.raises(CodeRefused):
            designating.confirm(asked, code=wrong(), at=NOW)
    with pytest.raises(NoMoreTries):
        designating.confirm(asked, code=codes()[0], at=NOW)
    designee_codes.send_again(Designation.objects.get(), at=NOW + timedelta(minutes=2))
    with pytest.raises(WrongCode):
        designating.confirm(asked, code=wrong(), at=NOW)
    designating.confirm(asked, code=codes()[-1], at=NOW)
    assert status_of(mine) == "seated"


def test_in_line_the_leader_is_asked_too_and_a_seat_that_comes_free_is_held():
    network = a_network(seats=1)
    first = a_registration(network)
    mine = registered(network)
    one = mine.designations.get()
    assert (mine.status, mails(mine), len(codes())) == ("waiting", ["waiting"], 1)
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    assert (status_of(mine), mails(mine)) == ("held", ["waiting", "seat_held"])
    designating.confirm(one, code=codes()[0], at=NOW)
    assert status_of(mine) == "seated"


def test_confirmed_in_line_a_seat_that_comes_free_is_theirs():
    network = a_network(seats=1)
    first = a_registration(network)
    mine = registered(network)
    designating.confirm(mine.designations.get(), code=codes()[0], at=NOW)
    assert status_of(mine) == "waiting"
    withdrawing.leave_network(first, by=SWEEP, at=NOW)
    assert (status_of(mine), mails(mine)) == ("seated", ["waiting", "seat_given"])


def test_leaving_ends_the_question_and_staff_can_seat_them_at_once(mine, asked):
    staffed = waitlist.give_seat(mine, by=SWEEP, at=NOW)
    assert staffed.is_seated
    withdrawing.leave_network(mine, by=SWEEP, at=NOW)
    with pytest.raises(DesignationOver, match="isn't coming anymore"):
        designating.confirm(Designation.objects.get(), code=codes()[0], at=NOW)


def test_who_comes_for_themselves_or_was_added_by_staff_needs_no_leader():
    network = a_network()
    assert registered(network, leader_name="", leader_email="").is_seated
    added = a_registration(network, over_seats_reason="by phone", **LEADER)
    assert added.is_seated and not added.designations.exists()


# Pages


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("now")
def test_the_leader_confirms_on_the_page_of_their_mail(mine, asked, client):
    link = reverse("designee", args=[token_of(asked)])
    assert link in Mail.objects.get(address="head@example.org").text
    page = client.get(link).content.decode()
    assert f"Is {mine.person} coming in your place?" in page and status_of(mine) == "held"
    page = client.post(link, {"code": wrong(), "confirm": "1"}).content.decode()
    assert "not the code we sent" in page
    for _twice in range(2):
        page = client.post(link, {"code": codes()[0], "confirm": "1"}, follow=True).content.decode()
        assert f"You confirmed that {mine.person} is coming in your place." in page
    assert (status_of(mine), mails(mine)) == ("seated", ["seat_held", "registered"])
    assert "_auth_user_id" not in client.session


@pytest.mark.usefixtures("now")
def test_a_second_code_comes_by_a_button_and_says_when_it_is_too_soon(mine, asked, client):
    link = reverse("designee", args=[token_of(asked)])
    for words in ("We sent a new code", "We&#x27;ve just sent|We just sent|seconds"):
        page = client.post(link, {"resend": "1"}, follow=True).content.decode()
        assert re.search(words, page)
    assert len(codes()) == 2


@pytest.mark.usefixtures("now")
def test_bad_links_each_have_their_page(mine, asked, client):
    link = reverse("designee", args=[token_of(asked)])
    cut = client.get(link[:-3] + "/")
    assert (cut.status_code, "This link doesn" in cut.content.decode()) == (404, True)
    other = Client()
    other.force_login(a_user())
    page = other.post(link, {"code": codes()[0], "confirm": "1"})
    assert (page.status_code, status_of(mine)) == (403, "held")
    with time_machine.travel(asked.until, tick=False):
        assert "This link has expired" in client.get(link).content.decode()
    designating.refuse(asked, code=codes()[0], at=NOW)
    assert "You said no" in client.get(link).content.decode()


@pytest.mark.usefixtures("now")
def test_the_designee_reads_everywhere_that_the_seat_is_held(mine, asked):
    client = Client()
    client.force_login(mine.person.user)
    for name in ("register", "network", "learning_network"):
        page = client.get(reverse(name, args=[mine.network.slug])).content.decode()
        assert "waitlist" not in page.replace("the waitlist?", "")
        assert "The superintendent confirms" in page or "Held until the leader confirms" in page
    page = client.get(reverse("leave_network", args=[mine.network.slug])).content.decode()
    assert "Leave this network?" in page
