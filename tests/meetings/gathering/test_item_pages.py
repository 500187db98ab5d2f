"""The pages of action items: on the meeting and the next one, in lists, closed by one press."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.gathering.domain import action_items, homework, telling_homework
from meetings.gathering.domain.belonging import Source
from meetings.models import ActionItem
from stemnet import jobs
from stemnet.models import Mail
from tests import factories
from tests.meetings.gathering.rows import AT, DUE, an_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def meetings():
    factories.a_partnership()
    return list(factories.a_network(meetings=3).meetings.all())


@pytest.fixture
def seated(meetings):
    return factories.a_registration(meetings[0].network, factories.a_user().person).person


def signed_in(client, person):
    client.force_login(person.user)
    return client


def sections(client, meeting, *, at):
    """What a page of a meeting lists: its own items, those still open from before, and the reader's."""
    with time_machine.travel(at, tick=False):
        context = client.get(meeting.get_absolute_url()).context
    return tuple([row.item.text for row in context[name]] for name in ("items", "still_open", "mine"))


def test_what_is_open_returns_on_the_next_meeting_until_it_is_done(client, meetings, seated):
    first, second, third = meetings
    item = an_item(first, owner=seated, text="Try it", due_on=third.on)
    signed_in(client, seated)
    assert sections(client, first, at=AT) == (["Try it"], [], ["Try it"])
    assert sections(client, second, at=AT) == ([], ["Try it"], ["Try it"])
    assert sections(client, third, at=AT) == ([], [], [])
    assert sections(client, third, at=second.ends_at) == ([], ["Try it"], ["Try it"])
    action_items.close(item, by=seated, at=AT)
    assert sections(client, third, at=second.ends_at) == ([], [], [])
    assert sections(client, first, at=AT) == (["Try it"], [], [])


def test_what_is_open_in_a_group_returns_on_the_meetings_of_that_group_alone(client, meetings):
    network = meetings[0].network
    lead = factories.a_user().person
    group = factories.a_group(network, lead=lead)
    own = [
        factories.a_meeting(network, working_group=group, on=one.on + timedelta(days=1)) for one in meetings
    ]
    an_item(own[0], text="Of the group", due_on=own[2].on)
    an_item(group, text="Of no meeting", due_on=own[2].on)
    signed_in(client, factories.a_staff_member())
    at = own[0].ends_at
    assert sections(client, own[1], at=at)[1] == ["Of the group", "Of no meeting"]
    assert sections(client, meetings[1], at=at)[1] == []


@pytest.mark.parametrize(("name", "rows"), [("action_item_new", 1), ("homework_new", 2)])
def test_a_form_that_is_sent_twice_gives_once_and_mails_once(client, meetings, seated, name, rows):
    url = f"{reverse(name)}?meeting={meetings[0].uid}"
    chosen = "owner" if rows == 1 else "owners"
    typed = {"text": "Try it", "due_on": DUE.isoformat(), chosen: f"person:{seated.uid}"}
    signed_in(client, factories.a_staff_member())
    for again, number in (({}, 1), ({}, 1), ({"text": "Try another"}, 2)):
        with time_machine.travel(AT, tick=False):
            assert client.post(url, {**typed, **again}).status_code == 302
        assert (ActionItem.objects.count(), Mail.objects.count()) == (rows * number, number)


def test_one_press_closes_it_and_a_second_one_says_who_did(client, meetings, seated):
    item = an_item(meetings[0], owner=seated)
    address = reverse("action_item_state", args=[item.uid])
    signed_in(client, seated)
    back = meetings[0].get_absolute_url()
    first = client.post(address, {"to": "done", "back": back})
    second = client.post(address, {"to": "done", "back": back})
    assert (first.status_code, first["Location"], second.status_code) == (302, back, 409)
    assert f"This is already done. {seated} said so on" in second.content.decode()
    assert item.changes.filter(to_status="done").count() == 1


