"""Who reads which answers, on the page and in files; totals; the same statements for any number of people."""

import csv
from datetime import timedelta
from html import unescape
from io import BytesIO, StringIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from meetings.models import Appointment, Meeting
from registrations.asking.domain.totals import totals_of
from registrations.models import (
    Answer,
    ChosenWay,
    GroupMembership,
    PlannedAbsence,
    QuestionLog,
    QuestionReader,
)
from tests.factories import (
    NOW,
    a_coordinator,
    a_group,
    a_network,
    a_registration,
    a_staff_member,
    a_user,
)
from tests.markup import tight
from tests.registrations.asking.rows import a_choice, a_diet, a_question, an_answer, newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def now():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def network():
    return a_network()


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def page_of(person, network):
    return client_of(person).get(reverse("answers", args=[network.slug]))


def text_of(response):
    return tight(unescape(response.content.decode()))


def appointed(network):
    person = a_user().person
    Appointment.objects.create(network=network, person=person)
    return person


def a_lead(network, *members):
    lead = a_user().person
    group = a_group(network, lead=lead)
    for one in members:
        GroupMembership.objects.create(registration=one, working_group=group, joined_at=NOW)
    return lead


def read_by(person):
    return {one.value for one in Answer.objects.readable_by(person)}


@pytest.fixture
def answered(network):
    """Two people who answered a question of each audience; the first is in a group."""
    first, second = a_registration(network), a_registration(network)
    asked = {
        "staff": a_question(network, "Staff?"),
        "leads": a_question(network, "Leads?", staff_read=False, leads_read=True),
        "access": a_question(network, "Needs?", about="access"),
        "diet": a_diet(network),
    }
    for words, one in (("first", first), ("second", second)):
        for name, question in asked.items():
            an_answer(question, f"{name} {words}", one)
    return first, second, asked


def test_each_role_reads_what_the_question_says(network, answered):
    first, _second, asked = answered
    staff = {"staff first", "staff second"}
    assert read_by(appointed(network)) == staff
    assert read_by(a_staff_member()) == staff
    assert read_by(a_coordinator()) == staff
    assert read_by(appointed(a_network())) == set()
    assert read_by(a_user().person) == set()
    assert read_by(a_lead(network, first)) == {"leads first"}
    assert read_by(a_lead(a_network())) == set()
    named = a_user().person
    QuestionReader.objects.create(question=asked["access"], person=named, named_at=NOW)
    assert read_by(named) == {"access first", "access second"}


def test_who_left_a_group_is_read_by_its_lead_no_longer(network, answered):
    lead = a_lead(network, answered[0])
    GroupMembership.objects.update(left_at=NOW)
    assert read_by(lead) == set()


def test_a_coordinator_does_not_see_needs_on_the_page(network, answered):
    page = text_of(page_of(a_coordinator(), network))
    assert "staff first" in page
    assert "access first" not in page
    assert "diet first" not in page


def test_a_named_reader_who_is_no_staff_sees_only_theirs(network, answered):
    named = a_user().person
    QuestionReader.objects.create(question=answered[2]["access"], person=named, named_at=NOW)
    page = text_of(page_of(named, network))
    assert "access second" in page
    assert "staff first" not in page


def test_a_lead_sees_only_their_own_members(network, answered):
    first, second, _asked = answered
    page = text_of(page_of(a_lead(network, first), network))
    assert "leads first" in page
    assert str(second.person) not in page


def test_whoever_reads_nothing_has_no_page(network, answered):
    assert page_of(a_user().person, network).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_has_what_one_may_read_and_is_logged(network, answered, kind):
    url = reverse("answers_file", args=[network.slug, "answers", kind])
    content = b"".join(client_of(appointed(network)).post(url).streaming_content)
    if kind == "csv":
        header, *rows = csv.reader(StringIO(content.decode("utf-8-sig")))
    else:
        header, *rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
    assert list(header) == ["Last name", "First name", "Staff?"]
    assert {row[2] for row in rows} == {"staff first", "staff second"}
    assert QuestionLog.objects.get(what="exported").number == 2


