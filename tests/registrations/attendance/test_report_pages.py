"""The pages of reports: bringing files, deciding, importing, taking back, and every bad file said clearly."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.models import Meeting
from registrations.models import AttendanceReport, Evidence, RememberedColumns, RememberedVisitor, ReportFile
from tests.factories import a_meeting, an_organization
from tests.registrations.attendance.report_story import AT, Story, meet, zoom

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def story(private_files, client):
    story = Story()
    client.force_login(story.staff.user)
    return story


def upload(client, story, *contents, zone="America/New_York", names=()):
    names = names or [f"report{number}.csv" for number in range(1, len(contents) + 1)]
    chosen = [SimpleUploadedFile(name, content) for name, content in zip(names, contents, strict=True)]
    address = reverse("staff_reports", args=[story.meeting.uid])
    return client.post(address, {"chosen": chosen, "zone": zone})


def act(client, story, name, data=None, **more):
    report = AttendanceReport.objects.latest("pk")
    arguments = [story.meeting.uid, report.uid, *more.values()]
    return client.post(reverse(f"staff_report_{name}", args=arguments), data or {}, follow=True)


def page(client, show="all"):
    response = client.get(AttendanceReport.objects.latest("pk").get_absolute_url(), {"show": show})
    assert response.status_code == 200
    return response


def confirm(client, story, **data):
    seen = page(client).context["plan"].fingerprint
    return act(client, story, "confirm", {"seen": seen, **data})


def test_a_report_is_brought_seen_and_imported(client, story):
    one = story.person("Ann", "One", "ann@example.org")
    response = upload(client, story, zoom(("Ann", "ann@example.org", "09:00", "11:00")))
    assert response.status_code == 302
    shown = page(client).content.decode()
    assert "Zoom" in shown
    assert "not marked" in shown
    assert "2 hours" in shown
    done = confirm(client, story).content.decode()
    assert "The report was imported." in done
    assert ReportFile.objects.get().sha256 in done
    assert story.minutes(one) == 120


def test_the_desk_leads_to_the_reports_and_says_how_many(client, story):
    address = reverse("staff_meeting", args=[story.meeting.uid])
    assert "Import a report" in client.get(address).content.decode()
    story.imported(zoom((str(story.person("Ann", "One").person), "", "09:00", "11:00")))
    assert "Import a report (1 so far)" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(64), "This is a picture"),
        ("empty.csv", b"", "is empty"),
        (
            "other.csv",
            zoom(("Ann One", "", "09:00", "11:00"), day="11/18/2020"),
            "of November 18, 2020 (“Opening meeting”)",
        ),
        (
            "totals.csv",
            b"Name (Original Name),User Email,Total Duration (Minutes),Guest\r\nAnn One,,90,Yes\r\n",
            "no times",
        ),
    ],
)
def test_a_file_that_is_no_report_of_this_meeting_is_said_clearly(client, story, name, content, said):
    response = upload(client, story, content, names=[name], zone="America/Chicago")
    shown = response.content.decode()
    assert (response.status_code, said in shown, AttendanceReport.objects.count()) == (422, True, 0)
    assert '<option value="America/Chicago" selected' in shown


def test_of_several_files_the_good_ones_are_kept_and_the_other_named(client, story):
    good = zoom(("Ann One", "", "09:00", "11:00"))
    response = upload(client, story, good, b"\x89PNG\r\n\x1a\n" + bytes(64), names=["good.csv", "photo.csv"])
    shown = client.get(response.url).content.decode()
    assert "photo.csv: This is a picture" in shown
    assert [file.name for file in ReportFile.objects.all()] == ["good.csv"]


def test_an_hour_off_is_named_and_one_press_moves_it(client, story):
    one = story.person("Ann", "One")
    upload(client, story, zoom(("Ann One", "", "10:00", "13:00")))
    assert "seem to be 1 hour late" in page(client).content.decode()
    act(client, story, "times", {"zone": "America/New_York", "shift": "1"})
    shown = page(client).content.decode()
    assert "seem to be" not in shown
    assert "They are 1 hour late, so we moved them." in shown
    confirm(client, story)
    assert story.minutes(one) == 180


def test_another_zone_can_be_chosen(client, story):
    one = story.person("Ann", "One")
    upload(client, story, zoom(("Ann One", "", "08:00", "11:00")), zone="America/Chicago")
    assert "seem to be" not in page(client).content.decode()
    confirm(client, story)
    assert story.minutes(one) == 180


def test_unknown_columns_are_pointed_at_and_remembered(client, story):
    one = story.person("Ann", "One")
    times = [f"2020-10-14 {hour}:00:00" for hour in ("09", "10", "10", "11")]
    header = "wer,kam,ging,wieder,weg\r\n"
    upload(client, story, (header + ",".join(["Ann One", *times])).encode())
    assert "Say which columns are which" in page(client).content.decode()
    kept = ReportFile.objects.get()
    wrong = act(client, story, "file_reading", {"name": "0", "joined": "1", "left": "1"}, file=kept.uid)
    assert (wrong.status_code, "Choose another column for each." in wrong.content.decode()) == (422, True)
    act(client, story, "file_reading", {"name": "0", "joined": "1", "left": "4"}, file=kept.uid)
    confirm(client, story)
    assert (story.minutes(one), RememberedColumns.objects.count()) == (120, 1)
    upload(client, story, (header + ",".join(["Ben Two", *times])).encode())
    assert page(client).context["is_clear"]


def test_a_guessed_encoding_shows_names_first(client, story):
    story.person("José", "Núñez")
    content = zoom(("José Núñez", "", "09:00", "11:00")).decode("utf-8-sig").encode("windows-1252")
    upload(client, story, content)
    first = page(client)
    assert (first.context["is_clear"], "José Núñez" in first.content.decode()) == (False, True)
    act(client, story, "file_reading", {"encoding": "windows-1252"}, file=ReportFile.objects.get().uid)
    assert page(client).context["is_clear"]


def test_decisions_on_the_list_are_kept_and_counted(client, story):
    one = story.person("Elizabeth", "Green")
    upload(
        client,
        story,
        zoom(("Betty Green", "", "09:00", "11:00"), ("Otter.ai Notetaker", "", "09:00", "12:00")),
    )
    betty, otter = sorted(page(client, "ask").context["rows"], key=lambda row: row.match.visitor.name)
    assert one.pk in [likely.pk for likely in betty.likely]
    data = {f"who-{betty.match.id}": str(one.uid), f"who-{otter.match.id}": "remember"}
    act(client, story, "decide", data)
    confirm(client, story)
    assert story.minutes(one) == 120
    remembered = dict(RememberedVisitor.objects.values_list("key", "person"))
    assert remembered == {"name:betty green": one.person_id, "name:ai notetaker otter": None}


def test_what_is_remembered_is_listed_and_forgotten_one_by_one(client, story):
    one, network = story.person("Elizabeth", "Green"), story.meeting.network
    said = {"by_name": "Network staff", "at": AT}
    RememberedVisitor.objects.create(network=network, key="name:betty green", person_id=one.person_id, **said)
    RememberedVisitor.objects.create(network=network, key="mail:bot@example.org", **said)
    shown = client.get(reverse("staff_remembered", args=[network.slug])).content.decode()
    assert all(words in shown for words in ("betty green", "Elizabeth Green", "bot@example.org", "left out"))
    forget = reverse("staff_remembered_forget", args=[network.slug])
    told = [client.post(forget, {"key": "name:betty green"}, follow=True).content.decode() for _time in "12"]
    assert ("is forgotten" in told[0], "no longer remembered" in told[1]) == (True, True)
    assert RememberedVisitor.objects.get().key == "mail:bot@example.org"


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_of_names_asks_as_much_for_thirty_as_for_one(
    client, story, number, django_assert_num_queries
):
    network, rows = story.meeting.network, []
    for _each in range(number):
        person = story.person("Ann", "One").person
        key = f"name:{person.pk}"
        rows.append(RememberedVisitor(network=network, key=key, person=person, by_name="Staff", at=AT))
    RememberedVisitor.objects.bulk_create(rows)
    address = reverse("staff_remembered", args=[network.slug])
    client.get(address)
    with django_assert_num_queries(7):
        assert client.get(address).status_code == 200


def test_one_press_keeps_what_was_chosen_and_imports(client, story):
    one, other = story.person("Elizabeth", "Green"), story.person("Ann", "One")
    upload(client, story, zoom(("Betty Green", "", "09:00", "11:00"), ("Ann One", "", "09:00", "12:00")))
    betty = page(client, "ask").context["rows"][0]
    done = confirm(client, story, **{f"who-{betty.match.id}": str(one.uid)})
    assert "The report was imported." in done.content.decode()
    assert (story.minutes(one), story.minutes(other)) == (120, 180)
    assert RememberedVisitor.objects.get().person_id == one.person_id


def test_what_was_chosen_is_kept_where_somebody_else_is_not_decided(client, story):
    one = story.person("Elizabeth", "Green")
    story.person("Ann", "One")
    names = ("Betty Green", "Nobody Known", "Ann One")
    upload(client, story, zoom(*((name, "", "09:00", "11:00") for name in names)))
    rows = {row.match.visitor.name: row for row in page(client, "ask").context["rows"]}
    chosen = {f"who-{rows['Betty Green'].match.id}": str(one.uid)}
    shown = confirm(client, story, **chosen).content.decode()
    assert "1 person isn't decided yet" in shown.replace("&#x27;", "'")
    assert story.minutes(one) is None
    assert page(client).context["plan"].there.keys() >= {one.pk}
    confirm(client, story, leave_out="1")
    assert story.minutes(one) == 120


def test_what_was_chosen_on_an_old_page_is_kept_and_nothing_is_imported(client, story):
    one = story.person("Elizabeth", "Green")
    upload(client, story, zoom(("Betty Green", "", "09:00", "11:00")))
    betty = page(client, "ask").context["rows"][0]
    shown = act(client, story, "confirm", {"seen": "old", f"who-{betty.match.id}": str(one.uid)})
    assert "This report has changed since you looked at it." in shown.content.decode()
    assert (story.minutes(one), [*page(client).context["plan"].there]) == (None, [one.pk])


def test_minutes_that_we_filled_in_are_left_out_until_somebody_saves_them(client, story):
    one, other = story.person("Ann", "One"), story.person("Ben", "Two")
    early, whole = ("1 hr 30 min", "9:30 AM", "11:30 AM"), ("2 hr", "10:00 AM", "12:00 PM")
    upload(client, story, meet(("Ann One", "", *early), ("Ben Two", "", *whole)))
    row = page(client, "ask").context["rows"][0]
    typed = {f"minutes-{row.match.id}": row.minutes}
    assert "isn&#x27;t decided yet" in confirm(client, story, **typed).content.decode()
    confirm(client, story, leave_out="1", **typed)
    assert (story.minutes(one), story.minutes(other)) == (None, 120)


def test_minutes_that_are_refused_import_nothing_and_stay_as_typed(client, story):
    story.person("Ann", "One")
    upload(client, story, meet(("Ann One", "", "1 hr 30 min", "9:30 AM", "11:30 AM")))
    row = page(client, "ask").context["rows"][0]
    response = confirm(client, story, **{f"minutes-{row.match.id}": "170"})
    assert (response.status_code, 'value="170"' in response.content.decode()) == (422, True)


def test_minutes_that_the_report_does_not_allow_are_refused_and_kept_as_typed(client, story):
    story.person("Ann", "One")
    upload(client, story, meet(("Ann One", "", "1 hr 30 min", "9:30 AM", "11:30 AM")))
    row = page(client, "ask").context["rows"][0]
    assert (row.there, row.minutes) == ("90 minutes", "90")
    response = act(client, story, "decide", {f"minutes-{row.match.id}": "170"})
    shown = response.content.decode()
    assert (response.status_code, "The report says 90 minutes for Ann One." in shown) == (422, True)
    assert 'value="170"' in shown


def test_one_visitor_can_be_found_by_name_be_several_and_be_decided_again(client, story):
    one, other = story.person("Ann", "One"), story.person("Ben", "Other")
    upload(client, story, zoom(("Library Room", "", "09:00", "11:00")))
    match = page(client, "ask").context["rows"][0].match
    report = AttendanceReport.objects.get()
    address = reverse("staff_report_person", args=[story.meeting.uid, report.uid, match.id])
    assert [found.pk for found in client.get(address, {"q": "ann"}).context["choices"]] == [one.pk]
    nobody = client.post(address, {"say": "who"})
    assert (nobody.status_code, "Choose who this is" in nobody.content.decode()) == (422, True)
    client.post(address, {"say": "who", "who": [str(one.uid), str(other.uid)]})
    assert page(client).context["plan"].there.keys() == {one.pk, other.pk}
    client.post(address, {"say": "again"})
    assert page(client).context["undecided"] == 1


def test_a_walk_in_of_a_report_is_registered_and_counts_as_the_report_says(client, story):
    upload(client, story, zoom(("Jane Q. Walker", "jane@example.org", "09:00", "11:00")))
    match = page(client, "ask").context["rows"][0].match
    report = AttendanceReport.objects.get()
    address = reverse("staff_report_walk_in", args=[story.meeting.uid, report.uid, match.id])
    shown = client.get(address).context["form"]
    assert shown.initial["address"] == "jane@example.org"
    typed = {"first_name": "Jane", "last_name": "Walker", "address": "jane@example.org"}
    work = {"workplace": an_organization(name="Lincoln School").name}
    assert client.post(address, {**typed, **work}).status_code == 302
    assert not Evidence.objects.exists()
    confirm(client, story)
    assert story.minutes(story.network.registrations.get()) == 120


def test_a_report_is_taken_back_only_with_a_reason(client, story):
    one = story.person("Ann", "One")
    story.imported(zoom(("Ann One", "", "09:00", "11:00")))
    assert "Say why" in act(client, story, "take_back", {"reason": ""}).content.decode()
    shown = act(client, story, "take_back", {"reason": "Another group's room"}).content.decode()
    assert "took this report back" in shown
    assert story.minutes(one) is None


def test_the_original_is_handed_out_as_it_came(client, story):
    content = zoom(("Ann One", "", "09:00", "11:00"))
    report = story.report(content)
    file = report.files.get()
    response = client.get(reverse("staff_report_file", args=[story.meeting.uid, report.uid, file.uid]))
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == 'attachment; filename="report1.csv"'


def test_discarding_or_removing_the_last_file_leaves_nothing(client, story):
    story.report(zoom(("Ann One", "", "09:00", "11:00")))
    act(client, story, "discard")
    report = story.report(zoom(("Ann One", "", "09:00", "11:00")))
    act(client, story, "file_drop", file=report.files.get().uid)
    assert (AttendanceReport.objects.count(), ReportFile.objects.count()) == (0, 0)


def test_a_report_of_another_meeting_of_the_same_day_counts_for_nobody(client, story):
    story.person("Ann", "One")
    upload(client, story, zoom(("Ann One", "", "19:00", "19:45")))
    shown = page(client).content.decode()
    assert "was there during this meeting" in shown or "seem to be" in shown


def test_the_list_of_reports_takes_the_same_statements_for_any_number(
    client, story, django_assert_max_num_queries
):
    address = reverse("staff_reports", args=[story.meeting.uid])
    client.get(address)
    story.report(zoom(("Ann One", "", "09:00", "11:00")))
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for number in range(20):
        story.report(zoom((f"Ann {number}", "", "09:00", "11:00")))
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_the_page_of_a_report_takes_the_same_statements_for_any_number(
    client, story, django_assert_num_queries
):
    rows = [(f"Person N{n}", "", "09:00", "11:00") for n in range(30)]
    for first, last in (row[0].split() for row in rows):
        story.person(first, last)
    few, many = (story.report(zoom(*some)) for some in (rows[:1], rows))
    client.get(few.get_absolute_url())
    for report in (few, many):
        with django_assert_num_queries(20):
            client.get(report.get_absolute_url())


def test_the_same_meeting_elsewhere_sees_nothing_of_it(client, story):
    report = story.report(zoom(("Ann One", "", "09:00", "11:00")))
    other = a_meeting(story.network)
    assert client.get(reverse("staff_report", args=[other.uid, report.uid])).status_code == 404


@pytest.mark.parametrize("typed", ["-5", "12.5", "abc", "99999"])
def test_minutes_that_are_no_number_are_said_and_kept_as_typed(client, story, typed):
    story.person("Ann", "One", "ann@example.org")
    upload(client, story, meet(("Ann One", "ann@example.org", "1 hr 2 min", "8:40 AM", "11:00 AM")))
    (one,) = page(client).context["plan"].matches
    answer = act(client, story, "decide", {f"minutes-{one.id}": typed})
    text = answer.content.decode()
    assert (answer.status_code, "Type whole minutes for Ann One" in text) == (422, True)
    assert f'value="{typed}"' in text


def test_a_file_that_waits_in_another_report_is_in_this_one_too(client, story):
    first, second = (zoom((name, "", "09:00", "11:00")) for name in ("Ann One", "Ben Two"))
    upload(client, story, first)
    upload(client, story, second, first)
    assert [file.name for file in AttendanceReport.objects.latest("pk").files.all()] == [
        "report1.csv",
        "report2.csv",
    ]
    upload(client, story, zoom(("Cleo Three", "", "09:00", "11:00")))
    for _twice in range(2):
        act(client, story, "add", {"chosen": SimpleUploadedFile("again.csv", first)})
    assert AttendanceReport.objects.latest("pk").files.count() == 2


def test_a_file_that_is_gone_is_kept_again_when_it_is_uploaded_again(client, story):
    content = zoom(("Ann One", "", "09:00", "11:00"))
    upload(client, story, content)
    kept = ReportFile.objects.get()
    kept.file.storage.delete(kept.file.name)
    assert "We no longer have this file. Upload it again." in page(client).content.decode()
    upload(client, story, content)
    assert page(client).context["is_clear"]


def test_the_report_of_a_cancelled_meeting_says_so_and_offers_no_import(client, story):
    story.person("Ann", "One")
    upload(client, story, zoom(("Ann One", "", "09:00", "11:00")))
    confirm(client, story)
    upload(client, story, zoom(("Ann One", "", "09:00", "12:00")))
    Meeting.objects.update(status=Meeting.Status.CANCELLED)
    shown = page(client).content.decode()
    assert ("This meeting was cancelled" in shown, "Import the report" in shown) == (True, False)


def test_who_was_ticked_stays_ticked_where_the_minutes_are_refused(client, story):
    ann, ben = story.person("Ann", "One"), story.person("Ben", "Two")
    upload(client, story, meet(("Library Room", "", "1 hr 2 min", "8:40 AM", "11:00 AM")))
    (one,) = page(client).context["plan"].matches
    address = reverse(
        "staff_report_person", args=[story.meeting.uid, AttendanceReport.objects.get().uid, one.id]
    )
    sent = {"say": "who", "who": [str(ann.uid), str(ben.uid)], "minutes": "half"}
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert {someone.pk for someone in answer.context["chosen"]} == {ann.pk, ben.pk}
