"""Networks, meetings and registrations in the admin: planned, found and corrected there alone."""

import io
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from meetings.groups.domain import teams
from meetings.models import Meeting, Network, TeamMember
from meetings.planning.domain import registration_window
from partners.models import Person, Subject
from registrations.models import GroupMembership, Registration
from registrations.seats.domain import groups
from stemnet.models import Mail
from tests.factories import (
    NOW,
    a_coordinator,
    a_group,
    a_meeting,
    a_network,
    a_partnership,
    a_person,
    a_position,
    a_registration,
    an_attendance,
    an_organization,
)

pytestmark = pytest.mark.django_db
LISTS = [Network, Meeting, Registration, GroupMembership, TeamMember]
NETWORK = {
    "title": "STE District Leaders Network",
    "school_year": "2020-21",
    "kind": "series",
    "zone": "America/New_York",
    "seats": "60",
    "waitlist": "on",
    "summary": "Five meetings of STE leaders.",
    "who_should_attend": "District leaders, or their designee",
    "description": "Share resources and strategies.",
    "contact_name": "Network coordinator",
    "contact_email": "coordinator@example.org",
    "dates": "October 14, 2020; December 8, 2020",
    "start_time": "09:00",
    "end_time": "12:00",
    "modality": "hybrid",
    "venue": "Marlborough",
    "link": "",
}


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def coordinator(client):
    a_partnership()
    person = a_coordinator()
    client.force_login(person.user)
    return person


def address(model, page="changelist", *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def text_of(response):
    return " ".join(response.content.decode().split())


def said(page):
    return [str(message) for message in page.context["messages"]]


def act(client, model, name, chosen, **typed):
    """Choose rows, and press the button of the page that shows what will happen."""
    keys = [row.pk for row in chosen]
    page = client.post(address(model), {"action": name, "index": "0", "_selected_action": keys})
    going = [line.pk for line, _in in page.context["going"]]
    sent = {"plan": page.context["sealed"], "row": going, **typed}
    return page, client.post(f"{address(model)}acts/{name}/", sent, follow=True)


BELOW_A_MEETING = ("breaks", "agenda_items", "materials", "changes")


def counted(*prefixes):
    return {f"{prefix}-{name}": "0" for prefix in prefixes for name in ("TOTAL_FORMS", "INITIAL_FORMS")}


def a_story():
    """A row of each list."""
    network = a_network()
    group = a_group(network)
    registration = a_registration(network, position=a_position(a_person()))
    groups.choose_group(registration, group, at=NOW)
    an_attendance(registration, network.meetings.own().get())
    a_meeting(network, working_group=group, on=date(2020, 11, 3))
    teams.join_team(a_group(None, kind="leadership_team"), person=a_person(), on=NOW.date())
    return registration


@pytest.mark.parametrize("model", LISTS)
def test_forms_open_search_finds_and_each_row_leads_to_the_portal(client, coordinator, model):
    a_story()
    row = model.objects.first()
    assert client.get(address(model, "change", row.pk)).status_code == 200
    assert client.get(address(model), {"q": "a"}).status_code == 200
    html = client.get(address(model)).content.decode()
    leads = [part.partition('"')[0] for part in html.split('class="page" href="')[1:]]
    assert len(leads) == model.objects.count()
    assert client.get(leads[0]).status_code == 200


def test_a_network_is_planned_in_the_admin_alone(client, coordinator):
    subject = Subject.objects.get(code="science")
    assert client.post(address(Network, "add"), {**NETWORK, "subjects": [subject.pk]}).status_code == 302
    network = Network.objects.get()
    assert list(network.subjects.all()) == [subject]
    assert (network.status, network.slug) == ("draft", "ste-district-leaders-network-2020-21")
    assert [one.starts_at for one in network.meetings.own()] == [
        datetime(2020, 10, 14, 13, tzinfo=UTC),
        datetime(2020, 12, 8, 14, tzinfo=UTC),
    ]
    first, _second = network.meetings.own()
    sent = {"title": "Opening", "on": "2020-10-15", "start_time": "10:00", "end_time": "13:00"}
    sent |= {"modality": "online", "join_url": "https://meet.example.org/ste", "counts": "on"}
    change = address(Meeting, "change", first.pk)
    assert client.post(change, {**sent, **counted(*BELOW_A_MEETING)}).status_code == 302
    first.refresh_from_db()
    assert (first.title, first.starts_at) == ("Opening", datetime(2020, 10, 15, 14, tzinfo=UTC))
    assert (first.modality, first.join_url) == ("online", "https://meet.example.org/ste")
    added = {"network": network.pk, "title": "Closing", "on": "2021-05-26", "modality": "in_person"}
    added |= {"start_time": "09:00", "end_time": "12:00", "venue": "Fall River"}
    assert client.post(address(Meeting, "add"), added).status_code == 302
    assert network.meetings.own().count() == 3
    _page, done = act(client, Network, "publish", [network])
    assert said(done)[0] == "1 network is published."
    client.logout()
    assert client.get(network.get_absolute_url()).status_code == 200
    assert not Mail.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("dates", "October 99, 2020", "October 99"),
        ("school_year", "2020", "Write the school year like 2020-21."),
        ("end_time", "08:00", "This ends before it starts."),
        ("dates", "March 14, 2021", "03-14"),
    ],
)
def test_what_cannot_be_planned_is_said_and_what_was_typed_stays(client, coordinator, field, typed, sentence):
    sent = {**NETWORK, field: typed}
    if "March" in typed:
        sent |= {"start_time": "02:30", "end_time": "05:00"}
    page = text_of(client.post(address(Network, "add"), sent))
    assert sentence in page
    assert "Share resources and strategies." in page
    assert not Network.objects.exists()