def test_looking_at_the_address_of_the_file_leads_to_the_page(network, answered):
    url = reverse("answers_file", args=[network.slug, "answers", "csv"])
    answer = client_of(appointed(network)).get(url)
    assert answer.url == reverse("answers", args=[network.slug])
    assert not QuestionLog.objects.filter(what="exported").exists()


def test_a_formula_that_somebody_typed_stays_text(network):
    an_answer(a_question(network), "=1+1")
    url = reverse("answers_file", args=[network.slug, "answers", "csv"])
    content = b"".join(client_of(a_coordinator()).post(url).streaming_content)
    assert "'=1+1" in content.decode()


def test_an_answer_under_an_earlier_wording_says_so(network):
    from tests.registrations.asking.rows import change

    lunch = a_choice(network)
    an_answer(lunch, "Yes")
    change(lunch, label="Will you eat with us?")
    page = text_of(page_of(a_coordinator(), network))
    assert "Answered under an earlier wording." in page
    assert "Will you stay for lunch?" in page


def test_totals_count_who_is_expected_in_the_room(network):
    diet = a_diet(network)
    meeting = network.meetings.get()
    Meeting.objects.update(modality="hybrid")
    meeting.refresh_from_db()
    people = [a_registration(network) for _step in range(6)]
    for one, value in zip(people, [["Vegan"], ["Vegan", "Halal"], ["Halal"], ["Vegan"], None], strict=False):
        an_answer(diet, value, one)
    PlannedAbsence.objects.create(registration=people[0], meeting=meeting, said_at=NOW)
    ChosenWay.objects.create(registration=people[2], meeting=meeting, way="online", chosen_at=NOW)
    ChosenWay.objects.create(registration=people[3], meeting=meeting, way="room", chosen_at=NOW)
    found = totals_of(meeting, [newest(diet)])
    (total,) = found.totals
    assert (found.people, found.absent) == (4, 1)
    assert total.lines == [("Vegan", 2), ("Halal", 1), ("Nut allergy", 0)]
    assert (total.answered, total.empty, total.open) == (2, 1, 1)


def test_nobody_is_expected_in_the_room_of_an_online_meeting(network):
    Meeting.objects.update(modality="online")
    a_registration(network)
    assert totals_of(network.meetings.get(), []).people == 0


def test_numbers_are_summed(network):
    guests = a_question(network, kind="number")
    Meeting.objects.update(modality="in_person")
    for value in ("2", "1.5"):
        an_answer(guests, value)
    (total,) = totals_of(network.meetings.get(), [newest(guests)]).totals
    assert (total.summed, total.lines) == ("3.5", [("1.5", 1), ("2", 1)])


def test_a_lead_gets_no_totals(network, answered):
    lead = client_of(a_lead(network, answered[0]))
    url = reverse("answers_file", args=[network.slug, "totals", "csv"])
    assert lead.get(url).status_code == 404


@pytest.mark.parametrize("role", ["staff", "named", "lead"])
def test_the_page_takes_the_same_statements_for_1_and_30_people(network, role):
    asked = [a_question(network, f"Question {step}", leads_read=True, readers=[]) for step in range(3)]
    told = []
    members = []
    for number in (1, 29):
        for _step in range(number):
            one = a_registration(network)
            members.append(one)
            for question in asked:
                an_answer(question, "Yes", one)
        person = {"staff": appointed, "named": named_reader, "lead": lambda net: a_lead(net, *members)}[role](
            network
        )
        client = client_of(person)
        client.get(reverse("accessibility"))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse("answers", args=[network.slug])).status_code == 200
        told.append(len(captured))
    assert told[0] == told[1]


def named_reader(network):
    person = a_user().person
    for question in network.own_questions.all():
        QuestionReader.objects.create(question=question, person=person, named_at=NOW)
    return person


