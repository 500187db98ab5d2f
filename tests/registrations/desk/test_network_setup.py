import pytest
import time_machine
from django.urls import reverse

from meetings.models import Meeting, Network
from registrations.models import GroupMembership
from tests import factories
from tests.registrations.desk.setup_page import as_shown, rows, typed

pytestmark = pytest.mark.django_db
NEW = "/staff/networks/new/"


@pytest.fixture
def coordinator(client):
    person = factories.a_coordinator()
    client.force_login(person.user)
    return person


def errors(response) -> dict[str, str]:
    return {bound.html_name if bound else "": sentence for bound, sentence in response.context["faults"]}


def test_new_makes_a_draft_of_the_steldn_form(client, coordinator):
    response = client.post(NEW, typed())
    network = Network.objects.get()
    assert response.url == reverse("network_edit", args=[network.slug])
    assert network.slug == "science-and-technologyengineering-district-leaders-network-2020-21"
    assert network.status == "draft"
    assert [f"{meeting.starts_at:%Y-%m-%d %H:%M}" for meeting in network.meetings.own()] == [
        "2020-10-14 13:00",
        "2020-12-08 14:00",
        "2021-02-10 14:00",
        "2021-04-13 13:00",
        "2021-05-26 13:00",
    ]
    slots = network.meetings.filter(working_group__title="Remote learning")
    assert [f"{meeting.starts_at:%Y-%m-%d %H:%M}" for meeting in slots] == [
        "2020-10-14 16:00",
        "2020-12-08 17:00",
        "2021-02-10 17:00",
        "2021-04-13 16:00",
        "2021-05-26 16:00",
    ]
    assert [(str(one), one.required) for one in network.commitments.all()] == [
        ("Attend sessions in the network series", True),
        ("Join an optional working group focused on a specific STE topic", False),
    ]


@pytest.mark.parametrize(
    ("moment", "year"),
    [("2020-07-01 00:30", "2019-20"), ("2020-07-01 13:00", "2020-21")],
    ids=["on June 30 at 8:30 p.m.", "on July 1"],
)
def test_new_begins_with_the_school_year_that_it_is(client, coordinator, moment, year):
    factories.a_partnership(zone="America/New_York")
    with time_machine.travel(f"{moment}+00:00", tick=False):
        page = client.get(NEW)
    assert f'value="{year}"' in page.content.decode()


@pytest.mark.parametrize(("codes", "first"), [([], "MA-PDP"), (["MA-PDP", "WA-CLOCK"], "WA-CLOCK")])
def test_new_starts_with_the_rule_of_the_last_network(client, coordinator, codes, first):
    for code in codes:
        factories.a_network(credit_code=code)
    factories.a_network(kind="information_session", credit_code="", asks_evaluation=False)
    assert client.get(NEW).context["page"].network["credit_code"].value() == first


def test_new_tells_the_hours_that_can_be_earned(client, coordinator):
    client.post(NEW, typed())
    response = client.get(reverse("network_edit", args=[Network.objects.get().slug]))
    forecast = response.context["forecast"]
    assert (forecast.own_minutes, forecast.minutes_with_group) == (15 * 60, 30 * 60)
    assert forecast.warnings == ["The first date has passed, so nobody can register anymore."]


def test_new_warns_while_the_minimum_cannot_be_reached(client, coordinator):
    response = client.post(
        NEW,
        typed(act="add_dates", **{"plan-dates": "Oct 14; Dec 8", "plan-slot_start": "", "plan-slot_end": ""}),
    )
    assert response.context["forecast"].warnings[1:] == [
        "These dates give 6 hours at most, and PDPs start at 10 hours: nobody can earn any. "
        "Plan more or longer meetings, or choose no credit rule."
    ]


def test_new_says_when_only_groups_lift_people_over_the_minimum(client, coordinator):
    response = client.post(NEW, typed(act="add_dates", **{"plan-dates": "Oct 14; Dec 8"}))
    assert response.context["forecast"].warnings[1:] == [
        "Only with a working group can people reach the 10 hours that PDPs require."
    ]