def test_a_draft_that_is_not_ready_is_skipped_with_what_it_lacks(client, coordinator):
    network = a_network(status="draft", summary="", published_at=None)
    page, _done = act(client, Network, "publish", [network])
    assert "Add a one-sentence summary of the network." in text_of(page)
    network.refresh_from_db()
    assert network.status == "draft"


def test_a_meeting_added_to_a_published_network_is_told_once_that_is_confirmed(client, coordinator):
    network = a_network(published_at=NOW)
    registration = a_registration(network)
    Mail.objects.all().delete()
    sent = {"network": network.pk, "title": "Extra", "on": "2020-11-18", "modality": "in_person"}
    sent |= {"start_time": "09:00", "end_time": "12:00", "venue": "Fall River"}
    page = text_of(client.post(address(Meeting, "add"), sent))
    assert f"{network} is published, and 1 person will get an e-mail about this meeting right away." in page
    assert 'value="Fall River"' in page
    assert not Mail.objects.exists()
    client.post(address(Meeting, "add"), {**sent, "tell": "on"})
    assert Mail.objects.get().address == registration.person.primary_address
    meeting = network.meetings.get(title="Extra")
    form = client.get(address(Meeting, "change", meeting.pk))
    assert "on" not in form.context["adminform"].form.fields
    leads = reverse("staff_change_meetings", args=[network.slug])
    assert f"{leads}?meeting={meeting.uid}" in form.content.decode()


def test_seats_added_in_the_admin_go_to_the_first_in_line(client, coordinator):
    network = a_network(seats=1, published_at=NOW, provider=None, slug="ste-2020-21")
    a_registration(network)
    first, second = a_registration(network), a_registration(network)
    Mail.objects.all().delete()
    page = client.get(address(Network, "change", network.pk)).context
    form = page["adminform"].form
    sent = {name: form.initial.get(name) or "" for name in form.fields}
    sent |= {"seats": "2", "summary": "Share.", "subjects": [], "audiences": []}
    below = [
        one.formset.prefix
        for one in client.get(address(Network, "change", network.pk)).context["inline_admin_formsets"]
    ]
    answer = client.post(address(Network, "change", network.pk), {**sent, **counted(*below)})
    assert answer.status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == ("seated", "waiting")
    assert Mail.objects.get().address == first.person.primary_address


