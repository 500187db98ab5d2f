"""A person's page: what staff of a network see, what staff for all see, and what one sees of oneself."""

import json
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker
from pypdf import PdfReader

from meetings.models import Appointment
from partners.models import EducatorNumber, Person, Preference, partnership_asked_once
from registrations.credit.domain import issuing
from registrations.models import (
    Answer,
    Document,
    Message,
    MessageRecipient,
    Question,
    QuestionVersion,
)
from registrations.records.pages.record import look_at, record_of
from stemnet.models import Mail
from stemnet.outbox.queueing import queue
from tests import factories
from tests.factories import NOW
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = pytest.mark.django_db
MOST = 25


def page_of(client, person, by):
    client.force_login(by.user)
    return client.get(reverse("staff_record", args=[person.uid]))


def headings(person, *, by):
    """What is in each section that has anything, by its anchor."""
    return {one.anchor: [line.title for line in one.lines] for one in seen(person, by=by).sections}


def seen(person, *, by):
    return record_of(look_at(Person.objects.filter(pk=person.pk), by=by, at=NOW))


def a_mail(person, *, object="", **fields):
    queue(
        at=NOW,
        key=str(uuid4()),
        address=person.primary_address,
        template="mail/partners/address_code",
        context={"person": person, "code": "123456", "why": "Because."},
        recipient=f"person:{person.uid}",
        object=object,
        **fields,
    )
    return Mail.objects.latest("pk")


@pytest.fixture
def participant():
    """Somebody in two networks, "ours" with a document and a mail about it."""
    person = factories.a_user(first_name="Eva", last_name="Ávila").person
    ours, other = an_awarding_network(title="Ours"), an_awarding_network(title="Other", slug="other")
    mine = a_participant(ours, person=person)
    factories.a_registration(other, person, over_seats_reason="late", at=NOW)
    issuing.issue(registration=mine, kind="attendance", by=person, at=JUNE)
    Mail.objects.all().delete()
    a_mail(person, object=f"registration:{mine.uid}")
    a_mail(person, object="registration:of-another")
    return person, ours


def test_staff_of_a_network_see_what_belongs_to_it_and_no_more(participant):
    person, ours = participant
    staff = factories.a_user().person
    Appointment.objects.create(network=ours, person=staff)
    seen = headings(person, by=staff)
    assert (seen["networks"], len(seen["documents"]), len(seen["mail"])) == (["Ours"], 1, 1)
    assert "mou" not in seen
    assert [title for title in seen["history"] if title.startswith("Other")] == []


def test_staff_for_all_and_oneself_see_everything(participant):
    person, _ours = participant
    for by in (factories.a_staff_member(), factories.a_coordinator(), person):
        seen = headings(person, by=by)
        assert (sorted(seen["networks"]), len(seen["mail"])) == (["Other", "Ours"], 2)


def test_staff_of_another_network_find_no_page(client, participant):
    person, _ours = participant
    other = factories.a_user().person
    Appointment.objects.create(network=factories.a_network(), person=other)
    assert page_of(client, person, other).status_code == 404


def test_who_is_merged_has_no_page(client):
    person = factories.a_person()
    person.merged_into = factories.a_person()
    person.save()
    assert page_of(client, person, factories.a_coordinator()).status_code == 404


def test_a_mail_is_read_by_who_may_see_it_and_never_one_with_a_secret(client, participant):
    person, ours = participant
    staff = factories.a_user().person
    Appointment.objects.create(network=ours, person=staff)
    about, foreign = Mail.objects.order_by("pk")
    secret = a_mail(person, object=about.object, secret=True)
    client.force_login(staff.user)
    answers = [
        client.get(reverse("staff_record_mail", args=[person.uid, mail.digest])).status_code
        for mail in (about, foreign, secret)
    ]
    assert answers == [200, 404, 404]
    client.force_login(person.user)
    own = [client.get(reverse("own_mail_sent", args=[mail.digest])) for mail in (foreign, secret)]
    assert [one.status_code for one in own] == [200, 404]
    assert "123456" in own[0].content.decode()


def test_nobody_reads_the_mail_of_others(client, participant):
    client.force_login(factories.a_user().person.user)
    assert client.get(reverse("own_mail_sent", args=[Mail.objects.first().digest])).status_code == 404


def ten_years(person):
    """Ten years with two networks each, documents, mail, messages and whatever else one collects."""
    staff = factories.a_coordinator()
    for year in range(10):
        for number in range(2):
            name = f"{2010 + year}-{11 + year:02d}"
            network = an_awarding_network(
                title=f"Network {number}", slug=f"n{number}-{name}", school_year=name
            )
            registration = a_participant(network, person=person)
            baker.make(
                Document,
                registration=registration,
                person=person,
                network=network,
                number=name + str(number),
                code=name + str(number),
                snapshot={},
            )
            message = Message.objects.create(
                network=network, written_by=staff, audience="seated", subject="S", created_at=NOW, send_at=NOW
            )
            MessageRecipient.objects.create(message=message, person=person, mail_key=f"m{network.pk}")
            for _mail in range(5):
                a_mail(person, object=f"registration:{registration.uid}")
        factories.a_position(person)
        factories.a_part(lead_contact=person)
        factories.a_group(network, lead=person)