def test_publish_lists_what_looks_forgotten_and_one_more_click_publishes(client, coordinator):
    response = client.post(NEW, typed(act="publish"))
    network = Network.objects.get()
    assert response.url == reverse("network_preview", args=[network.slug])
    assert network.status == "draft"
    page = client.get(response.url)
    assert page.context["doubts"][0].startswith("No link to join yet: Wed, Oct 14, 2020; Tue, Dec 8, 2020")
    assert "Publish anyway" in page.content.decode()
    publish = reverse("network_publish", args=[network.slug])
    assert client.post(publish).url == response.url
    assert client.post(publish, {"sure": "1"}).url == network.get_absolute_url()
    network.refresh_from_db()
    assert network.status == "published"
    client.logout()
    assert client.get(network.get_absolute_url()).status_code == 200


def test_publish_lists_everything_missing_at_its_field(client, coordinator):
    response = client.post(
        NEW,
        typed(act="publish", summary="", description="", contact_email="", seats="0", **{"plan-dates": ""}),
    )
    assert errors(response) == {
        "summary": "Add a one-sentence summary of the network.",
        "description": "Add a description of what people will do.",
        "seats": "Allow at least one seat.",
        "contact_email": "Add an e-mail address for questions.",
        "plan-dates": "Add at least one date.",
    }
    assert not Network.objects.exists()


def test_publish_tells_what_is_missing_together_with_what_is_wrong(client, coordinator):
    response = client.post(NEW, typed(act="publish", title="", summary=""))
    assert errors(response) == {
        "title": "This field is required.",
        "summary": "Add a one-sentence summary of the network.",
    }


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"zone": "America/Nowhere"}, "zone", "“America/Nowhere” isn't a time zone we know."),
        (
            {"title": "x" * 300},
            "title",
            "Ensure this value has at most 200 characters (it has 300).",
        ),
        ({"seats": "-3"}, "seats", "Ensure this value is greater than or equal to 0."),
        ({"school_year": "2020-22"}, "school_year", "Write the school year like 2020-21."),
        ({"plan-end_time": "08:00"}, "plan-end_time", "This ends before it starts."),
        ({"plan-slot_end": ""}, "plan-slot_end", "Fill in this time, too."),
        (
            {"contact_email": "nobody"},
            "contact_email",
            "Type an e-mail address such as name@example.org.",
        ),
        (
            {"co_hosts": "No such body"},
            "co_hosts",
            "We don't have an organization called “No such body”. Leave it out for now, or add it to the "
            "directory first.",
        ),
        ({"plan-which": "1", "plan-weekday": "1"}, "plan-last", "Give the pattern a first and a last day."),
        (
            {"plan-dates": "March 14, 2021", "plan-start_time": "02:30"},
            "plan-start_time",
            "The clocks change on 2021-03-14, and 02:30 doesn't exist that day.",
        ),
        (
            {"plan-dates": "Nov 1, 2020", "plan-start_time": "01:30"},
            "plan-start_time",
            "The clocks change on 2020-11-01, and 01:30 comes twice that day.",
        ),
        (
            {"plan-which": "1", "plan-weekday": "1", "plan-first": "2020-10-01", "plan-last": "9999-12-31"},
            "plan-last",
            "Fri, Dec 31, 9999 is not in the school year 2020-21.",
        ),
        (
            {"groups-0-leads": "stranger@example.org"},
            "groups-0-leads",
            "Nobody in our records has the e-mail address stranger@example.org. Leave it out for now.",
        ),
    ],
)
def test_bad_input_is_told_at_its_field_and_kept(client, coordinator, changed, field, sentence):
    response = client.post(NEW, typed(**changed))
    assert errors(response)[field] == sentence
    assert response.status_code == 200
    assert next(iter(changed.values())) in response.content.decode()
    assert not Network.objects.exists()


def test_a_form_sent_twice_makes_one_network(client, coordinator):
    client.post(NEW, typed())
    response = client.post(NEW, typed())
    assert errors(response) == {"title": "There's already a network with this title in 2020-21."}
    assert Network.objects.count() == 1