def test_registration_is_closed_and_opened_for_a_selection(client, coordinator):
    open_one, closed = a_network(), a_network()
    registration_window.close_registration(closed, by=coordinator, at=NOW)
    page, done = act(client, Network, "close", [open_one, closed])
    assert "Registration isn&#x27;t open" in text_of(page)
    assert said(done)[0] == "Registration of 1 network is closed."
    open_one.refresh_from_db()
    assert open_one.closed_at == NOW
    act(client, Network, "open", [open_one, closed])
    open_one.refresh_from_db()
    assert open_one.closed_at is None


def test_networks_and_meetings_say_how_many_are_seated_waiting_and_attended(client, coordinator):
    network = a_network(seats=2)
    seated = [a_registration(network) for _each in range(2)]
    a_registration(network)
    meeting = network.meetings.own().get()
    an_attendance(seated[0], meeting)
    row = client.get(address(Network)).context["cl"].result_list[0]
    assert (row.people_seated, row.waiting, row.standing) == (2, 1, "waitlist")
    row = client.get(address(Meeting)).context["cl"].result_list[0]
    assert (row.people_in_network, row.people_came) == (2, 1)
    came = client.get(address(Registration), {"network": network.pk, "came": meeting.pk})
    assert list(came.context["cl"].queryset) == [seated[0]]


def test_a_person_is_found_and_corrected_in_the_admin_alone(client, coordinator):
    organization = an_organization(name="Fall River Public Schools", city="Fall River")
    person = a_person(first_name="Jon", last_name="Smyth")
    position = a_position(person, organization=None, organization_words="Fal River", confirmed_at=None)
    network = a_network()
    group = a_group(network, title="Remote learning")
    registration = a_registration(network, person, position=position)
    a_registration(network)
    found = client.get(address(Registration), {"q": "smyth"})
    assert list(found.context["cl"].queryset) == [registration]
    change = address(Registration, "change", registration.pk)
    initial = client.get(change).context["adminform"].form.initial
    sent = {"first_name": "John", "last_name": "Smith", "certificate_name": "", "job": "teacher"}
    sent |= {"organization": organization.name, "organization_choice": organization.slug}
    sent |= {
        "group": group.pk,
        "seen": initial["seen"],
        "leader_name": "",
        "leader_job": "",
        "leader_email": "",
    }
    below = counted(
        "changes", "offers", "acceptances", "group_memberships", "planned_absences", "attendances"
    )
    assert client.post(change, {**sent, **below}).status_code == 302
    registration = Registration.objects.get(pk=registration.pk)
    assert str(registration.person) == "John Smith"
    assert (registration.position.organization, registration.position.job) == (organization, "teacher")
    assert registration.group_memberships.current().get().working_group == group
    row = registration.changes.latest("pk")
    assert row.by == coordinator
    assert row.reason.startswith("name “Jon Smyth” to “John Smith”; organization “Fal River” to “Fall River")


def test_a_full_group_is_refused_in_a_sentence_and_what_was_typed_stays(client, coordinator):
    registration = a_registration(a_network(), position=a_position(a_person()))
    full = a_group(registration.network, title="Full", places=0)
    change = address(Registration, "change", registration.pk)
    initial = client.get(change).context["adminform"].form.initial
    place = initial["organization"].organization
    sent = {"first_name": "Typed", "last_name": "Name", "job": initial["job"], "seen": initial["seen"]}
    sent |= {"organization": place.name, "organization_choice": place.slug, "group": full.pk}
    below = counted(
        "changes", "offers", "acceptances", "group_memberships", "planned_absences", "attendances"
    )
    page = text_of(client.post(change, {**sent, **below}))
    assert "This working group is full." in page
    assert 'value="Typed"' in page
    assert not Person.objects.filter(first_name="Typed").exists()


