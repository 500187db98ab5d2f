"""Topics from a proposal to what became of it, and votes that never exceed what each person has."""

from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.models import Meeting
from meetings.planning.domain.plans import MeetingPlan
from partners.merging.domain import merging
from partners.people.domain import deletion
from registrations.models import Proposal, Report, Vote
from registrations.seats.domain import withdrawing
from registrations.together.domain import comments, deciding, reports, topics
from registrations.together.exceptions import AskedBefore, HidingRefused, TopicRefused
from stemnet.models import Mail
from tests.factories import NOW, SWEEP, a_coordinator, a_meeting, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db
TITLES = ["Phenomena for grade 5", "Scheduling science", "Equitable assessment", "Robots", "Family evenings"]


def a_board(network, *, votes_each=3, closes_at=None):
    return topics.set_up(network, votes_each=votes_each, closes_at=closes_at, by=SWEEP, at=NOW)


def a_network_that_asks(**fields):
    network = a_network(meetings=0)
    a_board(network, **fields)
    return network


def propose(seat, title=TITLES[0], *, anyway=False, at=NOW, **fields):
    asked = topics.Asked(**{"uid": uuid4(), "title": title, **fields})
    return topics.propose(seat, asked, anyway=anyway, at=at)


def number_of(proposal):
    return Proposal.objects.with_votes().get(pk=proposal.pk).number


def a_plan(**fields):
    on = (NOW + timedelta(days=40)).date()
    plain = {"title": "About it", "on": on, "start_time": time(9), "end_time": time(11)}
    return MeetingPlan(**{**plain, **fields})


@pytest.fixture
def seats():
    network = a_network_that_asks()
    return [a_registration(network, a_user().person) for _each in range(3)]


def test_the_same_topic_leads_to_what_was_proposed(seats):
    first = propose(seats[0])
    with pytest.raises(AskedBefore) as same:
        propose(seats[1], "PHENOMENA, for grade 5", anyway=True)
    assert (same.value.found, same.value.is_same) == ([first], True)


def test_a_topic_that_sounds_alike_is_shown_and_can_be_proposed_anyway(seats):
    first = propose(seats[0])
    with pytest.raises(AskedBefore) as alike:
        propose(seats[1], "Choosing a phenomenon for a grade")
    assert alike.value.found == [first]
    assert propose(seats[1], "Choosing a phenomenon for a grade", anyway=True)


