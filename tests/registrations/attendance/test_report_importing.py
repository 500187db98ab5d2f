"""Importing reports of meeting tools: who is meant, what counts, nothing twice, and taking back whole."""

import io
import zipfile
from datetime import date, timedelta

import pytest

from partners.merging.domain import merging
from partners.models import Person, PersonEmail
from registrations.attendance.domain import attendance, report_deciding, report_files, report_importing
from registrations.attendance.domain.report_deciding import Answer
from registrations.attendance.domain.report_plan import effects
from registrations.attendance.exceptions import AttendanceRefused, ReasonWanted, ReportChanged
from registrations.models import (
    Attendance,
    AttendanceReport,
    Evidence,
    GroupMembership,
    RememberedVisitor,
    Source,
)
from stemnet import jobs
from stemnet.retention import sweeping
from tests.factories import a_group, a_meeting, a_person
from tests.registrations.attendance.report_story import AT, Story, meet, zoom

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(private_files):
    return Story()


def decide(story, report, name, **answer):
    match = next(one for one in story.plan(report).matches if one.visitor.name == name)
    report_deciding.decide(report, {match.visitor.key: Answer(**answer)}, by=story.staff)


def test_people_are_found_by_any_of_their_addresses_by_name_and_last_name_first(story):
    by_mail, by_name, last_first = (story.person("Person", f"Number{n}") for n in range(3))
    PersonEmail.objects.create(person=by_mail.person, address="other@example.org")
    report = story.report(
        zoom(
            ("Somebody", "OTHER@example.org", "09:00", "12:00"),
            ("person number1 (Guest)", "", "09:00", "11:00"),
            ('"Number2, Person"', "", "09:00", "10:30"),
        )
    )
    assert story.outcome(report) == {
        "Somebody": ("counts", "address"),
        "person number1 (Guest)": ("counts", "name"),
        "Number2, Person": ("counts", "name"),
    }
    assert story.confirm(report) == 3
    assert [story.minutes(one) for one in (by_mail, by_name, last_first)] == [180, 120, 90]


@pytest.mark.parametrize(
    "name",
    ['"Smith, Jane, Ph.D."', "Dr. Jane Smith", '"Jane Smith, Ed. D."', "JANE  SMITH (she/her)", "Jané Smith"],
)
def test_titles_degrees_case_and_accents_do_not_hide_a_name(story, name):
    story.person("Jane", "Smith")
    report = story.report(zoom((name, "", "09:00", "12:00")))
    assert story.plan(report).counts == {"counts": 1}


def test_two_people_of_one_name_are_never_chosen_between(story):
    story.person("Jane", "Smith"), story.person("Jane", "Smith")
    report = story.report(zoom(("Jane Smith", "", "09:00", "12:00")))
    assert story.outcome(report) == {"Jane Smith": ("ask", "several")}
    with pytest.raises(AttendanceRefused, match="nothing to import"):
        story.confirm(report, leave_out=True)


def test_telephones_and_rooms_are_asked_about_and_can_be_several_people(story):
    one, other = story.person("Ann", "One"), story.person("Ben", "Other")
    report = story.report(
        zoom(("15555550106", "", "09:00", "10:00"), ("Library Conference Room", "", "09:00", "12:00"))
    )
    assert set(story.outcome(report).values()) == {("ask", "no_person")}
    decide(story, report, "Library Conference Room", who=[one, other])
    with pytest.raises(AttendanceRefused, match=r"1 person isn.t decided yet"):
        story.confirm(report)
    story.confirm(report, leave_out=True)
    assert (story.minutes(one), story.minutes(other)) == (180, 180)
    report.refresh_from_db()
    assert report.left_out == [{"name": "15555550106", "what": "ask", "how": "no_person"}]


def test_two_devices_of_one_person_are_one_attendance_with_the_gap(story):
    one = story.person("Ann", "One", "ann@example.org")
    report = story.report(
        zoom(
            ("Ann One", "", "09:00", "10:00"),
            ("iPad", "ann@example.org", "09:30", "10:30"),
            ("Ann One", "", "11:00", "12:00"),
        )
    )
    story.confirm(report)
    mark = Evidence.objects.get()
    assert (mark.source, mark.batch, len(mark.away)) == (Source.IMPORT, report.uid, 1)
    assert story.minutes(one) == 150