def test_registrations_are_narrowed_by_network_and_organization_and_exported(client, coordinator):
    organization, network = an_organization(name="Westport"), a_network()
    person = a_person(first_name="Ana", last_name="=Formula")
    here = a_registration(network, person, position=a_position(person, organization=organization))
    a_registration(network)
    a_registration(a_network())
    asked = {"network": network.pk, "position__organization": organization.pk}
    shown = client.get(address(Registration), asked)
    assert list(shown.context["cl"].queryset) == [here]
    chosen = {"action": "export", "index": "0", "_selected_action": [here.pk]}
    look = client.post(address(Registration), chosen)
    assert "Export 1 row?" in text_of(look)
    sent = {"plan": look.context["sealed"], "row": [here.pk], "kind": "xlsx"}
    file = client.post(f"{address(Registration)}acts/export/", sent)
    sheet = load_workbook(io.BytesIO(b"".join(file.streaming_content))).active
    rows = list(sheet.values)
    assert rows[0][:4] == ("Last name", "First name", "E-mail", "Organization")
    assert rows[1][1:4] == ("Ana", person.primary_address, "Westport")
    assert len(rows) == 2


def test_status_stands_on_screen_and_a_place_in_line_is_said(client, coordinator):
    network = a_network(seats=1)
    a_registration(network)
    a_registration(network)
    page = text_of(client.get(address(Registration)))
    assert "On the waitlist" in page
    assert "no. 1" in page


def test_seats_are_given_for_a_reason_and_who_has_one_is_skipped(client, coordinator):
    network = a_network(seats=1)
    seated, waiting = a_registration(network), a_registration(network)
    page, done = act(client, Registration, "give_seats", [seated, waiting], reason="Leads a group")
    assert "Status is “Registered”" in text_of(page)
    assert said(done)[0] == "1 person has a seat."
    waiting.refresh_from_db()
    assert (waiting.status, waiting.over_seats_reason) == ("seated", "Leads a group")
    assert waiting.changes.latest("pk").by == coordinator


def test_people_are_removed_for_a_reason_that_they_read(client, coordinator):
    registration = a_registration(a_network())
    Mail.objects.all().delete()
    _page, again = act(client, Registration, "remove", [registration], reason="")
    assert "Say why." in text_of(again)
    act(client, Registration, "remove", [registration], reason="Asked by telephone")
    registration.refresh_from_db()
    assert registration.status == "removed"
    assert Mail.objects.get().template == "mail/registrations/removed"


def test_a_member_joins_a_team(client, coordinator):
    team, person = a_group(None, kind="leadership_team"), a_person()
    client.post(address(TeamMember, "add"), {"team": team.pk, "person": person.pk})
    member = TeamMember.objects.get()
    assert (member.person, member.joined_on) == (person, date(2020, 9, 7))


def test_a_published_meeting_keeps_its_time_whatever_is_sent(client, coordinator):
    network = a_network(published_at=NOW)
    meeting = network.meetings.own().get()
    sent = {
        "title": "Renamed",
        "on": "2020-10-20",
        "start_time": "10:00",
        "end_time": "11:00",
        "counts": "on",
    }
    client.post(
        address(Meeting, "change", meeting.pk),
        {**sent, **counted(*BELOW_A_MEETING)},
    )
    meeting.refresh_from_db()
    assert (meeting.title, meeting.on, meeting.start_time) == ("Renamed", date(2020, 10, 14), time(9))


def test_meetings_of_one_network_are_changed_together_where_one_sees_who_is_told(client, coordinator):
    network = a_network(meetings=2, published_at=NOW)
    chosen = list(network.meetings.own())
    sent = {"action": "change_or_cancel", "index": "0", "_selected_action": [one.pk for one in chosen]}
    answer = client.post(address(Meeting), sent)
    page = client.get(answer["Location"])
    assert answer["Location"].startswith(reverse("staff_change_meetings", args=[network.slug]))
    assert page.content.decode().count(" checked") >= 2
    other = a_network().meetings.get()
    sent["_selected_action"] = [chosen[0].pk, other.pk]
    assert said(client.post(address(Meeting), sent, follow=True)) == ["Choose meetings of one network."]