def test_looking_at_an_item_changes_nothing(client, meetings, seated):
    item = an_item(meetings[0], owner=seated)
    page = signed_in(client, seated).get(item.get_absolute_url()).content.decode()
    item.refresh_from_db()
    assert item.is_open
    assert "It's done" in page.replace("&#x27;", "'")


def test_the_way_back_leads_to_no_other_site(client, meetings, seated):
    item = an_item(meetings[0], owner=seated)
    address = reverse("action_item_state", args=[item.uid])
    answer = signed_in(client, seated).post(address, {"to": "done", "back": "//evil.example/"})
    assert answer["Location"] == item.get_absolute_url()


def test_another_member_sees_an_item_and_closes_nothing(client, meetings, seated):
    item = an_item(meetings[0])
    signed_in(client, seated)
    assert client.get(item.get_absolute_url()).status_code == 200
    assert client.post(reverse("action_item_state", args=[item.uid]), {"to": "done"}).status_code == 403
    item.refresh_from_db()
    assert item.is_open


def test_an_owner_drops_nothing(client, meetings, seated):
    item = an_item(meetings[0], owner=seated)
    address = reverse("action_item_state", args=[item.uid])
    assert signed_in(client, seated).post(address, {"to": "dropped"}).status_code == 403


def given(**fields):
    return {"text": "Try it", "owner": "", "due_on": str(DUE), "details": "", **fields}


def test_staff_give_an_item_on_the_page_of_its_meeting(client, meetings, seated):
    address = reverse("action_item_new") + f"?meeting={meetings[0].uid}"
    signed_in(client, factories.a_staff_member())
    with time_machine.travel(AT, tick=False):
        suggested = client.get(address).context["form"]["due_on"].value()
        answer = client.post(address, given(owner=f"person:{seated.uid}"))
    item = ActionItem.objects.get()
    assert (suggested, answer["Location"]) == (meetings[1].on, meetings[0].get_absolute_url())
    assert (item.person, item.meeting, item.due_on) == (seated, meetings[0], DUE)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": " "}, "Say what should be done."),
        ({}, "Choose who does it."),
        ({"owner": "person:gone"}, "They aren't here anymore. Choose somebody else."),
        ({"due_on": "2020-10-01"}, "The meeting is on Wed, Oct 14, 2020, so this can't be due before that."),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field_and_stays_typed(client, meetings, seated, fields, sentence):
    address = reverse("action_item_new") + f"?meeting={meetings[0].uid}"
    typed = given(**{"details": "As we said", **fields})
    if "due_on" in fields:
        typed["owner"] = f"person:{seated.uid}"
    with time_machine.travel(AT, tick=False):
        answer = signed_in(client, factories.a_staff_member()).post(address, typed)
    page = answer.content.decode().replace("&#x27;", "'")
    assert (answer.status_code, ActionItem.objects.count()) == (422, 0)
    assert sentence in page
    assert "As we said" in page


def test_who_left_the_network_is_no_choice_any_more(client, meetings, seated):
    seated.registrations.update(status="withdrawn")
    address = reverse("action_item_new") + f"?meeting={meetings[0].uid}"
    with time_machine.travel(AT, tick=False):
        answer = signed_in(client, factories.a_staff_member()).post(
            address, given(owner=f"person:{seated.uid}")
        )
    assert "They aren't here anymore" in answer.content.decode().replace("&#x27;", "'")


def test_an_item_of_somebody_who_left_is_given_to_another(client, meetings, seated):
    item = an_item(meetings[0], owner=seated)
    other = factories.a_registration(meetings[0].network).person
    seated.registrations.update(status="withdrawn")
    address = reverse("action_item_edit", args=[item.uid])
    signed_in(client, factories.a_staff_member())
    page = client.get(item.get_absolute_url()).content.decode().replace("&#x27;", "'")
    assert f"{seated} isn't here anymore." in page
    with time_machine.travel(AT, tick=False):
        kept = client.post(address, given(owner=f"person:{seated.uid}", text="Otherwise"))
        client.post(address, given(owner=f"person:{other.uid}"))
    item.refresh_from_db()
    assert (kept.status_code, item.person) == (302, other)