def test_another_title_of_the_same_address_gets_a_number(client, coordinator):
    client.post(NEW, typed(title="Science: Leaders"))
    client.post(NEW, typed(title="Science Leaders!"))
    assert set(Network.objects.values_list("slug", flat=True)) == {
        "science-leaders-2020-21",
        "science-leaders-2020-21-2",
    }


def test_tampered_rows_are_refused_without_an_error_page(client, coordinator):
    response = client.post(NEW, typed(**{"groups-TOTAL_FORMS": "many"}))
    assert response.status_code == 200
    assert not Network.objects.exists()


@pytest.mark.parametrize("number", ["many", "²", "-1", "99999999999999999999"])
def test_numbers_of_rows_that_make_no_sense_are_refused(client, coordinator, number):
    network, address = an_edited_network(client)
    sent = as_shown(client.get(address).context["page"], **{"meetings-0-id": number})
    assert client.post(address, sent).status_code in (200, 302)
    sent = as_shown(client.get(address).context["page"], **{"meetings-TOTAL_FORMS": number})
    assert client.post(address, {**sent, "act": "add_meeting"}).status_code == 200
    network.refresh_from_db()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2019-05-05"])
def test_a_row_outside_the_school_year_is_refused(client, coordinator, day):
    _network, address = an_edited_network(client)
    sent = as_shown(
        client.get(address).context["page"], **{"meetings-4-on": day, "meetings-4-end_time": "23:30"}
    )
    assert "is not in the school year 2020-21." in errors(client.post(address, sent))["meetings-4-on"]


def test_listing_dates_saves_nothing_and_keeps_what_is_typed(client, coordinator):
    response = client.post(NEW, typed(act="add_dates", title=""))
    assert not Network.objects.exists()
    assert response.context["faults"] == []
    page = response.context["page"]
    assert [form["on"].value() for form in page.meetings] == [
        "2020-10-14",
        "2020-12-08",
        "2021-02-10",
        "2021-04-13",
        "2021-05-26",
    ]
    assert page.dates["dates"].value() == ""
    assert page.groups.forms[0]["title"].value() == "Remote learning"


def test_listing_dates_says_what_is_no_date(client, coordinator):
    response = client.post(NEW, typed(act="add_dates", **{"plan-dates": "someday"}))
    assert errors(response) == {
        "plan-dates": "“someday” isn't a date we can read. Write it like October 14, 2020 or 10/14/2020 or "
        "2020-10-14."
    }


def test_listing_dates_says_which_words_were_left_out(client, coordinator):
    response = client.post(NEW, typed(act="add_dates", **{"plan-dates": "Held on Oct 14; someday"}))
    assert [form["on"].value() for form in response.context["page"].meetings] == ["2020-10-14"]
    assert [str(message) for message in response.context["messages"]] == [
        "We read the dates and left out: “Held on”; “someday”"
    ]


def test_adding_a_row_keeps_the_others(client, coordinator):
    response = client.post(NEW, typed(act="add_group"))
    assert [form["title"].value() for form in response.context["page"].groups] == ["Remote learning", None]


def an_edited_network(client, **fields):
    client.post(NEW, typed(**fields))
    network = Network.objects.latest("pk")
    if fields.get("act") == "publish":
        client.post(reverse("network_publish", args=[network.slug]), {"sure": "1"})
    return network, reverse("network_edit", args=[network.slug])


def test_edit_shown_and_sent_back_changes_nothing(client, coordinator):
    network, address = an_edited_network(client)
    before = list(Meeting.objects.values("title", "on", "starts_at", "ends_at", "modality", "working_group"))
    response = client.post(address, as_shown(client.get(address).context["page"]))
    assert response.status_code == 302
    after = list(Meeting.objects.values("title", "on", "starts_at", "ends_at", "modality", "working_group"))
    assert after == before
    network.refresh_from_db()
    assert network.edition == 2


def test_edit_corrects_the_wording_of_a_draft(client, coordinator):
    network, address = an_edited_network(client)
    page = client.get(address).context["page"]
    client.post(address, as_shown(page, **{"commitments-0-text": "Come to every session"}))
    versions = network.commitments.first().versions
    assert [(one.number, one.text) for one in versions.all()] == [(1, "Come to every session")]


