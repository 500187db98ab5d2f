"""Minutes: written by several people, nobody's words lost, read by whom they are for."""

from datetime import timedelta

import pytest
from django.urls import reverse

from meetings.gathering.domain import minutes
from meetings.gathering.exceptions import MinutesChanged, MinutesRefused
from meetings.models import Appointment, Minutes, minuted_by
from tests import factories
from tests.meetings.gathering.rows import AT

pytestmark = pytest.mark.django_db
BASE = "Ten districts came.\n\nWe spoke of tasks.\n\nThe end."


@pytest.fixture
def meeting():
    factories.a_partnership()
    return factories.a_network().meetings.get()


@pytest.fixture
def staff():
    return factories.a_staff_member()


def save(meeting, text, *, seen, by, decisions=""):
    words = {"text": text, "decisions": decisions}
    return minutes.save_minutes(meeting, words=words, seen=seen, by=by, at=AT)


def signed_in(client, person):
    client.force_login(person.user)
    return client


def opened(client, meeting):
    form = client.get(reverse("minutes_edit", args=[meeting.uid])).context["form"]
    return {name: form[name].value() for name in form.fields}


def test_each_save_is_kept_and_the_same_words_again_are_none(meeting, staff):
    save(meeting, "One.", seen=0, by=staff)
    save(meeting, "One.", seen=0, by=staff)
    save(meeting, "Two.", seen=1, by=staff)
    kept = Minutes.objects.get().edits.values_list("revision", "text", "by_name")
    assert list(kept) == [(1, "One.", str(staff)), (2, "Two.", str(staff))]


def test_a_save_that_began_from_older_words_is_refused_and_changes_nothing(meeting, staff):
    save(meeting, "Theirs.", seen=0, by=staff)
    with pytest.raises(MinutesChanged, match="Someone else changed this while you were writing"):
        save(meeting, "Mine.", seen=0, by=factories.a_person())
    assert Minutes.objects.get().text == "Theirs."


def test_decisions_are_kept_one_a_line_without_their_marks(meeting, staff):
    typed = " 1. We try it.\r\n\n- We meet in May.\n\n2 rooms stay."
    save(meeting, "", seen=0, by=staff, decisions=typed.replace("\r", ""))
    assert Minutes.objects.get().decided == ["We try it.", "We meet in May.", "2 rooms stay."]


def test_two_who_write_at_once_see_both_texts_and_one_of_both(client, meeting, staff):
    save(meeting, BASE, seen=0, by=staff)
    mine = opened(signed_in(client, factories.a_staff_member()), meeting)
    save(meeting, BASE.replace("Ten", "Eleven"), seen=1, by=staff, decisions="We meet in May.")
    address = reverse("minutes_edit", args=[meeting.uid])
    typed = {**mine, "text": BASE.replace("The end", "The very end"), "decisions": "We try it."}
    answer = client.post(address, typed)
    form = answer.context["form"]
    assert answer.status_code == 409
    assert form["text"].value() == "Eleven districts came.\n\nWe spoke of tasks.\n\nThe very end."
    assert sorted(form["decisions"].value().split("\n")) == ["We meet in May.", "We try it."]
    again = client.post(address, {name: form[name].value() for name in form.fields})
    assert again.status_code == 302
    assert Minutes.objects.get().text == form["text"].value()


def test_minutes_that_are_too_long_are_said_and_stay_typed(client, meeting, staff):
    typed = {"text": "x" * 60_001, "decisions": "", "seen": "0"}
    answer = signed_in(client, staff).post(reverse("minutes_edit", args=[meeting.uid]), typed)
    assert answer.status_code == 422
    assert "The limit is 60000" in answer.content.decode()
    assert answer.context["form"]["text"].value() == typed["text"]


def test_empty_minutes_are_not_published(meeting, staff):
    with pytest.raises(MinutesRefused, match="Write the minutes before you publish them"):
        minutes.publish_minutes(meeting, public=True, at=AT)
    save(meeting, "", seen=0, by=staff, decisions="We meet.")
    assert minutes.publish_minutes(meeting, public=False, at=AT).published_at == AT