def test_a_name_decided_by_hand_is_known_in_the_next_report(story):
    one = story.person("Elizabeth", "Green")
    report = story.report(zoom(("Betty G", "", "09:00", "10:00")))
    assert story.outcome(report) == {"Betty G": ("ask", "nobody")}
    decide(story, report, "Betty G", who=[one], remember=True)
    story.confirm(report)
    later = story.report(zoom(("betty g", "", "10:00", "11:00")))
    assert story.outcome(later) == {"betty g": ("counts", "remembered")}


def test_a_bot_left_out_for_good_is_left_out_the_next_time(story):
    story.person("Ann", "One")
    bot = ("Otter.ai Notetaker", "", "09:00", "12:00")
    report = story.report(zoom(bot, ("Ann One", "", "09:00", "12:00")))
    decide(story, report, bot[0], out=True, remember=True)
    story.confirm(report)
    later = story.report(zoom(bot, ("Ann One", "", "09:00", "11:00")))
    assert story.outcome(later)[bot[0]] == ("out", "remembered")


def test_a_name_left_out_for_good_leaves_out_nobody_whose_address_is_known(story):
    story.person("Cleo", "Three")
    visits = [(name, "", "09:00", "11:00") for name in ("Ann One", "Ben Two", "Cleo Three")]
    report = story.report(zoom(*visits))
    for name in ("Ann One", "Ben Two"):
        decide(story, report, name, out=True, remember=True)
    story.confirm(report)
    story.person("Ann", "One", "ann@example.org")
    story.person("Ben", "Two")
    later = story.report(zoom(("Ann One", "ann@example.org", "09:00", "11:00"), visits[1]))
    how = {name: how.value for name, (_what, how) in story.outcome(later).items()}
    assert how == {"Ann One": "address", "Ben Two": "remembered"}


def test_a_telephone_is_not_remembered(story):
    one = story.person("Ann", "One")
    report = story.report(zoom(("15555550106", "", "09:00", "10:00")))
    decide(story, report, "15555550106", who=[one], remember=True)
    story.confirm(report)
    assert not RememberedVisitor.objects.exists()


def test_a_remembered_name_goes_with_the_person_and_follows_a_merge(story):
    one = story.person("Elizabeth", "Green")
    report = story.report(zoom(("Betty G", "", "09:00", "10:00")))
    decide(story, report, "Betty G", who=[one], remember=True)
    story.confirm(report)
    kept = a_person()
    merging.merge_people(kept=kept, gone=one.person, take=set(), by=story.staff, at=AT)
    assert RememberedVisitor.objects.get().person == kept


def test_the_same_file_again_changes_nothing(story):
    one = story.person("Ann", "One")
    file = zoom(("Ann One", "", "09:00", "11:00"))
    story.imported(file)
    again = story.brought(file)
    assert again.report is None
    assert again.refused == [
        "report1.csv: Staff Member already imported this file at 2:00 p.m., so it changes nothing."
    ]
    assert (Evidence.objects.count(), story.minutes(one)) == (1, 120)


def test_an_overlapping_file_makes_no_mark_for_what_is_known_and_one_for_the_rest(story):
    one, other = story.person("Ann", "One"), story.person("Ben", "Other")
    story.imported(zoom(("Ann One", "", "09:00", "11:00"), ("Ben Other", "", "09:00", "10:00")))
    more = story.report(zoom(("Ann One", "", "09:30", "10:30"), ("Ben Other", "", "09:00", "11:00")))
    assert story.confirm(more) == 1
    assert (story.minutes(one), story.minutes(other)) == (120, 120)


def test_several_files_of_one_meeting_are_one_report(story):
    one = story.person("Ann", "One")
    story.imported(zoom(("Ann One", "", "09:00", "10:00")), zoom(("Ann One", "", "11:00", "12:00")))
    assert (story.minutes(one), Evidence.objects.count(), AttendanceReport.objects.count()) == (120, 1, 1)


