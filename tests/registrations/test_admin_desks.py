"""The repair desk of networks and registrations: opens, stays quick, and lets nobody bend a rule."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.contrib.admin.templatetags.admin_list import results
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker

from meetings.models import (
    ActionItem,
    Appointment,
    CoHost,
    Commitment,
    CommitmentVersion,
    GroupRequest,
    Material,
    MaterialVersion,
    Meeting,
    Minutes,
    Network,
    TeamAttendance,
    TeamMember,
    WorkingGroup,
)
from registrations.models import (
    Acceptance,
    Attendance,
    AttendanceCompletion,
    CreditRule,
    Document,
    Evaluation,
    EvaluationCompletion,
    Evidence,
    GroupMembership,
    Hold,
    Message,
    Questionnaire,
    Registration,
    RenewalRule,
    SavedText,
)
from stemnet.admin.rows import rows_of
from tests import factories
from tests.factories import NOW
from tests.world import a_world

pytestmark = pytest.mark.django_db

OURS = [model for model in admin.site._registry if model._meta.app_label in ("meetings", "registrations")]
SHOWN = {
    *(Network, Meeting, WorkingGroup, Commitment, Appointment, Registration, Acceptance, Evidence),
    *(Attendance, AttendanceCompletion, CreditRule, Evaluation, EvaluationCompletion, Document, Hold),
    *(TeamMember, GroupMembership, GroupRequest, Message, SavedText, ActionItem, Minutes, Material),
    *(TeamAttendance, Questionnaire, RenewalRule),
}
LOOKED_AT = {
    GroupRequest,
    Material,
    Message,
    SavedText,
    Acceptance,
    Evidence,
    Attendance,
    AttendanceCompletion,
    Evaluation,
    EvaluationCompletion,
    Questionnaire,
    Document,
}


@pytest.fixture
def coordinator(client):
    person = factories.a_coordinator()
    client.force_login(person.user)
    return person


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def fill(number: int) -> None:
    """Make a row of every model, all of one story."""
    network = factories.a_network(meetings=1, seats=60)
    meeting = network.meetings.own().get()
    group = factories.a_group(network, lead=factories.a_person())
    person = factories.a_person()
    CoHost.objects.create(network=network, organization=factories.an_organization())
    Appointment.objects.create(network=network, person=person)
    GroupRequest.objects.create(group=group, person=person, asked_at=NOW)
    commitment = Commitment.objects.create(network=network)
    version = CommitmentVersion.objects.create(commitment=commitment, text="Come", written_at=NOW)
    registration = factories.a_registration(network, person, accepted=[version.pk])
    GroupMembership.objects.create(registration=registration, working_group=group, joined_at=NOW)
    baker.make(
        Evidence,
        meeting=meeting,
        registration=registration,
        source="staff",
        seen="present",
        arrived_at=meeting.starts_at,
        left_at=meeting.ends_at,
        at=NOW,
        replaced_at=None,
    )
    factories.an_attendance(registration, meeting)
    AttendanceCompletion.objects.create(meeting=meeting, at=NOW, by_name="test")
    evaluation = factories.an_evaluation(network)
    EvaluationCompletion.objects.create(
        evaluation=evaluation, registration=registration, completed_on=NOW.date()
    )
    baker.make(
        Document,
        registration=registration,
        person=person,
        network=network,
        number=f"N-{number}",
        code=f"CODE{number:012d}",
        snapshot={},
        issued_at=NOW,
        status="valid",
        kind="pdp",
    )
    RenewalRule.objects.create(
        code="MA-PDP", name=f"License {number}", units=150, source="A source", effective_from=NOW.date()
    )
    baker.make(Hold, network=network, address=f"h{number}@example.org", answers={"first_name": "Secret"})
    CreditRule.objects.create(code=f"RULE-{number}", name="Rule", effective_from=date(2020, 1, 1))
    Message.objects.create(
        network=network, audience="seated", subject=f"News {number}", written_by=person, created_at=NOW
    )
    SavedText.objects.create(network=network, name=f"Words {number}", subject="S", text="T", saved_at=NOW)
    ActionItem.objects.create(
        text="Try it", due_on=NOW.date(), person=person, meeting=meeting, made_at=NOW, made_by_name="test"
    )
    Minutes.objects.create(meeting=meeting, text="We began.", revision=1, saved_at=NOW)
    material = Material.objects.create(
        meeting=meeting, title=f"Slides {number}", added_at=NOW, added_by=person, url="https://example.org/"
    )
    baker.make(MaterialVersion, material=material, number=1, size=9, added_by=person)
    TeamAttendance.objects.create(meeting=meeting, person=person, said_absent_at=NOW)
    TeamMember.objects.create(team=factories.a_group(None), person=person, joined_on=NOW.date())


def test_every_model_that_is_to_be_mended_has_a_desk_and_answers_have_none():
    assert set(OURS) == SHOWN


def test_lists_ask_as_many_queries_for_thirty_rows_as_for_one(client, coordinator):
    fill(0)
    client.get(address(OURS[0], "changelist"))
    one = {model: asked(client, model) for model in OURS}
    assert {model: number for model, (_rows, number) in one.items() if number > 20} == {}
    for number in range(1, 30):
        fill(number)
    thirty = {model: asked(client, model) for model in OURS}
    assert {model: rows for model, (rows, _number) in thirty.items() if rows < 30} == {}
    more = {model: number - one[model][1] for model, (_rows, number) in thirty.items()}
    assert {model: number for model, number in more.items() if number > 0} == {}


def asked(client, model):
    """How many rows the list shows, and in how many statements."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address(model, "changelist"))
    assert response.status_code == 200
    return len(response.context["cl"].result_list), len(captured)