def test_who_reads_what(meeting, staff):
    save(meeting, BASE, seen=0, by=staff)
    seated = factories.a_registration(meeting.network).person
    taker, lead, other = (factories.a_user().person for _number in range(3))
    Appointment.objects.create(network=factories.a_network(), person=other)
    minutes.name_note_taker(meeting, taker)

    def readers():
        asked = {"seated": seated, "taker": taker, "staff": staff, "other": other, "visitor": None}
        return {name for name, one in asked.items() if Minutes.objects.visible_to(one).exists()}

    drafted = readers()
    minutes.publish_minutes(meeting, public=False, at=AT)
    published = readers()
    minutes.publish_minutes(meeting, public=True, at=AT)
    everyone = readers()
    minutes.unpublish_minutes(meeting)
    assert (drafted, published, everyone, readers()) == (
        {"taker", "staff"},
        {"taker", "staff", "seated"},
        {"taker", "staff", "seated", "other", "visitor"},
        {"taker", "staff"},
    )
    assert lead not in minuted_by(lead)


def test_the_lead_of_a_group_and_who_is_named_write_and_nobody_else(meeting):
    lead, taker = factories.a_user().person, factories.a_user().person
    group = factories.a_group(meeting.network, lead=lead)
    own = factories.a_meeting(meeting.network, working_group=group)
    minutes.name_note_taker(own, taker)
    minutes.name_note_taker(own, taker)
    asked = (lead, taker, factories.a_person(), None)
    assert [list(minuted_by(one)) for one in asked] == [[own], [own], [], []]
    minutes.remove_note_taker(own, key=own.note_takers.get().pk)
    assert list(minuted_by(taker)) == []


def test_who_takes_notes_at_a_meeting_of_a_group_that_is_not_public_sees_its_page(client, meeting):
    taker = factories.a_user().person
    group = factories.a_group(meeting.network, lead=factories.a_user().person)
    own = factories.a_meeting(meeting.network, working_group=group)
    own.in_slot = False
    own.save(update_fields=["in_slot"])
    signed_in(client, taker)
    assert client.get(own.get_absolute_url()).status_code == 404
    minutes.name_note_taker(own, taker)
    saved = client.post(
        reverse("minutes_edit", args=[own.uid]), {"text": "We met.", "decisions": "", "seen": "0"}
    )
    page = client.get(saved["Location"])
    assert (page.status_code, "We met." in page.content.decode()) == (200, True)


def test_a_note_taker_is_named_by_address_and_a_stranger_is_said(client, meeting, staff):
    taker = factories.a_person(address="taker@example.org")
    address = reverse("note_takers", args=[meeting.uid])
    signed_in(client, staff).post(address, {"address": "Taker@example.org"})
    unknown = client.post(address, {"address": "nobody@example.org"})
    assert [one.person for one in meeting.note_takers.all()] == [taker]
    assert unknown.status_code == 422
    assert "Nobody in our records has this e-mail address" in unknown.content.decode()


def test_the_page_of_the_meeting_shows_published_minutes_as_harmless_html(client, meeting, staff):
    text = "We spoke of **tasks**.\n\n<script>alert(1)</script>"
    save(meeting, text, seen=0, by=staff, decisions="We meet in May.")
    signed_in(client, staff).post(reverse("minutes_publish", args=[meeting.uid]), {"public": "1"})
    client.logout()
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "We spoke of <strong>tasks</strong>." in page
    assert "<script>alert" not in page
    assert "We meet in May." in page


def test_what_changed_is_shown_from_version_to_version(client, meeting, staff):
    save(meeting, "Ten came.", seen=0, by=staff)
    save(meeting, "Eleven came.", seen=1, by=staff)
    page = signed_in(client, staff).get(reverse("minutes_versions", args=[meeting.uid]))
    [(label, pieces)] = page.context["rows"]
    assert (label, [one.words for one in pieces if one.kind != "same"]) == ("Minutes", ["Ten", "Eleven"])


def test_decisions_of_a_network_are_listed_for_those_who_read_them(client, staff):
    factories.a_partnership()
    network = factories.a_network(meetings=2)
    for meeting in network.meetings.all():
        save(meeting, "", seen=0, by=staff, decisions=f"{meeting} decided.")
        minutes.publish_minutes(meeting, public=False, at=AT + timedelta(days=1))
    seated = factories.a_registration(network, factories.a_user().person).person
    address = reverse("network_decisions", args=[network.slug])
    page = signed_in(client, seated).get(address).content.decode()
    assert page.index("Meeting 2 decided.") < page.index("Meeting 1 decided.")
    stranger = signed_in(client, factories.a_user().person).get(address).content.decode()
    assert "decided." not in stranger
