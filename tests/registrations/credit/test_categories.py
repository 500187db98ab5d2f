"""Hours by category, as New York wants them: each hour has one, and documents say how many each has."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from meetings.planning.domain import cloning
from meetings.planning.forms import typed_shares
from registrations.credit.domain import issuing
from registrations.credit.domain.category_words import category_words
from registrations.credit.domain.exporting import export
from registrations.credit.domain.readiness import readiness_of_person
from registrations.credit.exports import RULE
from registrations.models import CreditRule, Registration
from tests.factories import NOW, SWEEP, a_coordinator, a_group, a_meeting, a_user, an_attendance
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.desk.setup_page import as_shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def registration():
    """Three meetings as the network, one of another category, and one of a group."""
    network = an_awarding_network(credit_code="NY-CTLE", pdp_category="content")
    registration = a_participant(network, attended=4, person=a_user().person)
    network.meetings.filter(title="Meeting 2").update(category="pedagogy")
    group = a_group(network, category="sei_esl")
    meeting = a_meeting(network, working_group=group, title="Group", on=date(2021, 5, 27))
    an_attendance(registration, meeting, minutes_counted=90, reason="rounded")
    return registration


def total_of(registration: Registration):
    return readiness_of_person(registration.network, registration.person, at=JUNE).total


def test_an_hour_has_the_category_of_its_meeting_or_group_or_network(registration):
    total = total_of(registration)
    assert total.minutes_by_category == {"content": 540, "pedagogy": 180, "sei_esl": 90}
    assert sum(total.minutes_by_category.values()) == total.minutes_counted


def test_categories_are_said_in_their_order(registration):
    words = "Content: 9 hours; Pedagogy: 3 hours; SEI or ESL: 1.5 hours"
    assert category_words(total_of(registration)) == words


def test_massachusetts_counts_no_hours_by_category():
    registration = a_participant(an_awarding_network(), attended=4)
    assert category_words(total_of(registration)) == ""


@pytest.mark.parametrize("kind", ["attendance", "pdp"])
def test_documents_say_the_hours_of_each_category(registration, kind, client):
    document = issuing.issue(registration=registration, kind=kind, by=SWEEP, at=JUNE)
    words = "Content: 9 hours; Pedagogy: 3 hours; SEI or ESL: 1.5 hours"
    assert document.snapshot["categories"] == words
    assert words in client.get(reverse("verified", args=[document.printed_code])).content.decode()


def test_the_export_has_the_hours_of_each_category(registration):
    made = export(registration.network, at=JUNE)
    last = [row[-1] for place, row in made.rows if place != RULE]
    assert [sheet.header[-1] for sheet in made.sheets[:RULE]] == ["Hours by category", "Category"]
    assert last[:3] == ["Content: 9 hours; Pedagogy: 3 hours; SEI or ESL: 1.5 hours", "Content", "Pedagogy"]


def test_the_export_of_massachusetts_has_no_such_columns():
    sheets = export(an_awarding_network(), at=JUNE).sheets
    assert [sheet.header[-1] for sheet in sheets[:RULE]] == ["What's missing", "Make-up work approved by"]


def test_my_learning_shows_the_hours_of_each_category(client, registration):
    with time_machine.travel(JUNE, tick=False):
        client.force_login(registration.person.user)
        page = client.get(reverse("learning_network", args=[registration.network.slug]))
    assert "Content: 9 hours; Pedagogy: 3 hours; SEI or ESL: 1.5 hours" in page.content.decode()


def page_of(client, network):
    client.force_login(a_coordinator().user)
    return client.get(reverse("network_edit", args=[network.slug]))


def test_a_document_is_to_be_reviewed_when_a_meeting_gets_another_category(client, registration):
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    network = registration.network
    sent = as_shown(page_of(client, network).context["page"], **{"meetings-0-category": "elective"})
    client.post(reverse("network_edit", args=[network.slug]), sent)
    assert network.meetings.own().first().category == "elective"
    document.refresh_from_db()
    assert document.to_be_reviewed_at is not None


@pytest.mark.parametrize(("code", "hidden"), [("NY-CTLE", False), ("MA-PDP", True), ("", True)])
def test_categories_of_meetings_are_asked_where_the_rule_counts_by_them(client, code, hidden):
    page = page_of(client, an_awarding_network(credit_code=code)).context["page"]
    assert page.meetings.forms[0]["category"].is_hidden == hidden


def test_another_year_has_the_same_categories(registration):
    days = [date(2021, 10, 13), date(2021, 12, 7)]
    copy = cloning.clone(registration.network, school_year="2021-22", dates=days, by=SWEEP, at=NOW)
    assert [meeting.category for meeting in copy.meetings.own()] == ["", "pedagogy"]
    assert copy.working_groups.get().category == "sei_esl"


def test_new_york_and_the_newest_of_washington_count_by_category():
    rules = CreditRule.objects.filter(hours_by_category=True)
    assert [str(rule) for rule in rules] == ["NY-CTLE v1", "NY-CTLE v2", "WA-CLOCK v2"]


@pytest.mark.parametrize("label", ["STEM", "Reading, writing", "Tier 2", "Law; ethics"])
def test_minutes_by_category_are_read_again_as_they_are_shown(label):
    choices, shares = [("one", label), ("two", "Equity")], [("one", 120), ("two", 60)]
    shown = typed_shares.as_typed(shares, choices)
    assert typed_shares.placed(typed_shares.SharesField().clean(shown), choices) == shares