def test_edit_of_a_published_network_adds_a_version_of_the_commitment(client, coordinator):
    network, address = an_edited_network(client, act="publish")
    page = client.get(address).context["page"]
    client.post(address, as_shown(page, **{"commitments-0-text": "Come to every session"}))
    versions = network.commitments.first().versions
    assert [one.number for one in versions.all()] == [1, 2]
    assert str(network.commitments.first()) == "Come to every session"


def test_edit_takes_rows_away(client, coordinator):
    network, address = an_edited_network(client)
    page = client.get(address).context["page"]
    client.post(
        address,
        as_shown(page, **{"meetings-1-DELETE": "on", "groups-0-DELETE": "on", "commitments-1-DELETE": "on"}),
    )
    assert (network.meetings.count(), network.working_groups.count(), network.commitments.count()) == (
        4,
        0,
        1,
    )


def test_edit_takes_the_groups_off_one_date(client, coordinator):
    network, address = an_edited_network(client)
    sent = as_shown(client.get(address).context["page"])
    sent.pop("meetings-1-groups_after")
    client.post(address, sent)
    assert network.meetings.filter(working_group__isnull=False).count() == 4


def test_edit_tells_the_second_who_changed_it_and_loses_nothing(client, coordinator):
    network, address = an_edited_network(client)
    mine = as_shown(client.get(address).context["page"], title="Mine", summary="Typed for a while")
    theirs = factories.a_coordinator(first_name="Other", last_name="Coordinator")
    client.force_login(theirs.user)
    client.post(address, as_shown(client.get(address).context["page"], title="Theirs"))
    client.force_login(coordinator.user)
    response = client.post(address, mine)
    conflict = response.context["conflict"]
    assert conflict["who"] == "Other Coordinator"
    assert conflict["differences"] == [
        ("Title", "Theirs", "Mine"),
        ("Summary", "Five meetings of STE leaders.", "Typed for a while"),
    ]
    network.refresh_from_db()
    assert network.title == "Theirs"
    client.post(address, {**mine, "seen": response.context["page"].seen})
    network.refresh_from_db()
    assert network.title == "Mine"


def test_edit_leaves_meetings_alone_once_people_are_registered(client, coordinator):
    network, address = an_edited_network(client, act="publish")
    factories.a_registration(network)
    response = client.get(address)
    assert "People are already registered, so" in response.content.decode()
    sent = as_shown(
        response.context["page"], **{"meetings-0-on": "2020-10-15", "meetings-0-title": "Opening"}
    )
    client.post(address, sent)
    meeting = network.meetings.own().first()
    assert (f"{meeting.on}", meeting.title) == ("2020-10-14", "Opening")


def breaks_of(network) -> list[list[str]]:
    own = network.meetings.own().prefetch_related("breaks")
    return [[str(one) for one in meeting.breaks.all()] for meeting in own]


def test_new_gives_every_pasted_date_the_breaks_that_are_typed(client, coordinator):
    client.post(NEW, typed(**{"plan-breaks": "10:30-10:45"}))
    assert breaks_of(Network.objects.get()) == [["10:30 a.m. to 10:45 a.m."]] * 5


def test_listing_dates_lists_their_breaks(client, coordinator):
    response = client.post(NEW, typed(act="add_dates", **{"plan-breaks": "10:30-10:45, 11:30 for 5 min"}))
    assert response.context["page"].meetings.forms[4]["breaks"].value() == "10:30-10:45, 11:30-11:35"


def test_edit_changes_the_breaks_of_one_meeting(client, coordinator):
    network, address = an_edited_network(client, **{"plan-breaks": "10:30-10:45"})
    sent = as_shown(client.get(address).context["page"], **{"meetings-1-breaks": "", "plan-breaks": ""})
    client.post(address, sent)
    assert breaks_of(network)[:3] == [["10:30 a.m. to 10:45 a.m."], [], ["10:30 a.m. to 10:45 a.m."]]