@pytest.mark.parametrize("model", OURS)
def test_pages_open_and_searching_finds(client, coordinator, model):
    fill(1)
    row = model.objects.first()
    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.get(address(model, "changelist"), {"q": "a"}).status_code == 200
    assert client.get(address(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("filters", [{}, {"q": "a"}])
@pytest.mark.parametrize("app_label", ["meetings", "partners", "registrations", "stemnet"])
def test_rows_are_those_that_django_would_write(client, app_label, filters):
    a_world()
    fill(1)
    client.force_login(factories.a_coordinator().user)
    for model in (one for one in admin.site._registry if one._meta.app_label == app_label):
        response = client.get(address(model, "changelist"), filters)
        if response.status_code == 302:  # a list of one leads to its row
            continue
        cl = response.context["cl"]
        assert list(rows_of(cl)) == ["".join(cells) for cells in results(cl)], model


@pytest.mark.parametrize("model", sorted(LOOKED_AT, key=str))
def test_what_people_did_is_only_looked_at(client, coordinator, model):
    fill(1)
    row = model.objects.first()
    assert client.post(address(model, "change", row.pk), {}).status_code == 403
    assert client.get(address(model, "add")).status_code == 403
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", [Commitment, Registration, Hold, GroupMembership])
def test_nothing_is_begun_here_that_has_a_page_of_its_own(client, coordinator, model):
    assert client.get(address(model, "add")).status_code == 403


def test_staff_and_educators_do_not_come_in(client):
    for person in (factories.a_staff_member(), factories.a_user().person):
        client.force_login(person.user)
        assert client.get(address(Network, "changelist")).status_code in (302, 403)


def test_hold_shows_neither_what_was_typed_nor_a_code(client, coordinator):
    fill(1)
    hold = Hold.objects.get()
    Hold.objects.update(code_hash="the-hash", client="the-client")
    page = client.get(address(Hold, "change", hold.pk)).content.decode()
    assert [word for word in ("Secret", "the-hash", "the-client") if word in page] == []


def test_status_of_a_registration_is_not_a_field(client, coordinator):
    fill(1)
    registration = Registration.objects.get()
    client.post(
        address(Registration, "change", registration.pk),
        {"status": "removed", "first_name": "A", "last_name": "B", "leader_name": "A. Leader"},
        follow=True,
    )
    registration.refresh_from_db()
    assert registration.status == "seated"


def test_history_says_who_changed_a_network_and_an_open_page_notices(client, coordinator):
    network = factories.a_network(summary="Before")
    before = network.edition
    change = address(Network, "change", network.pk)
    form = client.get(change).context["adminform"].form
    typed = {name: form.initial.get(name) or "" for name in form.fields}
    typed |= {"summary": "After", "waitlist": "on", "subjects": [], "audiences": [], "standards": ""}
    for prefix in ("co_hosts", "appointments", "meetings", "working_groups", "commitments"):
        typed |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    assert client.post(change, typed).status_code == 302
    network.refresh_from_db()
    assert (network.summary, network.edition) == ("After", before + 1)
    assert network.history.first().history_user == coordinator.user
    assert coordinator.user.email in client.get(address(Network, "history", network.pk)).content.decode()


def test_a_published_network_is_not_deleted(client, coordinator):
    network = factories.a_network(published_at=NOW)
    assert client.post(address(Network, "delete", network.pk), {"post": "yes"}).status_code == 403


def test_next_version_of_a_rule_can_be_edited_before_it_is_in_force(client, coordinator):
    rule = CreditRule.objects.get(code="MA-PDP")
    typed = {"action": "make_next_versions", "_selected_action": [rule.pk]}
    client.post(address(CreditRule, "changelist"), typed)
    following = CreditRule.objects.get(code="MA-PDP", version=2)
    assert following.minimum == 10
    page = client.get(address(CreditRule, "change", following.pk))
    assert "minimum" in page.context["adminform"].form.fields
    assert CreditRule.objects.version_on(NOW.date(), "MA-PDP") == rule
    assert following.effective_from > date.today() + timedelta(days=20)


def test_an_old_registration_written_back_gives_no_seat(client):
    client.force_login(factories.a_coordinator().user)
    registration = factories.a_registration(factories.a_network())
    Registration.objects.filter(pk=registration.pk).update(status="removed")
    old = registration.history.first()
    address = reverse("admin:registrations_registration_simple_history", args=[registration.pk, old.pk])
    form = client.get(address).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    client.post(address, {name: value for name, value in typed.items() if value is not None})
    assert Registration.objects.get().status == "removed"
