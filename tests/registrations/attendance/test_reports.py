"""Reports of every tool, in several languages, orders and encodings, written by code and read back."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from registrations.attendance.exceptions import ColumnsUnknown, ReportRefused
from registrations.attendance.imports.report import Columns, Kind, read_report
from registrations.attendance.imports.visits import likely_shift, visitors
from registrations.credit.domain.intervals import union
from tests.registrations.attendance import report_writers as writers

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 3, 10)
WINDOW = (datetime(2026, 3, 10, 9, tzinfo=NEW_YORK), datetime(2026, 3, 10, 12, tzinfo=NEW_YORK))


def at(*clock, day=10):
    return datetime(2026, 3, day, *clock)


VISITS = [
    ("Participant 01", "participant01@example.org", at(8, 50, 3), at(9, 40, 40)),
    ("Participant 02", "", at(9), at(10, 30)),
    ("Participant, 03", "participant03@example.org", at(9, 10, 10), at(11, 59, 59)),
    ("Participant 01", "participant01@example.org", at(9, 45), at(12, 20, 9)),
    ("Participant 02", "", at(10, 0, 10), at(11, 12, 13)),
]
UNNAMED = [(name, "", start, end) for name, _address, start, end in VISITS]


def said(visits, zone=NEW_YORK):
    """Return the union of visits by address, else name."""
    spans = defaultdict(list)
    for name, address, start, end in visits:
        spans[address or name].append((start.replace(tzinfo=zone), end.replace(tzinfo=zone)))
    return {who: union(ones) for who, ones in spans.items()}


def spans(report, zone=NEW_YORK):
    return {one.address or one.name: list(one.spans) for one in visitors([report], window=WINDOW, zone=zone)}


def read(data, name="report.csv", **more):
    return read_report(data, name, day=DAY, **more)


def bounds(data, name="report.csv"):
    found = visitors([read(data, name)], window=WINDOW, zone=NEW_YORK)
    return {one.address or one.name: (one.low, one.high, one.review) for one in found}


def codes(report):
    return [problem.code for problem in report.problems]


@pytest.mark.parametrize("language", writers.ZOOM)
@pytest.mark.parametrize("preamble", ["new", "old", None])
def test_zoom_is_read_in_any_language_with_any_preamble(language, preamble):
    for moment, sign in [(writers.padded_us, ","), (writers.spanish, ";"), (writers.japanese, ",")]:
        report = read(writers.zoom(VISITS, language=language, moment=moment, sign=sign, preamble=preamble))
        assert (report.layout, spans(report)) == ("zoom", said(VISITS))


@pytest.mark.parametrize("language", writers.TEAMS)
@pytest.mark.parametrize("moment", writers.MOMENTS)
def test_teams_is_read_in_any_language_and_order_of_the_date(language, moment):
    report = read(writers.teams(VISITS, language=language, moment=moment))
    assert (report.layout, report.title, spans(report)) == ("teams", "Meeting 3", said(VISITS))
    assert codes(report) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_teams_is_read_in_any_unicode(encoding):
    for more in ({}, {"rooms": True}, {"padded": True}):
        assert spans(read(writers.teams(VISITS, language="pl", encoding=encoding, **more))) == said(VISITS)


@pytest.mark.parametrize("header", [None, "Aa bb|Cc|Dd|Ee|Ff|Gg|Hh (UPN)"])
def test_the_teams_summary_is_read(header):
    report = read(writers.teams_summary(VISITS, header=header))
    assert (report.layout, spans(report)) == ("teams_summary", said(VISITS))


@pytest.mark.parametrize("language", writers.ACTIONS)
def test_a_list_of_joins_and_leaves_is_read_in_any_language(language):
    for moment in (writers.us, writers.british, writers.german):
        report = read(writers.actions(UNNAMED, language=language, moment=moment))
        assert (report.layout, spans(report)) == ("teams_actions", said(UNNAMED))


def test_a_list_of_joins_and_leaves_needs_no_header():
    for visits in (UNNAMED, UNNAMED[:1]):
        content = writers.actions(visits).decode("utf-16").partition("\n")[2].encode("utf-16-le")
        assert spans(read(content)) == said(visits)


def test_of_several_meetings_in_a_list_only_that_of_the_day_is_read():
    earlier = [("Participant 09", "", at(9, 0, day=9), None)]
    report = read(writers.actions([*UNNAMED, *earlier]))
    assert (spans(report), codes(report)) == (said(UNNAMED), ["other_days"])


def test_webex_is_read_with_tabs_and_with_commas():
    for more in ({}, {"sign": ",", "encoding": "utf-8"}):
        report = read(writers.webex(VISITS, **more))
        assert (report.layout, spans(report)) == ("webex", said(VISITS))


def test_a_webinar_is_read_over_its_tables_and_who_was_absent_has_nothing():
    report = read(writers.webinar(VISITS))
    assert report.layout == "zoom_webinar"
    assert spans(report) == {**said(VISITS), "absent01@example.org": []}
    assert bounds(writers.webinar(VISITS))["absent01@example.org"] == (0, 0, "")


def test_a_webinar_in_a_language_that_nobody_knows_is_read():
    content = writers.webinar(VISITS).decode()
    for word in (
        "Attended",
        "User Name (Original Name)",
        "First Name",
        "Last Name",
        "Email",
        "Registration Time",
    ):
        content = content.replace(word, "Aa bb")
    for word in ("Approval Status", "Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest"):
        content = content.replace(word, "Cc dd")
    assert spans(read(content.encode())) == {**said(VISITS), "absent01@example.org": []}
    assert bounds(content.encode())["absent01@example.org"] == (0, 0, "")


def test_a_webinar_whose_lines_were_padded_is_read():
    lines = writers.webinar(VISITS).decode().splitlines()
    content = "\n".join(line + "," * (14 - line.count(",")) for line in lines).encode()
    assert spans(read(content)) == {**said(VISITS), "absent01@example.org": []}


def test_a_live_event_is_in_utc():
    report = read(writers.live(VISITS), zone=NEW_YORK)
    assert (report.layout, report.is_utc, report.zone_words) == ("teams_live", True, "UTC")
    assert spans(report) == said(VISITS, UTC)


def test_adobe_says_its_offset():
    report = read(writers.adobe(VISITS))
    assert (report.layout, spans(report)) == ("adobe", said(VISITS, timezone(timedelta(hours=-4))))


def test_gotomeeting_has_times_without_a_date():
    visits = [
        (name, mail, start.replace(second=0), end.replace(second=0)) for name, mail, start, end in VISITS
    ]
    report = read(writers.gotomeeting(visits))
    assert (report.layout, report.zone_words, spans(report)) == ("gotomeeting", "EDT", said(visits))


@pytest.mark.parametrize(
    "header",
    [
        "First name,Last name,Email,Duration,Time joined,Time exited",
        "Meet\nNome,Sobrenome,E-mail,Duração,Horário de entrada,Horário de saída",
        "One\nTwo\nName,Email,Duration,Time joined,Time exited",
        "Aa,Bb,Cc,Dd,Ee ff,Ee gg",
    ],
)
@pytest.mark.parametrize("clock", ["%H:%M", "%I:%M %p", "%H:%M:%S"])
def test_meet_gives_a_range_where_part_of_a_visit_is_unknown(header, clock):
    people = [
        ("Participant 01", "participant01@example.org", at(8, 58), at(12, 4), 186),
        ("Participant 02", "participant02@example.org", at(9, 10), at(11, 50), 140),
        ("Participant 03", "", at(8, 30), at(11), 100),
    ]
    assert bounds(writers.meet(people, header=header, clock=clock)) == {
        "participant01@example.org": (180 * 60, 180 * 60, ""),
        "participant02@example.org": (140 * 60, 140 * 60, "away"),
        "Participant 03": (70 * 60, 100 * 60, "away"),
    }


def test_bare_numbers_that_would_outlast_their_visits_are_seconds():
    row = "Participant 01,participant01@example.org,7200,9:00,11:30"
    content = f"Name,Email,Duration,Time joined,Time exited\n{row}\n".encode()
    assert bounds(content)["participant01@example.org"] == (7200, 7200, "away")


def test_collaborate_is_in_utc_and_gives_first_last_and_total():
    people = [
        ("Participant 01", "participant01@example.org", at(13), at(15, 30), 9000),
        ("Participant 02", "", at(12, 50), at(16, 10), 6000),
    ]
    assert bounds(writers.collaborate(people)) == {
        "participant01@example.org": (9000, 9000, ""),
        "Participant 02": (80 * 60, 6000, "away"),
    }


def test_big_blue_button_counts_devices_twice_so_a_shorter_total_has_no_least():
    people = [
        ("Participant 01", at(9, 0, 5), at(11, 59, 5), 10_740),
        ("Participant 02", at(9), at(11, 50), 8_000),
        ("Participant 03", at(9), None, 9_000),
    ]
    for words in ("Name,Moderator,Activity Score,Talk Time,Webcam Time", "Aa,Bb,Cc dd,Ee,Ff"):
        assert bounds(writers.big_blue_button(people, words=words)) == {
            "Participant 01": (10_740, 10_740, ""),
            "Participant 02": (None, 8_000, "devices"),
            "Participant 03": (0, 10_800, "no_left"),
        }


def test_teams_without_visits_gives_what_its_participants_show():
    content = writers.teams(VISITS).decode("utf-16").partition("3. ")[0].encode("utf-16")
    report = read(content)
    assert (report.layout, spans(report).keys()) == ("teams_first_last", said(VISITS).keys())
    assert bounds(content)["participant03@example.org"] == (10_189, 10_189, "")


def test_teams_with_names_alone_says_so():
    lines = ["1. Summary", "Title\tMeeting 3", "", "2. Participants", "Name\tEmail\tRole"]
    lines += ["Participant 01\tparticipant01@example.org\tAttendee", "Participant 02 (Guest)\t\tAttendee"]
    report = read("\r\n".join(lines).encode("utf-16"))
    assert (report.layout, codes(report)) == ("names", ["no_times"])
    assert [line.name for line in report.lines] == ["Participant 01", "Participant 02 (Guest)"]


HEADER = ["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"]
SPANISH = [
    "Nombre",
    "Correo electrónico",
    "Hora de entrada",
    "Hora de salida",
    "Duración (minutos)",
    "Invitado",
]


def in_order(order, header):
    rows = [
        [name, mail, writers.padded_us(start), writers.padded_us(end), str(writers.up(start, end)), "No"]
        for name, mail, start, end in VISITS
    ]
    return "\n".join(
        ",".join(writers.quoted(row[place], ",") for place in order) for row in [header, *rows]
    ).encode()


@pytest.mark.parametrize("header", [HEADER, SPANISH])
def test_known_columns_may_stand_in_any_order(header):
    orders = list(permutations(range(6)))[::7]
    assert [order for order in orders if spans(read(in_order(order, header))) != said(VISITS)] == []


def test_unknown_columns_are_pointed_at_once_and_told_by_their_fingerprint():
    content = in_order((0, 4, 2, 3, 1, 5), ["Aa", "Bb", "Cc", "Dd", "Ee", "Ff"])
    with pytest.raises(ColumnsUnknown) as caught:
        read(content)
    preview = caught.value.preview
    assert preview.names == ("Aa", "Ee", "Cc", "Dd", "Bb", "Ff")
    assert preview.rows[0][0] == "Participant 01"
    assert preview.guess == {"name": 0, "joined": 2, "left": 3, "address": 4}
    report = read(content, columns=Columns(**preview.guess))
    assert (report.layout, report.header, spans(report)) == ("pointed", preview.header, said(VISITS))


def test_the_host_of_an_account_export_is_not_taken_for_the_participant():
    header = "Topic,Meeting ID,User Name,User Email,Start Time,End Time,Duration (Minutes),Participants,"
    header += "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
    rows = [
        f'Meeting 3,003,Host 01,host01@example.org,x,y,90,5,"{name}",{mail},{writers.padded_us(start)},'
        f"{writers.padded_us(end)},{writers.up(start, end)},No"
        for name, mail, start, end in VISITS
    ]
    assert spans(read("\n".join([header, *rows]).encode())) == said(VISITS)


def test_a_file_that_a_spreadsheet_program_saved_again_is_read():
    lines = ["Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants"]
    lines += ["3,Meeting 3,3/10/2026 8:45,3/10/2026 12:14,host01@example.org,210,17", ",,,,,,"]
    lines += ["Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,"]
    lines += ["Participant 01,,3/10/2026 8:58,3/10/2026 12:03,186,Yes,"]
    assert spans(read("\n".join(lines).encode())) == said([("Participant 01", "", at(8, 58), at(12, 3))])


def test_the_day_of_the_meeting_decides_the_order_and_the_other_day_is_told():
    content = writers.teams_summary(VISITS)
    assert (read(content).date_order, read(content).otherwise) == ("mdy", (date(2026, 10, 3),))
    turned = read_report(content, "report.csv", day=date(2026, 10, 3))
    assert (turned.date_order, turned.otherwise) == ("dmy", (DAY,))


def test_an_order_that_somebody_chose_is_kept():
    with pytest.raises(
        ReportRefused, match=r"^This report is of October 3, 2026 \(“Meeting 3”\), and the meeting is on"
    ):
        read(writers.teams_summary(VISITS), date_order="dmy")


def test_a_day_that_a_spreadsheet_program_turned_is_turned_back():
    row = "Participant 01,,2026-10-03 09:00:00,2026-10-03 10:00:00"
    report = read(f"Name,Email,Join Time,Leave Time\n{row}\n".encode())
    assert (report.days, codes(report)) == ((DAY,), ["turned_days"])


def test_a_visit_past_midnight_is_one_visit():
    visit = ("Participant 01", "", at(23, 30), at(0, 20, day=11))
    assert spans(read(writers.zoom([visit]))) == said([visit])
    undated = read(writers.gotomeeting([visit]))
    assert (spans(undated), codes(undated)) == (said([visit]), ["midnight"])


def test_leaving_before_joining_credits_nothing_and_is_told():
    content = writers.zoom([("Participant 01", "", at(11), at(10)), *VISITS])
    report = read(content)
    assert [problem.sentence for problem in report.problems if problem.code == "left_first"] == [
        "In 1 row somebody leaves before joining. Decide what counts for them."
    ]
    assert bounds(content)["Participant 01"][2] == "left_first"


def test_durations_that_differ_from_the_times_are_counted():
    content = writers.zoom(VISITS).replace(b",90,No", b",12,No")
    assert [(one.code, one.count) for one in read(content).problems] == [("totals_differ", 1)]


def test_a_total_longer_than_any_calendar_is_counted_as_one_that_differs():
    row = f"Ann Lee,a@example.org,03/10/2026 09:00:00 AM,03/10/2026 10:00:00 AM,{'9' * 14}:00:00,No"
    report = read(f"Name (original name),Email,Join time,Leave time,Duration,Guest\n{row}\n".encode())
    assert (codes(report), report.lines[0].total) == (["totals_differ"], int("9" * 14) * 3600)


def test_moments_of_which_some_say_utc_are_all_of_utc():
    rows = "Ann Lee,a@example.org,2026-03-10 09:00:00,2026-03-10 09:50:00\n"
    rows += "Bo Ng,b@example.org,2026-03-10 09:10:00Z,2026-03-10 09:55:00Z\n"
    report = read(f"Name,Email,Join time,Leave time\n{rows}".encode())
    assert report.is_utc
    assert spans(report)["a@example.org"] == [
        (datetime(2026, 3, 10, 9, tzinfo=UTC), datetime(2026, 3, 10, 9, 50, tzinfo=UTC))
    ]


def test_visits_that_dont_add_up_to_what_teams_says_are_named():
    content = writers.teams(VISITS).decode("utf-16").replace("2h 49m 49s", "2h", 1).encode("utf-16")
    assert [(one.code, one.words) for one in read(content).problems] == [("sums_differ", "Participant, 03")]


def test_several_sessions_of_collaborate_on_one_day_are_named():
    people = [("Participant 01", "", at(13), at(14), 3600), ("Participant 02", "", at(13), at(14), 3600)]
    content = writers.collaborate(people)
    head, first, second = content.split(b"\r\n")
    report = read(b"\r\n".join([head, first, second.replace(b"Meeting 3", b"Meeting 4")]))
    assert [problem.sentence for problem in report.problems] == [
        "This file has 2 meetings of that day: Meeting 3, Meeting 4."
    ]


@pytest.mark.parametrize(
    ("zone", "late"),
    [("America/New_York", 0), ("America/Chicago", 1), ("Europe/Warsaw", -5), ("UTC", -4)],
)
def test_an_hour_off_is_noticed(zone, late):
    """Times written in New York, read as of another zone: on March 10 only New York was on summer time."""
    visits = [(f"Participant {n}", "", at(8, 50 + n), at(12, n)) for n in range(9)]
    report = read(writers.zoom(visits))
    assert likely_shift([report], window=WINDOW, zone=ZoneInfo(zone)) == late
    corrected = visitors([report], window=WINDOW, zone=ZoneInfo(zone), shift=late)
    assert {one.low for one in corrected} == {10_800 - max(0, n - 10) * 60 for n in range(9)}


def test_a_clock_that_is_set_back_at_night_takes_no_hour():
    zone, day = NEW_YORK, date(2026, 11, 1)
    visit = ("Participant 01", "", datetime(2026, 11, 1, 0, 30), datetime(2026, 11, 1, 3, 30))
    report = read_report(writers.zoom([visit]), "report.csv", day=day)
    (one,) = visitors(
        [report], window=(visit[2].replace(tzinfo=zone), visit[3].replace(tzinfo=zone)), zone=zone
    )
    assert (one.low, one.high) == (4 * 3600, 4 * 3600)


def test_a_file_of_the_next_day_says_so_and_one_of_another_month_is_refused():
    visits = [
        (name, mail, start + timedelta(days=1), end + timedelta(days=1)) for name, mail, start, end in VISITS
    ]
    assert [problem.sentence for problem in read(writers.teams(visits)).problems] == [
        "The times in this file are of March 11, 2026. Check its time zone."
    ]
    with pytest.raises(ReportRefused) as caught:
        read_report(writers.teams(visits), "report.csv", day=date(2026, 5, 12))
    assert str(caught.value) == (
        "This report is of March 11, 2026 (“Meeting 3”), and the meeting is on May 12, 2026. "
        "Choose the report of that day."
    )


def test_the_day_in_the_name_of_a_file_without_dates_is_believed():
    content = writers.meet([("Participant 01", "", at(9), at(10), 60)])
    assert read(content, "Meeting abc (2026-03-10 14:41).csv").days == (DAY,)
    with pytest.raises(ReportRefused, match=r"^This report is of February 10, 2026"):
        read(content, "Meeting abc (2026-02-10 14:41).csv")


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("windows-1252", "Zoë Peña Núñez"),
        ("windows-1250", "Zażółć Gęślą Jaźń"),
        ("shift_jis", "受講者 サトー"),
    ],
)
def test_an_encoding_without_a_mark_is_guessed_and_said_so(encoding, name):
    visits = [(name, "", at(9), at(10))]
    content = writers.zoom(visits).decode("utf-8-sig").encode(encoding)
    report = read(content)
    assert (report.encoding, report.is_guessed, report.lines[0].name) == (encoding, True, name)
    chosen = read(content, encoding=encoding)
    assert (chosen.encoding, chosen.is_guessed, chosen.lines[0].name) == (encoding, False, name)


def test_a_polish_file_that_was_saved_again_is_read():
    content = writers.teams(VISITS, language="pl", padded=True, encoding="utf-8").decode()
    content = "\r\n".join(line.replace("\t", ";") for line in content.splitlines())
    assert spans(read(content.encode("windows-1250"))) == said(VISITS)


def test_a_report_with_totals_alone_says_what_to_download():
    content = b"Name,Email,Duration\nParticipant 01,participant01@example.org,58 min\n"
    report = read(content)
    assert (report.layout, codes(report)) == ("totals", ["no_times"])
    assert bounds(content)["participant01@example.org"] == (None, 58 * 60, "no_times")


def test_a_quote_that_is_never_closed_swallows_nobody():
    rows = [
        f"Participant {n}\t3/10/2026, 9:00:00 AM\t3/10/2026, 10:00:00 AM\t1h\t\tAttendee\t" for n in range(40)
    ]
    rows[3] = f'"{rows[3]}'
    header = "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole\tParticipant ID (UPN)"
    assert len(read("\n".join([header, *rows]).encode("utf-16")).lines) == 40


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Participant 01", Kind.PERSON),
        ("Ana Abbot", Kind.PERSON),
        ("Participant 08 - Example Public Schools", Kind.PERSON),
        ("iPad (Participant 03)", Kind.PERSON),
        ("15555550106", Kind.TELEPHONE),
        ("+1 555-555-0108", Kind.TELEPHONE),
        ("1 555-***-**08", Kind.TELEPHONE),
        ("Call-in User_2", Kind.TELEPHONE),
        ("Caller 04", Kind.TELEPHONE),
        ("Example Middle School room 12", Kind.ROOM),
        ("Participant 01 & Participant 02", Kind.ROOM),
        ("Conference Room B", Kind.ROOM),
        ("Meeting notes (Unverified)", Kind.BOT),
        ("read.ai meeting notes", Kind.BOT),
        ("Otter.ai", Kind.BOT),
        ("iPad", Kind.DEVICE),
        ("Galaxy S9", Kind.DEVICE),
        ("iPhone (2)", Kind.DEVICE),
        (".", Kind.NAMELESS),
        ("???", Kind.NAMELESS),
    ],
)
def test_what_is_no_person_is_left_to_a_person(name, kind):
    report = read(writers.zoom([(name, "", at(9), at(10))]))
    assert [line.kind for line in report.lines] == [kind]


def test_two_devices_of_one_name_are_not_one():
    visits = [("iPad", "", at(9), at(10)), ("iPad", "", at(9, 30), at(11))]
    assert len(visitors([read(writers.zoom(visits))], window=WINDOW, zone=NEW_YORK)) == 2


def test_names_to_look_for_leave_out_what_tools_and_pronouns_add():
    visits = [
        ("Participant 07 (Guest)", "", at(9), at(10)),
        ("04_Participant (Participant 04)", "", at(9), at(10)),
    ]
    visits.append(("Participant 02 (Participant 02 they/them)", "", at(9), at(10)))
    found = visitors([read(writers.zoom(visits))], window=WINDOW, zone=NEW_YORK)
    assert [one.names for one in found] == [
        ("04_Participant", "Participant 04"),
        ("Participant 02",),
        ("Participant 07",),
    ]