def test_a_mark_by_hand_stays_and_the_preview_says_so(story):
    one = story.person("Ann", "One")
    attendance.mark_attendance(registration=one, meeting=story.meeting, seen="present", by=story.staff, at=AT)
    report = story.report(zoom(("Ann One", "", "09:00", "10:00")))
    plan = story.plan(report)
    effect = effects(plan, list(plan.people.all), by=story.staff, at=AT)[one.pk]
    assert (effect.minutes_before, effect.minutes_after, effect.is_by_hand) == (180, 180, True)
    story.confirm(report)
    assert story.minutes(one) == 180


def test_a_report_that_knows_no_gaps_counts_only_what_somebody_confirms(story):
    one = story.person("Ann", "One")
    report = story.report(meet(("Ann One", "", "1 hr 30 min", "9:30 AM", "11:30 AM")))
    assert story.outcome(report) == {"Ann One": ("ask", "minutes")}
    decide(story, report, "Ann One", minutes=90)
    story.confirm(report)
    mark = Evidence.objects.get()
    assert (mark.left_at - mark.arrived_at).total_seconds() == 90 * 60
    assert story.minutes(one) == 90


def test_nobody_decides_about_themselves(story):
    mine = story.person("Staff", "Somebody")
    story.staff = mine.person
    report = story.report(zoom(("Laptop", "", "09:00", "10:00")))
    with pytest.raises(AttendanceRefused, match="can't mark yourself"):
        decide(story, report, "Laptop", who=[mine])


def test_taking_back_a_report_takes_every_mark_and_keeps_it_with_the_reason(story):
    one, other = story.person("Ann", "One"), story.person("Ben", "Other")
    report = story.imported(zoom(("Ann One", "", "09:00", "12:00"), ("Ben Other", "", "09:00", "11:00")))
    with pytest.raises(ReasonWanted):
        report_importing.take_back(report, reason=" ", by=story.staff, at=AT)
    assert report_importing.take_back(report, reason="Wrong room", by=story.staff, at=AT) == 2
    assert (story.minutes(one), story.minutes(other), Attendance.objects.count()) == (None, None, 0)
    kept = Evidence.objects.values_list("taken_back_by", "taken_back_reason").distinct()
    assert list(kept.order_by()) == [("Staff Member", "Wrong room")]
    with pytest.raises(ReportChanged):
        report_importing.take_back(report, reason="Again", by=story.staff, at=AT)
    story.imported(zoom(("Ann One", "", "09:00", "12:00"), ("Ben Other", "", "09:00", "11:00")))
    assert (story.minutes(one), story.minutes(other)) == (180, 120)


def test_what_changed_since_it_was_seen_imports_nothing(story):
    one = story.person("Ann", "One")
    report = story.report(zoom(("Ann One", "", "09:00", "12:00")))
    seen = story.plan(report).fingerprint
    story.person("Ann", "One")  # now two people have the name
    with pytest.raises(ReportChanged):
        report_importing.confirm(report, seen=seen, leave_out=True, by=story.staff, at=AT)
    assert (story.minutes(one), Evidence.objects.count()) == (None, 0)


def test_who_waits_for_a_seat_is_said_and_not_counted(story):
    story.network.seats = 0
    story.network.save()
    story.person("Ann", "One")
    report = story.report(zoom(("Ann One", "", "09:00", "12:00")))
    assert story.outcome(report) == {"Ann One": ("ask", "no_seat")}


def test_looking_at_a_report_takes_the_same_statements_for_any_number(story, django_assert_num_queries):
    rows = []
    for number in range(30):
        story.person("Person", f"Number{number}", f"number{number}@example.org")
        rows.append(("x", f"number{number}@example.org", "09:00", "12:00"))
    few, many = story.report(zoom(rows[0])), story.report(zoom(*rows))
    for report in (few, many):
        viewer = Person.objects.get(pk=story.staff.pk)
        with django_assert_num_queries(8):
            story.plan(report, viewer)


def test_who_leaves_before_joining_is_decided_by_staff(story):
    one, other = story.person("Ann", "One"), story.person("Ben", "Other")
    report = story.report(zoom(("Ann One", "", "11:00", "09:30"), ("Ben Other", "", "09:00", "12:00")))
    assert story.outcome(report)["Ann One"] == ("ask", "minutes")
    story.confirm(report, leave_out=True)
    assert (story.minutes(one), story.minutes(other)) == (None, 180)