def test_lists_of_mine_of_a_network_and_overdue(client, meetings, seated):
    staff = factories.a_staff_member()
    an_item(meetings[0], owner=seated, text="Mine")
    an_item(meetings[0], text="Another's", due_on=DUE + timedelta(days=60))
    late = an_item(meetings[0], text="Late", due_on=meetings[0].on)
    action_items.close(an_item(meetings[0], text="Done", owner=seated), by=seated, at=AT)
    address, of = reverse("action_items"), f"?network={meetings[0].network.slug}"

    def listed(person, query):
        with time_machine.travel(AT + timedelta(days=30), tick=False):
            return [row.item.text for row in signed_in(client, person).get(address + query).context["rows"]]

    assert listed(seated, "") == ["Mine"]
    assert listed(seated, "?show=done") == ["Done"]
    assert listed(seated, of) == ["Late", "Mine", "Another's"]
    assert listed(staff, "?show=overdue") == ["Late", "Mine"]
    assert listed(factories.a_user().person, of) == []
    assert late.is_open


def test_the_desk_counts_what_is_overdue_and_my_learning_shows_what_is_mine(client, meetings, seated):
    an_item(meetings[0], owner=seated, text="Mine")
    with time_machine.travel(AT + timedelta(days=30), tick=False):
        desk = signed_in(client, factories.a_staff_member()).get(reverse("staff"))
        learning = signed_in(client, seated).get(reverse("learning"))
    assert [due.words for due in desk.context["dues"] if "action" in due.words] == ["action item is overdue"]
    assert [row.item.text for row in learning.context["own_items"]] == ["Mine"]


def asked_of(meeting, *owners):
    given = {"text": "What do you use?", "details": "A sentence is enough.", "due_on": DUE}
    return homework.give_homework(
        Source.of(meeting), owners=owners, by=factories.a_staff_member(), at=AT, **given
    )


def test_homework_is_asked_of_many_and_read_side_by_side(client, meetings):
    partners = [factories.an_organization(name=name) for name in ("Sea Lab", "Mill", "Harbor")]
    contacts = [factories.a_contact(one) for one in partners[:2]]
    given = asked_of(meetings[0], *partners)
    assert [mail.address for mail in Mail.objects.order_by("pk")] == [
        contact.primary_address for contact in contacts
    ]
    part = given.answers.get(organization=partners[0])
    address = reverse("action_item_state", args=[part.uid])
    signed_in(client, contacts[0])
    empty = client.post(address, {"to": "done", "answer": "  "})
    client.post(address, {"to": "done", "answer": "Open tasks.\nAnd our own."})
    page = signed_in(client, factories.a_staff_member()).get(given.get_absolute_url())
    assert empty.status_code == 409
    assert "Write your answer before you send it." in empty.content.decode()
    assert [(str(one.owner), one.answer) for one in page.context["answered"]] == [
        ("Sea Lab", "Open tasks.\nAnd our own.")
    ]
    assert [str(one.owner) for one, _is_told in page.context["waiting"]] == ["Mill", "Harbor"]


def test_all_partners_are_asked_by_one_box_and_nobody_at_all_is_said(client, meetings):
    partners = [factories.an_organization() for _number in range(3)]
    factories.an_organization(stage="none")
    address = reverse("homework_new") + f"?meeting={meetings[0].uid}"
    typed = {"text": "What do you use?", "details": "", "due_on": str(DUE)}
    signed_in(client, factories.a_staff_member())
    with time_machine.travel(AT, tick=False):
        nobody = client.post(address, typed)
        client.post(address, {**typed, "every_organization": "on"})
    given = ActionItem.objects.get(is_homework=True)
    assert (nobody.status_code, "Choose who should answer." in nobody.content.decode()) == (422, True)
    assert [one.organization for one in given.answers.order_by("pk")] == partners
    waiting = client.get(given.get_absolute_url()).context["waiting"]
    assert [is_told for _one, is_told in waiting] == [False] * 3