def test_edit_changes_breaks_also_once_people_are_registered(client, coordinator):
    network, address = an_edited_network(client, act="publish")
    factories.a_registration(network)
    sent = as_shown(client.get(address).context["page"], **{"meetings-0-breaks": "10:30-10:45"})
    client.post(address, sent)
    assert breaks_of(network)[:2] == [["10:30 a.m. to 10:45 a.m."], []]


@pytest.mark.parametrize(
    ("typed_breaks", "sentence"),
    [
        ("8:00-8:15", "The break “8:00-8:15” is outside the meeting."),
        ("at ten", "Type a break like 10:30-10:45, not “at ten”."),
    ],
)
def test_a_break_that_cannot_be_is_told_at_its_field(client, coordinator, typed_breaks, sentence):
    _network, address = an_edited_network(client)
    sent = as_shown(client.get(address).context["page"], **{"meetings-0-breaks": typed_breaks})
    assert errors(client.post(address, sent)) == {"meetings-0-breaks": sentence}


def test_breaks_at_the_same_time_are_refused(client, coordinator):
    _network, address = an_edited_network(client)
    sent = as_shown(client.get(address).context["page"], **{"meetings-0-breaks": "10:00-10:30, 10:15-10:45"})
    assert errors(client.post(address, sent)) == {
        "": "The breaks 10:00 a.m. to 10:30 a.m. and 10:15 a.m. to 10:45 a.m. overlap."
    }


def test_the_hours_that_can_be_earned_leave_breaks_out_where_the_rule_does(client, coordinator):
    _network, address = an_edited_network(client, credit_code="CEU", **{"plan-breaks": "10:30-10:45"})
    assert client.get(address).context["forecast"].own_minutes == 5 * 165


@pytest.mark.parametrize(("act", "number"), [("publish", 1), ("save", 0)])
def test_edit_raises_the_revision_of_a_date_that_calendars_know(client, coordinator, act, number):
    network, address = an_edited_network(client, act=act)
    client.post(address, as_shown(client.get(address).context["page"], **{"meetings-0-on": "2020-10-15"}))
    first, second = network.meetings.own()[:2]
    assert (f"{first.on}", first.sequence, second.sequence) == ("2020-10-15", number, 0)


def test_edit_notices_that_somebody_registered_meanwhile(client, coordinator):
    network, address = an_edited_network(client, act="publish")
    sent = as_shown(client.get(address).context["page"], **{"meetings-0-on": "2020-10-15"})
    factories.a_registration(network)
    assert client.post(address, sent).context["conflict"]["sentence"] == (
        "Somebody else saved this network while you had it open."
    )


def test_edit_seats_those_in_line_when_seats_are_added(client, coordinator):
    network, address = an_edited_network(client, act="publish", seats="1")
    factories.a_registration(network)
    waiting = factories.a_registration(network)
    with time_machine.travel(factories.NOW, tick=False):
        client.post(address, as_shown(client.get(address).context["page"], seats="2", offer_hours="0"))
    waiting.refresh_from_db()
    assert waiting.status == "seated"


def test_a_group_with_people_stays(client, coordinator):
    network, address = an_edited_network(client, act="publish")
    registration = factories.a_registration(network)
    GroupMembership.objects.create(
        registration=registration, working_group=network.working_groups.get(), joined_at=factories.NOW
    )
    page = client.get(address).context["page"]
    response = client.post(address, as_shown(page, **{"groups-0-DELETE": "on"}))
    assert errors(response)[""] == "People are in the group “Remote learning”, so it can't be removed."


def test_rows_of_another_network_cannot_be_named(client, coordinator):
    other = factories.a_network()
    meeting = other.meetings.get()
    _network, address = an_edited_network(client)
    page = client.get(address).context["page"]
    client.post(address, as_shown(page, **{"meetings-0-id": meeting.pk, "meetings-0-title": "Stolen"}))
    meeting.refresh_from_db()
    assert meeting.title == "Meeting 1"


def test_an_information_session_gives_no_points(client, coordinator):
    client.post(NEW, typed(kind="information_session", **rows("groups", []), **rows("commitments", [])))
    network = Network.objects.get()
    assert (network.credit_code, network.asks_evaluation) == ("", False)