def test_a_language_that_nobody_listed_is_read_by_its_values(story):
    one = story.person("Ann", "One")
    header = "Nimi (alkuperäinen nimi),Sähköposti,Liittymisaika,Poistumisaika,Kesto (minuuttia),Vieras"
    lines = [header, "Ann One,,10/14/2020 09:00:00 AM,10/14/2020 11:00:00 AM,120,Kyllä", ""]
    story.imported("\r\n".join(lines).encode())
    assert story.minutes(one) == 120


def test_more_rows_than_a_meeting_has_are_refused_and_nothing_is_kept(story):
    row = ("Ann One", "", "09:00", "11:00")
    brought = story.brought(zoom(*[row] * 60_000))
    assert (brought.report, AttendanceReport.objects.count()) == (None, 0)
    assert "more than 50,000 rows" in brought.refused[0]


def test_an_archive_that_unpacks_to_gigabytes_is_refused_in_moments(story):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/worksheets/sheet1.xml", bytes(120 * 1024 * 1024))
    brought = story.brought(archive.getvalue())
    assert (brought.report, len(brought.refused), AttendanceReport.objects.count()) == (None, 1, 0)


def test_a_long_report_is_imported_by_a_job_which_says_how_it_ended(story, settings):
    settings.REPORT_AT_ONCE_BYTES = 10
    one = story.person("Ann", "One")
    report = story.report(zoom(("Ann One", "", "09:00", "11:00")))
    seen = story.plan(report).fingerprint
    job = report_importing.start(report, seen=seen, leave_out=False, by=story.staff, at=AT)
    assert (job.kind, story.minutes(one)) == ("registrations.report", None)
    jobs.run_waiting(at=AT)
    job.refresh_from_db()
    assert (job.state, story.minutes(one)) == ("done", 120)


def test_a_long_report_that_is_discarded_while_its_job_waits_is_not_imported(story, settings):
    settings.REPORT_AT_ONCE_BYTES = 10
    one = story.person("Ann", "One")
    report = story.report(zoom(("Ann One", "", "09:00", "11:00")))
    seen = story.plan(report).fingerprint
    job = report_importing.start(report, seen=seen, leave_out=False, by=story.staff, at=AT)
    report_files.discard(report)
    jobs.run_waiting(at=AT)
    job.refresh_from_db()
    assert (job.state, job.error, story.minutes(one)) == ("done", "", None)


def test_what_nobody_imported_is_removed_after_a_month_with_its_file(
    story, django_capture_on_commit_callbacks
):
    report = story.report(zoom(("Ann One", "", "09:00", "11:00")))
    file = report.files.get().file
    assert sweeping.run_class("reports", at=AT + timedelta(days=29)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeping.run_class("reports", at=AT + timedelta(days=31)) == 1
    assert not file.storage.exists(file.name)


def test_dates_that_fit_two_meetings_of_the_network_are_asked_about(story):
    one = story.person("Ann", "One")
    story.meeting = a_meeting(story.network, on=date(2020, 10, 3))
    a_meeting(story.network, on=date(2020, 3, 10))
    report = story.report(zoom(("Ann One", "", "09:00", "11:00"), day="10/03/2020"))
    plan = story.plan(report)
    (part,) = plan.reading.parts
    assert (plan.reading.is_clear, part.other_day) == (False, date(2020, 3, 10))
    report_files.set_reading(part.file, {"date_order": part.report.date_order}, by=story.staff, at=AT)
    story.confirm(report)
    assert story.minutes(one) == 120


def test_the_lead_of_a_group_finds_only_whom_they_may_mark(story):
    lead, member, other = (story.person(name, "Person") for name in ("Lead", "Member", "Other"))
    group = a_group(story.network, lead=lead.person)
    GroupMembership.objects.create(registration=member, working_group=group, joined_at=AT)
    story.meeting = a_meeting(story.network, working_group=group, title="Group")
    names = ("Member Person", "Other Person")
    report = story.report(zoom(*((name, "", "09:00", "12:00") for name in names)))
    found = {one.visitor.name: one.how for one in story.plan(report, lead.person).matches}
    assert found == {"Member Person": "name", "Other Person": "nobody"}
    assert story.plan(report).counts == {"counts": 2}  # staff may mark everyone of the network
    assert other.pk in story.plan(report).there