@pytest.mark.parametrize("role", ["coordinator", "staff of the networks", "oneself"])
def test_ten_years_take_no_more_statements_than_asked(client, role):
    person = factories.a_user().person
    ten_years(person)
    EducatorNumber.objects.create(person=person, kind="mepid", number="1", typed_at=NOW)
    by = {"coordinator": factories.a_coordinator, "oneself": lambda: person}.get(role, appointed(person))()
    url = reverse("own_data") if role == "oneself" else reverse("staff_record", args=[person.uid])
    client.force_login(by.user)
    client.get(url)
    with CaptureQueriesContext(connection) as told:
        page = client.get(url)
    assert page.status_code == 200
    asked = [query["sql"] for query in told.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) <= MOST, asked


def appointed(person):
    def staff():
        someone = factories.a_user().person
        for registration in person.registrations.all():
            Appointment.objects.create(network=registration.network, person=someone)
        return someone

    return staff


def statements_of(person, by):
    with partnership_asked_once(), CaptureQueriesContext(connection) as told:
        seen(person, by=by)
    return len(told)


def test_statements_do_not_grow_with_rows():
    few, many, by = factories.a_person(), factories.a_person(), factories.a_coordinator()
    a_participant(an_awarding_network(), person=few)
    for number in range(30):
        a_participant(an_awarding_network(slug=f"n{number}"), person=many)
        a_mail(many)
        factories.a_position(many)
    statements_of(few, by)  # what is asked once, such as the groups of whoever looks
    assert statements_of(many, by) == statements_of(few, by)


def test_older_years_are_folded_and_the_newest_is_open(client):
    person = factories.a_user().person
    for year in ("2019-20", "2020-21", "2018-19"):
        factories.a_registration(factories.a_network(school_year=year, title=f"In {year}"), person)
    (section,) = [one for one in seen(person, by=person).sections if one.anchor == "networks"]
    assert (section.newest.name, [year.name for year in section.older]) == ("2020-21", ["2019-20", "2018-19"])


def test_the_download_has_every_row_and_no_secret(client, participant):
    person, _ours = participant
    Preference.objects.create(person=person, topic="messages", muted_at=NOW)
    a_mail(person, secret=True)
    client.force_login(person.user)
    text = b"".join(client.get(reverse("own_data_json")).streaming_content).decode()
    data = json.loads(text)
    assert data["person"]["last_name"] == "Ávila"
    rows = data["rows"]
    assert [one["network__title"] for one in rows["registrations"]] == ["Ours", "Other"]
    assert [one["status"] for one in rows["documents"]] == ["valid"]
    assert len(rows["attendance"]) == 5
    assert [one["address"] for one in rows["e-mail addresses"]] == [person.primary_address]
    assert len(rows["accounts"]) == 1 and "password" not in rows["accounts"][0]
    assert [bool(one["text"]) for one in data["mail"]] == [True, True, False]


def test_the_paper_says_what_the_page_says(client, participant):
    person, _ours = participant
    client.force_login(person.user)
    answer = client.get(reverse("own_data_pdf"))
    reader = PdfReader(BytesIO(answer.content))
    words = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for said in ("Your data", "Eva Ávila", "Networks, attendance and hours", "Ours", "Meeting 5", "History"):
        assert said in words
    assert "/MarkInfo" in reader.trailer["/Root"]


def test_a_future_meeting_is_no_problem(client):
    person = factories.a_user().person
    network = factories.a_network(meetings=0)
    factories.a_meeting(network, on=(NOW + timedelta(days=9)).date())
    factories.a_registration(network, person)
    assert seen(person, by=person).sections[0].lines[0].more[0].title == "Opening meeting"


def test_answers_are_shown_to_whoever_may_read_them(participant):
    person, ours = participant
    question = baker.make(Question, network=ours, staff_read=True, kind="text")
    version = baker.make(QuestionVersion, question=question, label="Which grade?", number=1)
    baker.make(
        Answer,
        registration=person.registrations.get(network=ours),
        question=question,
        version=version,
        value="Fifth",
        given_at=NOW,
    )
    staff = factories.a_user().person
    Appointment.objects.create(network=ours, person=staff)
    assert headings(person, by=person)["answers"] == ["Which grade?"]
    assert headings(person, by=staff)["answers"] == ["Which grade?"]
    question.staff_read = False
    question.save()
    assert headings(person, by=staff)["answers"] == []