def test_who_has_not_answered_is_reminded_once_a_day(client, meetings):
    partners = [factories.an_organization() for _number in range(2)]
    contacts = [factories.a_contact(one) for one in partners]
    given = asked_of(meetings[0], *partners)
    action_items.close(given.answers.get(organization=partners[0]), answer="Yes", by=contacts[0], at=AT)
    Mail.objects.all().delete()
    assert homework.remind_open(given, at=AT) == 1
    homework.remind_open(given, at=AT)
    assert [mail.address for mail in Mail.objects.all()] == [contacts[1].primary_address]


def test_many_are_told_of_homework_by_a_job(meetings, monkeypatch):
    monkeypatch.setattr(telling_homework, "AT_ONCE", 1)
    monkeypatch.setattr(telling_homework, "PART", 2)
    partners = [factories.an_organization() for _number in range(3)]
    contacts = [factories.a_contact(one) for one in partners]
    asked_of(meetings[0], *partners)
    told = Mail.objects.order_by("pk").values_list("address", flat=True)
    before = list(told)
    jobs.run_waiting(at=AT)
    assert (before, list(told.all())) == ([], [one.primary_address for one in contacts])


def test_what_a_partner_answered_is_not_for_another_partner(client, meetings):
    partners = [factories.an_organization() for _number in range(2)]
    contacts = [factories.a_contact(one) for one in partners]
    given = asked_of(meetings[0], *partners)
    theirs = given.answers.get(organization=partners[0])
    signed_in(client, contacts[1])
    assert client.get(theirs.get_absolute_url()).status_code == 404
    assert client.get(given.get_absolute_url()).status_code == 404


def test_answers_are_handed_out_as_a_table(client, meetings):
    partner = factories.an_organization(name="=Sea Lab")
    contact = factories.a_contact(partner)
    given = asked_of(meetings[0], partner)
    action_items.close(given.answers.get(), answer="Open tasks", by=contact, at=AT)
    address = reverse("homework_export", args=[given.uid, "csv"])
    signed_in(client, factories.a_staff_member())
    lines = b"".join(client.get(address)).decode("utf-8-sig").splitlines()
    assert lines[1].startswith('"\'=Sea Lab","Done","Open tasks"')
    book = client.get(reverse("homework_export", args=[given.uid, "xlsx"]))
    assert b"".join(book)[:2] == b"PK"
    book.close()


def test_homework_that_is_closed_takes_no_more_answers_and_keeps_those_it_has(meetings):
    partners = [factories.an_organization() for _number in range(2)]
    contacts = [factories.a_contact(one) for one in partners]
    given = asked_of(meetings[0], *partners)
    action_items.close(given.answers.get(organization=partners[0]), answer="Yes", by=contacts[0], at=AT)
    homework.close_homework(given, by=factories.a_staff_member(), at=AT)
    assert sorted(given.answers.values_list("state", "answer")) == [("done", "Yes"), ("dropped", "")]