@pytest.fixture
def caterer(network):
    """A link that staff made, its page, and the client of an outsider."""
    Meeting.objects.update(modality="in_person")
    an_answer(
        a_diet(network), ["Vegan"], a_registration(network, a_user(first_name="Ana", last_name="Reis").person)
    )
    an_answer(a_question(network, "Secret?"), "only staff")
    staff = client_of(appointed(network))
    url = reverse("caterer_link", args=[network.slug])
    page = staff.post(url, {"name": "Harbor Kitchen", "meeting": str(network.meetings.get().uid)})
    link = page.context["link"]
    return staff, link.partition("example.org")[2] or "/" + link.split("/", 3)[3]


def test_a_caterer_sees_totals_and_no_name(network, caterer):
    _staff, link = caterer
    page = text_of(Client().get(link))
    assert "What do you eat?" in page
    assert "Vegan" in page
    for hidden in ("Ana", "Reis", "Secret?", "only staff"):
        assert hidden not in page


def test_the_token_is_kept_as_a_hash_and_shown_once(network, caterer):
    staff, link = caterer
    token = link.rstrip("/").split("/")[-1]
    one = network.meetings.get().caterer_links.get()
    assert token not in {one.token_hash, one.name}
    assert token not in text_of(staff.get(reverse("answers", args=[network.slug])))


def test_an_ended_expired_or_unknown_link_shows_one_clear_page(network, caterer, now):
    staff, link = caterer
    one = network.meetings.get().caterer_links.get()
    end = reverse("caterer_link_end", args=[network.slug, one.uid])
    unknown = reverse("caterer", args=["nonsense"])
    now.move_to(one.until)
    late = Client().get(link)
    now.move_to(NOW)
    for _time in range(2):
        staff.post(end)
    ended = Client().get(link)
    pages = {text_of(answer) for answer in (late, ended, Client().get(unknown))}
    assert {late.status_code, ended.status_code} == {404}
    assert len({page.partition("<main")[2].partition("</main")[0] for page in pages}) == 1
    assert QuestionLog.objects.filter(what="unlinked").count() == 1


def test_a_link_ends_where_the_meeting_is_cancelled(network, caterer):
    Meeting.objects.update(status="cancelled")
    assert Client().get(caterer[1]).status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_caterer_downloads_the_same(network, caterer, kind):
    content = b"".join(Client().get(f"{caterer[1]}totals.{kind}").streaming_content)
    if kind == "xlsx":
        rows = [list(row) for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)]
        assert ["What do you eat?", "Vegan", 1] in rows
    else:
        assert '"What do you eat?","Vegan","1"' in content.decode()


def test_no_link_is_made_for_a_meeting_that_is_over(network, now):
    a_diet(network)
    now.move_to(NOW + timedelta(days=60))
    client = client_of(appointed(network))
    url = reverse("caterer_link", args=[network.slug])
    page = client.post(url, {"name": "Harbor Kitchen", "meeting": str(network.meetings.get().uid)})
    assert page.status_code == 422
    assert "This meeting is over or was cancelled." in text_of(page)


@pytest.mark.parametrize("people", [1, 30])
def test_the_totals_take_three_statements(network, people):
    diet = a_diet(network)
    for _step in range(people):
        an_answer(diet, ["Vegan"])
    meeting, version = network.meetings.get(), newest(diet)
    with CaptureQueriesContext(connection) as asked:
        totals_of(meeting, [version])
    assert len(asked) == 3


def test_answers_stand_in_no_other_place(network, answered):
    """The general export, the search of people and histories know nothing of them."""
    from django.apps import apps

    staff = client_of(a_coordinator())
    export = staff.post(reverse("staff_export", args=[network.slug]), {"kind": "csv"})
    assert b"access first" not in b"".join(export.streaming_content)
    assert "access first" not in text_of(staff.get(reverse("staff_search"), {"q": "access"}))
    assert not [model for model in apps.get_models() if model.__name__ == "HistoricalAnswer"]