def test_the_database_refuses_the_same_open_title_twice(seats):
    first = propose(seats[0])
    twin = {"network": first.network, "registration": seats[1], "title": first.title, "proposed_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.create(**twin)


def test_a_form_sent_twice_proposes_once(seats):
    uid = uuid4()
    assert propose(seats[0], uid=uid) == propose(seats[0], uid=uid)


def test_a_uid_of_what_is_there_makes_another_topic_and_another_comment(seats):
    topic = propose(seats[0])
    other = propose(seats[1], TITLES[1], uid=topic.uid)
    comment = comments.say(topic, "Yes", uid=uuid4(), by=seats[0].person, at=NOW)
    again = comments.say(topic, "No", uid=comment.uid, by=seats[1].person, at=NOW)
    assert len({topic.uid, other.uid, comment.uid, again.uid}) == 4


def test_who_left_is_told_of_the_answer_with_a_link_that_they_can_open(client, seats):
    topic = propose(seats[0])
    withdrawing.leave_network(seats[0], by=seats[0].person, at=NOW)
    deciding.answer(topic, "The county does this in May.", by=SWEEP, at=NOW)
    mail = Mail.objects.get(key=f"topic_decided:{topic.uid}")
    assert "The county does this in May." in mail.text
    assert topic.get_absolute_url() not in mail.text
    assert topic.network.get_absolute_url() in mail.text


def test_a_fourth_vote_is_refused_until_one_is_taken_back(seats):
    found = [propose(seats[0], title) for title in TITLES[:4]]
    for one in found[:3]:
        topics.vote(one, seat=seats[1], at=NOW)
    with pytest.raises(TopicRefused, match="cast all 3"):
        topics.vote(found[3], seat=seats[1], at=NOW)
    topics.take_vote_back(found[0], seat=seats[1], at=NOW)
    topics.vote(found[3], seat=seats[1], at=NOW)
    assert [number_of(one) for one in found] == [0, 1, 1, 1]


def test_voting_twice_for_one_topic_is_one_vote(seats):
    topic = propose(seats[0])
    topics.vote(topic, seat=seats[1], at=NOW)
    topics.vote(topic, seat=seats[1], at=NOW)
    assert number_of(topic) == 1


def test_after_closing_nobody_votes_or_takes_a_vote_back():
    network = a_network_that_asks(closes_at=NOW + timedelta(days=1))
    seat, later = a_registration(network), NOW + timedelta(days=1)
    topic = propose(seat)
    topics.vote(topic, seat=seat, at=NOW)
    for act in (topics.vote, topics.take_vote_back):
        with pytest.raises(TopicRefused, match="closed"):
            act(topic, seat=seat, at=later)
    assert number_of(topic) == 1


def test_a_vote_leaves_with_whoever_leaves_the_network(seats):
    topic = propose(seats[0])
    topics.vote(topic, seat=seats[1], at=NOW)
    withdrawing.leave_network(seats[1], by=seats[1].person, at=NOW)
    assert number_of(topic) == 0


def test_nobody_is_left_with_more_votes_cast_than_they_have(seats):
    for title in TITLES[:2]:
        topics.vote(propose(seats[0], title), seat=seats[1], at=NOW)
    with pytest.raises(TopicRefused, match="cast 2 votes"):
        a_board(seats[0].network, votes_each=1)


def test_a_topic_becomes_a_meeting_and_its_votes_are_free_again(seats):
    topic, by = propose(seats[0]), a_coordinator()
    topics.vote(topic, seat=seats[1], at=NOW)
    meeting = deciding.plan(topic, a_plan(), by=by, at=NOW)
    topic.refresh_from_db()
    assert (topic.state, topic.meeting, number_of(topic)) == ("planned", meeting, 1)
    assert topics.votes_left(topic.network.board, seats[1]) == 3
    mail = Mail.objects.get(key=f"topic_decided:{topic.uid}")
    assert (mail.address, topic.title in mail.subject) == (seats[0].person.primary_address, True)


def test_a_topic_is_decided_once(seats):
    topic, by = propose(seats[0]), a_coordinator()
    deciding.plan(topic, a_plan(), by=by, at=NOW)
    with pytest.raises(TopicRefused):
        deciding.plan(topic, a_plan(title="Again"), by=by, at=NOW)
    assert Meeting.objects.count() == 1


def test_a_topic_is_put_only_on_a_meeting_of_its_network_to_come(seats):
    topic = propose(seats[0])
    with pytest.raises(TopicRefused):
        deciding.put_on(topic, a_meeting(a_network(meetings=0)), by=SWEEP, at=NOW)
    topics.vote(topic, seat=seats[1], at=NOW)
    topics.vote(topic, seat=seats[0], at=NOW)
    topics.vote(topic, seat=seats[2], at=NOW)
    withdrawing.leave_network(seats[2], by=seats[2].person, at=NOW)
    meeting = a_meeting(topic.network)
    deciding.put_on(topic, meeting, by=SWEEP, at=NOW)
    told = Mail.objects.filter(key__startswith=f"topic_put_on:{topic.uid}")
    assert [mail.address for mail in told] == [seats[1].person.primary_address]
    assert meeting.get_absolute_url() in told[0].text
    assert Proposal.objects.get(pk=topic.pk).state == "planned"


def test_joined_topics_have_each_persons_vote_once(seats):
    one, other = (propose(seats[0], title) for title in TITLES[:2])
    for seat, topic in ((seats[1], one), (seats[1], other), (seats[2], one)):
        topics.vote(topic, seat=seat, at=NOW)
    deciding.merge(one, other, by=SWEEP, at=NOW)
    assert (number_of(other), topics.votes_left(other.network.board, seats[1])) == (2, 2)


def test_an_answer_says_why(seats):
    topic = propose(seats[0])
    deciding.answer(topic, "The county does this in May.", by=SWEEP, at=NOW)
    assert "The county does this in May." in Mail.objects.get(key=f"topic_decided:{topic.uid}").text


def test_who_proposed_takes_back_only_what_nobody_else_cares_about(seats):
    topic, other = propose(seats[0]), propose(seats[0], TITLES[1])
    topics.vote(topic, seat=seats[1], at=NOW)
    with pytest.raises(TopicRefused):
        topics.withdraw(topic, seat=seats[0])
    topics.withdraw(other, seat=seats[0])
    assert list(Proposal.objects.all()) == [topic]


def test_a_hidden_topic_frees_its_votes_and_takes_none(seats):
    topic = propose(seats[0])
    topics.vote(topic, seat=seats[1], at=NOW)
    reports.hide(topic, reason="An advertisement", by=SWEEP, at=NOW)
    assert topics.votes_left(topic.network.board, seats[1]) == 3
    with pytest.raises(TopicRefused):
        topics.vote(topic, seat=seats[2], at=NOW)


def test_a_hidden_topic_that_was_proposed_anew_stays_hidden(seats):
    topic = propose(seats[0])
    reports.hide(topic, reason="An advertisement", by=SWEEP, at=NOW)
    propose(seats[1])
    with pytest.raises(HidingRefused):
        reports.show_again(topic)


def test_merged_people_never_have_more_votes_than_one(seats):
    found = [propose(seats[0], title) for title in TITLES[:4]]
    for one in found[:3]:
        topics.vote(one, seat=seats[1], at=NOW)
    for one in found[2:]:
        topics.vote(one, seat=seats[2], at=NOW)
    kept, gone = seats[1].person, seats[2].person
    done = merging.merge_people(kept=kept, gone=gone, take=set(), by=a_coordinator(), at=NOW)
    assert [number_of(one) for one in found] == [1, 1, 1, 0]
    merging.undo(done, at=NOW)
    assert [number_of(one) for one in found] == [1, 1, 2, 1]


def test_a_deleted_person_leaves_a_topic_without_a_name(seats):
    topic = propose(seats[0])
    topics.vote(topic, seat=seats[0], at=NOW)
    comments.say(topic, "Please", uid=uuid4(), by=seats[0].person, at=NOW)
    deletion.remove_person(seats[0].person, by=seats[0].person, at=NOW)
    topic = Proposal.objects.get(pk=topic.pk)
    assert (str(topic.registration.person), topic.comments.count(), Vote.objects.count()) == (
        "Removed person", 0, 0,
    )  # fmt: skip
    deciding.answer(topic, "Later", by=SWEEP, at=NOW)


def test_a_hidden_comment_says_so_and_why(client, seats):
    topic = propose(seats[0])
    comment = comments.say(topic, "<script>bad</script>", uid=uuid4(), by=seats[1].person, at=NOW)
    client.force_login(seats[0].person.user)
    page = topic.get_absolute_url()
    assert "&lt;script&gt;bad" in client.get(page).content.decode()
    answer = client.post(
        reverse("report_new", args=[topic.network.slug, "comment", comment.uid]), {"reason": "Rude"}
    )
    assert (answer.status_code, Report.objects.get().comment) == (302, comment)
    client.force_login(a_coordinator().user)
    client.post(
        reverse("network_hide", args=[topic.network.slug, "comment", comment.uid]), {"reason": "Rude"}
    )
    shown = client.get(page).content.decode()
    assert ("Hidden by the staff: Rude" in shown, "script&gt;bad" in shown) == (True, False)


def test_the_title_of_a_topic_that_staff_hid_is_not_told_where_another_became_part_of_it(client, seats):
    one, other = (propose(seats[0], title) for title in TITLES[:2])
    deciding.merge(one, other, by=SWEEP, at=NOW)
    reports.hide(other, reason="An advertisement", by=SWEEP, at=NOW)
    client.force_login(seats[1].person.user)
    done = reverse("network_topics", args=[one.network.slug]) + "?show=done"
    pages = [client.get(address).content.decode() for address in (one.get_absolute_url(), done)]
    assert [(TITLES[1] in page, "a topic that the staff hid" in page) for page in pages] == [
        (False, True)
    ] * 2


def test_voting_on_the_page(client, seats):
    topic = propose(seats[0])
    client.force_login(seats[1].person.user)
    act = reverse("topic_vote", args=[topic.network.slug, topic.uid])
    page = client.post(act, follow=True).content.decode()
    assert ("You have 2 of 3 votes left." in page, number_of(topic)) == (True, 1)
    client.post(act, {"undo": "1"})
    assert number_of(topic) == 0


def test_what_is_typed_comes_back_with_what_was_proposed_already(client, seats):
    topic = propose(seats[0])
    client.force_login(seats[1].person.user)
    typed = {"kind": "need", "title": topic.title, "words": "We need it."}
    answer = client.post(reverse("topic_new", args=[topic.network.slug]), typed)
    page = answer.content.decode()
    assert (answer.status_code, "We need it." in page, topic.get_absolute_url() in page) == (422, True, True)


def test_the_list_asks_equally_often_for_one_topic_and_for_thirty(client, django_assert_num_queries, seats):
    network = seats[0].network
    client.force_login(seats[0].person.user)
    page = reverse("network_topics", args=[network.slug])
    topics.vote(propose(seats[0]), seat=seats[0], at=NOW)
    client.get(page)
    with CaptureQueriesContext(connection) as one:
        client.get(page)
    for number in range(29):
        other = a_registration(network)
        topics.vote(propose(other, f"Number {number}", anyway=True), seat=other, at=NOW)
    with django_assert_num_queries(len(one)):
        answer = client.get(page)
    assert len(answer.context["rows"]) == 30


def test_a_topic_is_proposed_on_its_page(client, seats):
    client.force_login(seats[1].person.user)
    answer = client.post(
        reverse("topic_new", args=[seats[1].network.slug]), {"kind": "topic", "title": "Robots"}
    )
    assert (answer.status_code, Proposal.objects.get().title) == (302, "Robots")
    page = client.get(answer["Location"]).content.decode()
    assert 'Vote<span class="visually-hidden">: Robots</span>' in page


def test_a_topic_that_was_withdrawn_meanwhile_says_so(seats):
    proposal = propose(seats[0])
    topics.withdraw(proposal.__class__.objects.get(pk=proposal.pk), seat=seats[0])
    with pytest.raises(TopicRefused, match="withdrawn"):
        topics.vote(proposal, seat=seats[1], at=NOW)