def test_another_day_reaches_those_who_have_not_answered(meetings):
    given = asked_of(meetings[0], factories.an_organization(), factories.an_organization())
    later = DUE + timedelta(days=7)
    homework.change_homework(given, text="Which ones?", details="", due_on=later, at=AT)
    assert set(given.answers.values_list("text", "due_on")) == {("Which ones?", later)}


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_pages_ask_the_same_queries_for_one_and_for_thirty(client, meetings, seated):
    staff, partner = factories.a_staff_member(), factories.an_organization()
    contact, given = factories.a_contact(partner), asked_of(meetings[0], partner)
    group = factories.a_group(meetings[0].network)

    def add():
        an_item(meetings[0], owner=seated, due_on=meetings[2].on)
        an_item(meetings[0], owner=partner, due_on=meetings[2].on)
        an_item(group, due_on=meetings[2].on)
        ActionItem.objects.create(
            text="What?",
            due_on=DUE,
            part_of=given,
            organization=factories.an_organization(),
            made_at=AT,
            made_by_name="x",
        )

    pages = [
        (seated, meetings[0].get_absolute_url()),
        (seated, meetings[1].get_absolute_url()),
        (staff, meetings[1].get_absolute_url()),
        (seated, reverse("action_items")),
        (seated, reverse("learning")),
        (staff, reverse("action_items") + "?show=given"),
        (staff, reverse("staff")),
        (staff, given.get_absolute_url()),
        (contact, reverse("mine_of", args=[partner.slug])),
        (staff, group.get_absolute_url()),
    ]

    def counted():
        with time_machine.travel(AT + timedelta(days=1), tick=False):
            found = []
            for person, address in pages:
                asked(signed_in(client, person), address)
                found.append(asked(client, address))
            return found

    add()
    one = counted()
    for _number in range(29):
        add()
    assert counted() == one
    assert max(one[:3]) <= 12


@pytest.mark.parametrize("name", ["action_item_new", "homework_new"])
def test_what_the_partnership_itself_gives_leads_back_by_a_name(client, name):
    factories.a_partnership()
    page = signed_in(client, factories.a_coordinator()).get(reverse(name)).content.decode()
    assert '<a href="/action-items/?show=given">Action items</a>' in page


def test_an_answer_is_not_opened_again_once_the_homework_takes_no_more(client, meetings):
    partner = factories.an_organization()
    contact = factories.a_contact(partner)
    given = asked_of(meetings[0], partner)
    answer = given.answers.get()
    action_items.close(answer, answer="Yes", by=contact, at=AT)
    homework.close_homework(given, by=factories.a_staff_member(), at=AT)
    signed_in(client, contact)
    page = client.get(answer.get_absolute_url()).content.decode()
    assert "This homework takes no more answers." in page and "Open it again" not in page
    refused = client.post(reverse("action_item_state", args=[answer.uid]), {"to": "open"})
    answer.refresh_from_db()
    assert (refused.status_code, answer.state) == (409, "done")
    assert "Ask the person who assigned it to open it again." in refused.content.decode()


def test_an_act_that_there_is_not_reminds_nobody(client, meetings):
    given = asked_of(meetings[0], factories.a_person())
    client.force_login(factories.a_coordinator().user)
    before = Mail.objects.count()
    answer = client.post(reverse("homework_act", args=[given.uid]), {"act": "anything"}, follow=True)
    assert "Press “Remind them”" in answer.content.decode() and Mail.objects.count() == before


@pytest.mark.parametrize("owner", ["person", "organization"])
def test_an_item_whose_owner_left_says_so_and_is_taken_over_by_one_press(client, meetings, owner):
    staff = factories.a_coordinator()
    person = factories.a_registration(meetings[0].network, factories.a_user().person).person
    item = an_item(meetings[0], owner=person)
    if owner == "person":
        item.person.registrations.update(status="withdrawn")
    else:
        ActionItem.objects.filter(pk=item.pk).update(person=None, organization=factories.an_organization())
    client.force_login(staff.user)
    page = client.get(item.get_absolute_url()).content.decode()
    assert ("here anymore" if owner == "person" else "gets e-mail about it") in page
    client.post(reverse("action_item_state", args=[item.uid]), {"to": "mine"})
    item.refresh_from_db()
    assert (item.person, item.organization) == (staff, None)


def test_only_who_gives_items_takes_one_over(client, meetings, seated):
    item = an_item(meetings[0], owner=seated)
    answer = signed_in(client, seated).post(reverse("action_item_state", args=[item.uid]), {"to": "mine"})
    assert answer.status_code == 403
