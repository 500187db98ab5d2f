"""The transcript: what it adds up, its page, its PDF and its file for other programs."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from model_bakery import baker
from pypdf import PdfReader

from meetings.models import Network, TeamAttendance
from partners.models import EducatorNumber
from partners.people.domain import deletion
from partners.people.domain.organizations import Workplace
from registrations.credit.domain import designs, replacing
from registrations.credit.domain import issuing as documents
from registrations.models import LicenseWindow, RenewalRule, Transcript
from registrations.seats.domain import substituting
from registrations.transcripts.documents import render_transcript
from registrations.transcripts.domain import issuing
from registrations.transcripts.domain.figures import Status, figures_of
from registrations.transcripts.domain.windows import window_of
from registrations.transcripts.exceptions import NoHours
from stemnet.exceptions import Unprintable
from tests.factories import (
    SWEEP,
    a_group,
    a_meeting,
    a_partnership,
    a_person,
    a_position,
    a_registration,
    a_user,
    an_attendance,
    an_organization,
)
from tests.partners.pictures import PNG
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.seal_keys import PASSWORD, a_seal_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
PAGE = "/learning/transcript/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def an_educator(**fields):
    return a_user(**fields).person


def pdf_of(row) -> bytes:
    with row.pdf.open("rb") as file:
        return file.read()


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def certified(person, *, attended=5, **fields):
    """Somebody in a network of 2020-21 with a certificate, and the registration."""
    registration = a_participant(an_awarding_network(**fields), attended=attended, person=person)
    documents.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    return registration


def with_group(registration, *, minutes=(180, 180, 135), **fields):
    """Somebody at meetings of a group of the same network."""
    group = a_group(registration.network, title="Remote learning", **fields)
    for number, counted in enumerate(minutes):
        day = date(2020, 11, 4) + timedelta(weeks=4 * number)
        meeting = a_meeting(registration.network, on=day, working_group=group, title="Group")
        an_attendance(registration, meeting, minutes_attended=counted, minutes_counted=counted)
    return group


def add_years(person, years, *, networks=1):
    """Attendance at five meetings of ``networks`` networks in each of so many years."""
    for number in range(years):
        for _one in range(networks):
            year = 2011 + number
            network = an_awarding_network(school_year=f"{year}-{(year + 1) % 100:02d}", asks_evaluation=False)
            for meeting in network.meetings.all():
                moved = timedelta(days=365 * (year - 2020))
                meeting.starts_at, meeting.ends_at = meeting.starts_at + moved, meeting.ends_at + moved
                meeting.on += moved
                meeting.save()
            registration = a_registration(network, person, at=datetime(year, 8, 1, tzinfo=UTC))
            for meeting in network.meetings.all():
                an_attendance(registration, meeting)


def test_a_line_for_the_network_and_one_for_its_group_share_the_certified_points():
    person = an_educator()
    registration = a_participant(an_awarding_network(), person=person)
    with_group(registration)
    documents.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    lines = figures_of(person, at=JUNE).lines
    assert [(one.group, one.minutes, one.units) for one in sorted(lines, key=lambda one: one.group)] == [
        ("", 900, 15),
        ("Remote learning", 495, 8),
    ]


def test_points_are_only_what_a_valid_certificate_says():
    person = an_educator()
    registration = a_participant(an_awarding_network(), person=person)
    (line,) = figures_of(person, at=JUNE).lines
    assert (line.status, line.minutes, line.units) == (Status.NO_DOCUMENT, 900, 0)
    document = documents.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    (line,) = figures_of(person, at=JUNE).lines
    assert (line.status, line.units, line.document) == (Status.CERTIFICATE, 15, document)
    replacing.revoke(document=document, reason="Wrong person", by=SWEEP, at=JUNE)
    (line,) = figures_of(person, at=JUNE).lines
    assert (line.status, line.units) == (Status.NO_DOCUMENT, 0)


def test_hours_below_the_minimum_stand_without_points():
    person = an_educator()
    registration = a_participant(an_awarding_network(), attended=3, person=person)
    documents.issue(registration=registration, kind="attendance", by=SWEEP, at=JUNE)
    (line,) = figures_of(person, at=JUNE).lines
    assert (line.status, line.minutes, line.units) == (Status.CONFIRMATION, 540, 0)


def test_a_group_on_its_own_topic_has_hours_and_no_points():
    person = an_educator()
    registration = certified(person)
    group = a_group(registration.network, title="Data club", same_topic=False, topic="Data")
    meeting = a_meeting(registration.network, on=date(2021, 3, 3), working_group=group)
    an_attendance(registration, meeting, minutes_counted=0, minutes_other_topic=180, reason="other_topic")
    line = next(one for one in figures_of(person, at=JUNE).lines if one.group)
    assert (line.topic, line.minutes, line.units, line.awards) == ("Data", 180, 0, False)


def test_teams_give_hours_by_school_year():
    person = an_educator()
    team = a_group(None, title="Leadership team", kind="leadership_team")
    for day in (date(2020, 9, 1), date(2021, 9, 1)):
        meeting = a_meeting(None, on=day, working_group=team)
        baker.make(
            TeamAttendance, meeting=meeting, person=person, came=True, marked_at=JUNE, marked_by_name="Staff"
        )
    found = figures_of(person, at=datetime(2022, 1, 1, tzinfo=UTC)).lines
    assert [(one.year, one.minutes, one.units) for one in found] == [("2021-22", 180, 0), ("2020-21", 180, 0)]


def test_what_is_planned_stands_apart():
    person = an_educator()
    registration = a_participant(
        an_awarding_network(asks_evaluation=False), attended=2, evaluated=False, person=person
    )
    figures = figures_of(person, at=datetime(2021, 1, 5, tzinfo=UTC))
    (line,) = figures.planned
    assert (line.ahead, line.minutes, line.status) == (3, 540, Status.PLANNED)
    assert (figures.minutes, figures.on_the_way) == (360, 360)
    assert registration.network.title in text_of_page(person, datetime(2021, 1, 5, tzinfo=UTC))


def text_of_page(person, at) -> str:
    with time_machine.travel(at, tick=False):
        return text_of(signed_in(person).get(PAGE))


def test_the_page_says_years_categories_and_totals():
    person = an_educator(first_name="São", last_name="Nuñez")
    registration = certified(person)
    with_group(registration)
    text = text_of_page(person, JUNE)
    for words in (
        "Transcript of professional learning",
        "São Nuñez",
        "2020-21, so far",
        "23.25 hours, 15 PDPs",
        "STE District Leaders Network, 5 of 5 meetings",
        "Working group: Remote learning, 3 meetings",
        "leading the 2016 STE standards, content",
        "The hours give one PDP an hour, starting at 10 hours on one topic.",
    ):
        assert words in text


def test_who_has_no_hours_is_told_so_and_gets_no_document():
    person = an_educator()
    assert "No hours yet" in text_of_page(person, JUNE)
    with pytest.raises(NoHours):
        issuing.issue(person, at=JUNE)
    with time_machine.travel(JUNE, tick=False):
        response = signed_in(person).post(reverse("transcript_issue"), follow=True)
    assert "You have no hours yet." in text_of(response)
    assert not Transcript.objects.exists()


def test_hours_as_a_substitute_are_the_substitute_s():
    person, sender = an_educator(), an_educator()
    registration = a_participant(an_awarding_network(seats=1), attended=0, person=sender)
    meeting = registration.network.meetings.own().order_by("starts_at").first()
    before = meeting.starts_at - timedelta(days=7)
    names = {"first_name": person.first_name, "last_name": person.last_name}
    asked = substituting.ask(registration, meeting, address=person.primary_address, **names, at=before)
    theirs = substituting.accept(asked, substituting.Who(**names, workplace=Workplace()), at=before)
    an_attendance(theirs, meeting, minutes_attended=180, minutes_counted=180)
    (line,) = figures_of(person, at=JUNE).lines
    assert (line.network, line.minutes, len(line.sessions)) == (registration.network.title, 180, 1)
    assert figures_of(sender, at=JUNE).lines == []
    assert issuing.issue(person, at=JUNE).snapshot["years"][0]["rows"][0]["hours"] == "3.00"


@pytest.mark.parametrize("rows", [8, 9, 10])
def test_the_foot_never_stands_alone_on_a_page(rows):
    person = an_educator()
    certified(person)
    snapshot = issuing.issue(person, at=JUNE).snapshot
    year = snapshot["years"][0]
    pdf = issuing.render_transcript({**snapshot, "years": [{**year, "rows": year["rows"] * rows}]})
    assert "Hours are those that staff marked" in PdfReader(BytesIO(pdf)).pages[-1].extract_text()


def test_the_pdf_is_tagged_and_says_what_the_page_says():
    a_partnership()
    person = an_educator(first_name="São", last_name="Nuñez")
    a_position(
        person, organization=an_organization(name="Wareham Public Schools", city="Wareham", state="MA")
    )
    EducatorNumber.objects.create(
        person=person, kind="MEPID", number="00012345", on_documents=True, typed_at=JUNE
    )
    registration = certified(person)
    with_group(registration)
    row = issuing.issue(person, at=JUNE)
    reader = PdfReader(BytesIO(pdf_of(row)))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en-US"
    assert reader.metadata.title == "Transcript of professional learning, São Nuñez"
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for said in (
        "São Nuñez",
        "Wareham Public Schools, Wareham, MA",
        "MEPID 00012345",
        "23.25 hours, 15 PDPs",
        "T-2021-000001",
        f"verify/{row.printed_code}",
        "University of Massachusetts Dartmouth, provider no. 2020-0417",
    ):
        assert said in words
    tags = tags_of(catalog["/StructTreeRoot"])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Link"} <= tags


def tags_of(node, found=None) -> set[str]:
    found = set() if found is None else found
    if isinstance(node, list):
        for one in node:
            tags_of(one.get_object(), found)
    elif isinstance(node, dict):
        found.add(str(node.get("/S", "")))
        if "/K" in node:
            tags_of(node["/K"] if isinstance(node["/K"], list) else node["/K"].get_object(), found)
    return found


def test_issued_twice_on_a_day_it_is_the_same_one():
    person = an_educator()
    certified(person)
    first = issuing.issue(person, at=JUNE)
    assert issuing.issue(person, at=JUNE + timedelta(hours=2)) == first
    assert issuing.issue(person, at=JUNE + timedelta(days=1)) != first
    assert [one.number for one in Transcript.objects.all()] == ["T-2021-000002", "T-2021-000001"]


def test_it_is_issued_anew_once_the_hours_changed_and_the_old_one_stays():
    person = an_educator()
    registration = certified(person)
    first = issuing.issue(person, at=JUNE)
    before = pdf_of(first)
    with_group(registration)
    second = issuing.issue(person, at=JUNE)
    assert second.number == "T-2021-000002"
    first.refresh_from_db()
    assert pdf_of(first) == before


def test_equal_snapshots_give_equal_bytes():
    person = an_educator()
    certified(person)
    row = issuing.issue(person, at=JUNE)
    assert issuing.render_transcript(row.snapshot) == pdf_of(row)


def test_a_name_that_no_font_has_is_said_and_nothing_is_kept():
    person = an_educator(certificate_name="Ana \U00013000")
    a_participant(an_awarding_network(), person=person)
    with pytest.raises(Unprintable):
        issuing.issue(person, at=JUNE)
    assert not Transcript.objects.exists()


def test_names_with_markup_and_direction_are_text_in_the_pdf():
    person = an_educator(certificate_name='#image("x") שלום $x$ *b*')
    certified(person)
    words = PdfReader(BytesIO(pdf_of(issuing.issue(person, at=JUNE)))).pages[0].extract_text()
    assert '#image("x")' in words


def test_with_a_seal_that_has_ended_no_transcript_is_issued_and_the_page_says_so(settings, tmp_path):
    settings.SEAL_FILE = a_seal_file(tmp_path, begins=JUNE - timedelta(days=40), days=30)
    settings.SEAL_PASSWORD = PASSWORD
    person = an_educator()
    a_participant(an_awarding_network(), person=person)
    with time_machine.travel(JUNE, tick=False):
        response = signed_in(person).post(reverse("transcript_issue"), follow=True)
    assert "its certificate ended on" in text_of(response)
    assert not Transcript.objects.exists()


def test_one_s_pdf_is_one_s_own():
    person, other = an_educator(), an_educator()
    certified(person)
    row = issuing.issue(person, at=JUNE)
    address = reverse("transcript_pdf", args=[row.uid])
    assert b"".join(signed_in(person).get(address).streaming_content)[:5] == b"%PDF-"
    assert signed_in(other).get(address).status_code == 404
    assert Client().get(address).status_code == 302


# The file for other programs: read by what records.md says alone.


def rows_of(person, at=JUNE):
    with time_machine.travel(at, tick=False):
        response = signed_in(person).get(reverse("transcript_csv"))
    content = response.content
    assert not content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def test_the_file_reads_back_with_fixed_headers_and_iso_dates():
    person = an_educator(first_name="São", last_name="Nuñez, Jr.")
    registration = certified(person, title='Leaders, "North"')
    with_group(registration)
    own, group = sorted(rows_of(person), key=lambda row: row["group_title"])
    document = person.documents.get()
    assert {name: own[name] for name in ("status", "certificate_name", "offering_title", "topic")} == {
        "status": "certificate",
        "certificate_name": "São Nuñez, Jr.",
        "offering_title": 'Leaders, "North"',
        "topic": "leading the 2016 STE standards",
    }
    assert (date.fromisoformat(own["start_date"]), date.fromisoformat(own["completion_date"])) == (
        date(2020, 10, 14),
        date(2021, 5, 26),
    )
    assert (own["provider_number"], own["provider_state"], own["unit_type"]) == ("2020-0417", "MA", "PDP")
    assert (own["sessions_attended"], own["sessions_held"], own["rule"]) == ("5", "5", "MA-PDP v1")
    assert [row["document_number"] for row in (own, group)] == [document.number] * 2
    assert own["verify_url"].endswith(f"/verify/{document.printed_code}/")
    assert (own["record_id"], group["record_id"].partition("/")[0]) == (str(registration.uid),) * 2
    assert sum(Decimal(row["units"]) for row in (own, group)) == Decimal(document.snapshot["units"])
    assert sum(int(row["minutes_counted"]) for row in (own, group)) == 1395
    assert sum(int(row["minutes_content"]) for row in (own, group)) == 1395
    assert [Decimal(row["hours"]) for row in (own, group)] == [Decimal("15"), Decimal("8.25")]


def test_planned_rows_count_nothing():
    person = an_educator()
    a_participant(an_awarding_network(), attended=2, evaluated=False, person=person)
    planned = next(
        row for row in rows_of(person, datetime(2021, 1, 5, 17, tzinfo=UTC)) if row["status"] == "planned"
    )
    assert (planned["minutes_counted"], planned["hours"], planned["units"]) == ("0", "0", "0")
    assert (planned["start_date"], planned["end_date"], planned["completion_date"]) == (
        "2021-02-10",
        "2021-05-26",
        "",
    )


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "@sum", "-2", "Ana \u202egnp.exe"])
def test_a_name_that_is_a_formula_is_refused_and_not_changed(name):
    person = an_educator(certificate_name=name)
    certified(person)
    with time_machine.travel(JUNE, tick=False):
        response = signed_in(person).get(reverse("transcript_csv"), follow=True)
    assert response.redirect_chain == [(PAGE, 302)]
    assert "certificate_name" in text_of(response)


def test_the_file_of_somebody_without_hours_has_its_headers_alone():
    assert rows_of(an_educator()) == []


# The license window.


def a_window(person, *, ends_on, name="Massachusetts professional license"):
    rule = RenewalRule.objects.get(name=name)
    return LicenseWindow.objects.create(person=person, rule=rule, ends_on=ends_on, typed_at=JUNE)


def test_a_series_that_straddles_the_window_is_cut_at_its_day():
    person = an_educator()
    certified(person)  # three hours each on Oct 14, Dec 8, Feb 10, Apr 13, May 26
    typed = a_window(person, ends_on=date(2021, 2, 28))
    window = window_of(typed, figures_of(person, at=JUNE))
    assert (window.first, window.minutes, window.units) == (date(2016, 3, 1), 540, 9)
    assert [(part.code, part.units, part.least) for part in window.parts] == [
        ("content", 9, 15),
        ("pedagogy", 0, 15),
        ("sei_esl", 0, 15),
        ("swd_diverse", 0, 15),
    ]


def test_units_of_another_rule_count_nothing_in_the_window():
    person = an_educator()
    certified(person)
    typed = a_window(person, ends_on=date(2022, 6, 30), name="Texas standard certificate, classroom teacher")
    assert window_of(typed, figures_of(person, at=JUNE)).units == 0


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (date(2025, 6, 30), date(2020, 7, 1)),
        (date(2028, 2, 28), date(2023, 2, 28)),
        (date(2024, 2, 29), date(2019, 3, 1)),
    ],
)
def test_the_first_day_of_a_window(last, first):
    assert RenewalRule(years=5).first_day(last) == first


def test_a_license_is_kept_changed_and_forgotten():
    person = an_educator()
    certified(person)
    client, address = signed_in(person), reverse("transcript_window")
    rule = RenewalRule.objects.get(code="MA-PDP")
    with time_machine.travel(JUNE, tick=False):
        client.force_login(person.user)
        assert client.post(address, {"rule": rule.pk, "ends_on": "soon"}).status_code == 422
        for _twice in range(2):
            client.post(address, {"rule": rule.pk, "ends_on": "2025-06-30"})
        page = text_of(client.get(PAGE))
        assert "Massachusetts professional license: Jul 1, 2020 to Jun 30, 2025" in page
        assert "Source: 603 CMR 44.05, 44.06" in page
        client.post(address, {"forget": "yes"})
    assert not LicenseWindow.objects.exists()


def test_every_renewal_has_a_source():
    assert all(one.source for one in RenewalRule.objects.all())
    assert {one.code for one in RenewalRule.objects.all()} == {
        "MA-PDP",
        "WA-CLOCK",
        "NY-CTLE",
        "TX-CPE",
        "OR-PDU",
    }


# Queries and deletion.


def test_ten_years_ask_as_much_as_one():
    few, many = an_educator(), an_educator()
    add_years(few, 1)
    add_years(many, 10, networks=2)
    at = datetime(2026, 11, 30, 15, tzinfo=UTC)
    counts = []
    for person in (few, many):
        a_window(person, ends_on=date(2027, 6, 30))
        with time_machine.travel(at, tick=False):
            client = signed_in(person)
            client.get(PAGE)
            with CaptureQueriesContext(
                connection,
            ) as asked:
                response = client.get(PAGE)
        assert response.status_code == 200
        rules = '"registrations_creditrule"'  # read once in a moment by each process
        counts.append(sum(f"FROM {rules}" not in one["sql"] for one in asked))
    assert counts[0] == counts[1]
    assert len(figures_of(many, at=at).lines) == 20
    assert len(issuing.issue(many, at=at).snapshot["years"]) == 10


def test_the_file_of_a_deleted_person_goes_with_the_transcript(django_capture_on_commit_callbacks):
    person = an_educator()
    certified(person)
    row = issuing.issue(person, at=JUNE)
    storage, name = row.pdf.storage, row.pdf.name
    with django_capture_on_commit_callbacks(execute=True):
        deletion.remove_person(person, by=person, at=JUNE)
    assert not Transcript.objects.exists()
    assert not storage.exists(name)
    assert person.documents.exists()


def test_nobody_else_is_in_a_transcript():
    person, other = an_educator(), a_person()
    certified(person)
    certified(other)
    assert len(figures_of(person, at=JUNE).lines) == 1


def a_design(network, content=PNG, words="Logo of the university"):
    """Give documents of a network a logo."""
    said = {"logo_words": words, "line": "", "closing": "", "names_hosts": False}
    wanted = designs.Wanted(words=said, pictures={"logo": SimpleUploadedFile("logo.png", content)})
    return designs.save_design(network, wanted, seen=0, by=SWEEP, at=JUNE)


def alternatives_of(pdf: bytes) -> set[str]:
    """What the pictures of a PDF say to who can't see them."""
    found, waiting = set(), [PdfReader(BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found |= {str(one["/Alt"])} if "/Alt" in one else set()
            waiting += [one["/K"]] if "/K" in one else []
    return found


def test_it_carries_the_logo_that_its_networks_have_alike():
    person = an_educator()
    network = certified(person).network
    before = issuing.issue(person, at=JUNE)
    design = a_design(network)
    after = issuing.issue(person, at=JUNE)
    assert (before.snapshot["logo"], after.snapshot["logo"]) == ("", design.logo.name)
    assert "Logo of the university" not in alternatives_of(pdf_of(before))
    assert "Logo of the university" in alternatives_of(pdf_of(after))
    assert render_transcript(after.snapshot) == pdf_of(after)


def test_logos_of_two_networks_stand_for_neither():
    person = an_educator()
    a_design(certified(person).network)
    a_design(certified(person, school_year="2019-20").network)
    assert issuing.issue(person, at=JUNE).snapshot["logo"] == ""


def test_the_logo_of_a_provider_stands_for_all_its_networks():
    person = an_educator()
    provider = certified(person).network.provider
    certified(person, school_year="2019-20", provider=provider)
    design = a_design(provider)
    assert issuing.issue(person, at=JUNE).snapshot["logo"] == design.logo.name


def test_a_transcript_of_before_logos_is_typeset_as_before():
    person = an_educator()
    certified(person)
    said = {
        name: value
        for name, value in issuing.issue(person, at=JUNE).snapshot.items()
        if name not in ("logo", "logo_words")
    }
    assert len(PdfReader(BytesIO(render_transcript(said))).pages) == 1


def test_points_that_were_certified_stay_when_the_network_lacks_something_later():
    person = an_educator()
    certified(person)
    Network.objects.update(objectives="")
    (row,) = rows_of(person)
    assert (row["units"], row["unit_type"], bool(row["provider_name"])) == ("15", "PDP", True)
