"""Letters within a network: nobody sees an address that wasn't shown, and nobody gets more than they want."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from partners.merging.domain import merging
from registrations.models import Block, Card, Letter, Report
from registrations.seats.domain import withdrawing
from registrations.together.domain import cards, letters, reports
from registrations.together.domain.cards import CardWords
from registrations.together.exceptions import CardRefused, HidingRefused, LetterRefused
from stemnet.models import Mail
from tests.factories import NOW, a_coordinator, a_network, a_registration, a_user

pytestmark = pytest.mark.django_db


def a_card(network):
    return cards.show(a_registration(network, a_user().person), CardWords(), at=NOW)


def words(text="Hello", **fields):
    return letters.Words(**{"uid": uuid4(), "text": text, **fields})


def two_cards():
    network = a_network()
    return a_card(network), a_card(network)


def write(mine, yours, *, at=NOW, **fields):
    return letters.write(yours, words(**fields), seat=mine.registration, at=at)


def mail_of(letter):
    return Mail.objects.get(key=f"colleague_wrote:{letter.uid}")


def test_a_letter_shows_neither_address():
    mine, yours = two_cards()
    mail = mail_of(write(mine, yours))
    assert mail.address == yours.registration.person.primary_address
    assert "Reply-To" not in mail.headers
    assert mine.registration.person.primary_address not in mail.text + mail.html
    assert mail.secret


def test_whoever_shows_their_address_is_reached_there():
    mine, yours = two_cards()
    assert mine.registration.person.primary_address in mail_of(write(mine, yours, shows_address=True)).text


def test_an_answer_goes_back_without_an_address():
    mine, yours = two_cards()
    letter = write(mine, yours)
    answer = letters.answer(letter, words("Yes"), by=yours.registration.person, at=NOW)
    assert mail_of(answer).address == mine.registration.person.primary_address
    assert yours.registration.person.primary_address not in mail_of(answer).text


def test_a_form_that_is_sent_twice_is_one_letter():
    mine, yours = two_cards()
    uid = uuid4()
    write(mine, yours, uid=uid)
    write(mine, yours, uid=uid)
    assert (Letter.objects.count(), Mail.objects.filter(key__startswith="colleague_wrote").count()) == (1, 1)


def test_a_form_that_somebody_goes_back_to_is_another_letter(client):
    mine, yours = two_cards()
    client.force_login(mine.registration.person.user)
    page = reverse("colleague", args=[yours.registration.network.slug, yours.uid])
    uid = uuid4()
    for text in ("First", "First", "Second, quite different"):
        client.post(page, {"uid": uid, "text": text})
    assert list(Letter.objects.order_by("pk").values_list("text", flat=True)) == [
        "First",
        "Second, quite different",
    ]


def test_an_answer_that_is_sent_with_the_uid_of_what_it_answers_is_sent(client):
    mine, yours = two_cards()
    letter = write(mine, yours)
    client.force_login(yours.registration.person.user)
    page = reverse("letter", args=[letter.network.slug, letter.uid])
    assert client.post(page, {"uid": letter.uid, "text": "Yes"}).status_code == 302
    assert Letter.objects.get(answers=letter).text == "Yes"


def test_whoever_goes_back_to_show_their_address_is_reached_there(client):
    mine, yours = two_cards()
    client.force_login(mine.registration.person.user)
    page = reverse("colleague", args=[yours.registration.network.slug, yours.uid])
    uid = uuid4()
    client.post(page, {"uid": uid, "text": "Write to me"})
    client.post(page, {"uid": uid, "text": "Write to me", "shows_address": "on"})
    assert mine.registration.person.primary_address in mail_of(Letter.objects.latest("pk")).text


@pytest.mark.parametrize("text", ["\u200b\u2060", "\u200b\n\u2060\n\u200b"])
def test_a_letter_of_signs_that_nobody_sees_is_empty(client, text):
    mine, yours = two_cards()
    client.force_login(mine.registration.person.user)
    page = reverse("colleague", args=[yours.registration.network.slug, yours.uid])
    answer = client.post(page, {"text": text})
    assert (answer.status_code, Letter.objects.count()) == (422, 0)
    assert answer.content.decode().count("One thing needs fixing") == 1


def test_whoever_shows_no_card_writes_to_nobody():
    network = a_network()
    yours, seat = a_card(network), a_registration(network)
    with pytest.raises(LetterRefused, match="Show your own card first"):
        letters.write(yours, words(), seat=seat, at=NOW)


def test_the_sixth_letter_of_a_day_waits_until_tomorrow():
    mine, yours = two_cards()
    for _each in range(5):
        write(mine, yours)
    with pytest.raises(LetterRefused, match="tomorrow"):
        write(mine, yours)
    assert write(mine, yours, at=NOW + timedelta(hours=25))


def test_whoever_is_blocked_writes_no_more_until_they_may_again():
    mine, yours = two_cards()
    letter, reader = write(mine, yours), yours.registration.person
    letters.block(letter, by=reader, at=NOW)
    with pytest.raises(LetterRefused):
        write(mine, yours)
    letters.unblock(letter.sender, by=reader)
    assert write(mine, yours)


def test_merging_two_who_wrote_to_each_other_leaves_no_letter_to_oneself():
    mine, yours = two_cards()
    letters.block(write(mine, yours), by=yours.registration.person, at=NOW)
    kept, gone = mine.registration.person, yours.registration.person
    merging.merge_people(take=set(), kept=kept, gone=gone, by=a_coordinator(), at=NOW)
    assert (Letter.objects.filter(sender=kept, receiver=kept).count(), Letter.objects.count()) == (0, 1)


def test_only_the_two_read_a_letter(client):
    mine, yours = two_cards()
    letter = write(mine, yours, text="<script>x</script>")
    page = reverse("letter", args=[letter.network.slug, letter.uid])
    third = a_card(letter.network)
    answers = []
    for one in (mine, yours, third):
        client.force_login(one.registration.person.user)
        answers.append(client.get(page))
    assert [answer.status_code for answer in answers] == [200, 200, 404]
    assert "&lt;script&gt;" in answers[1].content.decode()


def test_an_empty_letter_is_asked_for_again(client):
    mine, yours = two_cards()
    client.force_login(mine.registration.person.user)
    answer = client.post(reverse("colleague", args=[yours.registration.network.slug, yours.uid]))
    assert answer.status_code == 422


def test_staff_are_told_of_reports_once_a_day_and_decide():
    mine, yours = two_cards()
    network, by = mine.registration.network, a_coordinator()
    for person in (yours.registration.person, by):
        reports.report(mine, network=network, reason="An advertisement", by=person, at=NOW)
    assert Mail.objects.filter(key__startswith="reported:", address=by.primary_address).count() == 1
    reports.leave(Report.objects.first(), by=by, at=NOW)
    assert not Report.objects.waiting().exists()


def test_the_same_is_reported_once_by_one_person():
    mine, yours = two_cards()
    told = {"network": mine.registration.network, "by": yours.registration.person, "at": NOW}
    reports.report(mine, reason="x", **told)
    with pytest.raises(HidingRefused):
        reports.report(mine, reason="y", **told)


def test_staff_see_reports_equally_often_asked_and_hide_a_writers_card(client, django_assert_max_num_queries):
    mine, yours = two_cards()
    network, by = mine.registration.network, a_coordinator()
    reports.report(write(mine, yours), network=network, reason="Rude", by=yours.registration.person, at=NOW)
    client.force_login(by.user)
    page = client.get(reverse("network_reports", args=[network.slug]))
    hide = reverse("network_hide", args=[network.slug, "card", mine.uid])
    assert hide in page.content.decode()
    client.post(hide, {"reason": "Rude letters"})
    with pytest.raises(LetterRefused):
        write(mine, yours)


def test_ones_own_page_has_the_letters_and_that_of_staff_has_none(client):
    mine, yours = two_cards()
    write(mine, yours, text="Only for you")
    person, by = yours.registration.person, a_coordinator()
    client.force_login(person.user)
    assert "Only for you" in client.get(reverse("own_data")).content.decode()
    own = b"".join(client.get(reverse("own_data_json")).streaming_content).decode()
    assert ("Only for you" in own, mine.registration.person.primary_address in own) == (True, False)
    client.force_login(by.user)
    assert "Only for you" not in client.get(reverse("staff_record", args=[person.uid])).content.decode()


def test_the_card_of_somebody_who_left_can_still_be_hidden(client):
    mine, yours = two_cards()
    network, by = mine.registration.network, a_coordinator()
    reports.report(mine, network=network, reason="Rude", by=yours.registration.person, at=NOW)
    withdrawing.leave_network(mine.registration, by=mine.registration.person, at=NOW)
    client.force_login(by.user)
    client.post(reverse("network_hide", args=[network.slug, "card", mine.uid]), {"reason": "Rude"})
    assert not Report.objects.waiting().exists()


def test_a_hidden_card_stays_hidden_after_leaving_and_coming_back_and_answers_nobody():
    mine, yours = two_cards()
    person, network = mine.registration.person, mine.registration.network
    letter = letters.write(mine, words(), seat=yours.registration, at=NOW)
    reports.report(letter, network=network, reason="Rude", by=person, at=NOW)
    reports.hide(mine, reason="Rude", by=a_coordinator(), at=NOW)
    with pytest.raises(LetterRefused, match="hid your card"):
        letters.answer(letter, words(), by=person, at=NOW)
    withdrawing.leave_network(mine.registration, by=person, at=NOW)
    with pytest.raises(CardRefused, match="Rude"):
        cards.show(a_registration(network, person), CardWords(), at=NOW)


def test_hiding_a_card_settles_what_was_reported_of_its_letters():
    mine, yours = two_cards()
    letter = write(mine, yours)
    reports.report(letter, network=letter.network, reason="Rude", by=yours.registration.person, at=NOW)
    reports.hide(mine, reason="Rude", by=a_coordinator(), at=NOW)
    assert Report.objects.get().outcome == "hidden"


def test_a_reported_card_that_its_owner_takes_away_stays_for_staff_alone(client):
    mine, yours = two_cards()
    network, by = mine.registration.network, a_coordinator()
    reports.report(mine, network=network, reason="Rude words", by=yours.registration.person, at=NOW)
    cards.take_away(mine.registration, at=NOW)
    assert list(cards.cards_in(network)) == [yours]
    assert cards.card_of(mine.registration) is None
    client.force_login(by.user)
    page = client.get(reverse("network_reports", args=[network.slug])).content.decode()
    assert "Rude words" in page
    assert "taken away" in page
    reports.leave(Report.objects.get(), by=by, at=NOW)
    assert list(Card.objects.all()) == [yours]


def test_a_card_that_was_taken_away_and_hidden_is_not_shown_anew():
    mine, yours = two_cards()
    network, by = mine.registration.network, a_coordinator()
    reports.report(mine, network=network, reason="Rude words", by=yours.registration.person, at=NOW)
    cards.take_away(mine.registration, at=NOW)
    reports.hide(mine, reason="Rude", by=by, at=NOW)
    with pytest.raises(CardRefused, match="Rude"):
        cards.show(mine.registration, CardWords(), at=NOW)


def test_a_card_that_was_taken_away_is_shown_anew_while_the_report_waits():
    mine, yours = two_cards()
    network = mine.registration.network
    reports.report(mine, network=network, reason="Rude", by=yours.registration.person, at=NOW)
    cards.take_away(mine.registration, at=NOW)
    again = cards.show(mine.registration, CardWords(ask_about="Rockets"), at=NOW + timedelta(days=1))
    assert (again.pk, again.away_at, again.shown_at) == (mine.pk, None, NOW + timedelta(days=1))
    assert Report.objects.waiting().count() == 1


def test_what_was_taken_away_meanwhile_is_not_reported():
    mine, yours = two_cards()
    network = mine.registration.network
    cards.take_away(mine.registration, at=NOW)
    with pytest.raises(HidingRefused, match="took it away"):
        reports.report(mine, network=network, reason="Rude", by=yours.registration.person, at=NOW)


def test_staff_show_the_hidden_card_of_somebody_who_left_again(client):
    mine, _yours = two_cards()
    network, by = mine.registration.network, a_coordinator()
    reports.hide(mine, reason="Rude", by=by, at=NOW)
    withdrawing.leave_network(mine.registration, by=mine.registration.person, at=NOW)
    client.force_login(by.user)
    page = client.get(reverse("network_reports", args=[network.slug])).content.decode()
    show = reverse("network_hide", args=[network.slug, "card", mine.uid])
    assert show in page
    client.post(show, {"show": "1"})
    assert cards.show(a_registration(network, mine.registration.person), CardWords(), at=NOW)


def test_a_block_is_lifted_when_the_letter_is_long_deleted(client):
    mine, yours = two_cards()
    letter, reader = write(mine, yours), yours.registration.person
    letters.block(letter, by=reader, at=NOW)
    letter.delete()
    client.force_login(reader.user)
    assert reverse("blocked_writers") in client.get(reverse("own_data")).content.decode()
    lift = reverse("blocked_writer_lift", args=[mine.registration.person.uid])
    assert lift in client.get(reverse("blocked_writers")).content.decode()
    assert "can write to you again" in client.post(lift, follow=True).content.decode()
    assert write(mine, yours)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_whom_one_blocked_takes_as_many_statements_for_30(
    client, count, django_assert_max_num_queries
):
    reader = a_user().person
    Block.objects.bulk_create(
        Block(blocker=reader, blocked=a_user().person, at=NOW) for _each in range(count)
    )
    client.force_login(reader.user)
    client.get(reverse("blocked_writers"))
    with django_assert_max_num_queries(7):
        page = client.get(reverse("blocked_writers")).content.decode()
    assert page.count("Take letters again") == count
