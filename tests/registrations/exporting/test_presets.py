"""The two presets for other programs, read back by a program that knows only their description."""

import csv
import io
from datetime import date

import pytest

from partners.models import EducatorNumber
from registrations.credit.domain import issuing, replacing
from registrations.exporting.domain.making import make_file
from registrations.exporting.domain.presets import PRESETS
from registrations.models import Document
from tests.factories import SWEEP, a_coordinator, a_person, a_position, an_organization
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.exporting.stories import an_export

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
HEADER = (
    "record_id,status,provider_name,provider_number,provider_state,offering_id,offering_title,"
    "offering_title_short,topic,start_date,end_date,completion_date,location,modality,last_name,first_name,"
    "middle_name,certificate_name,email,educator_id_type,educator_id,organization,org_state,org_state_code,"
    "org_nces_id,sessions_attended,sessions_held,minutes_attended,minutes_counted,hours,units,unit_type,rule,"
    "minutes_content,minutes_pedagogy,minutes_ell,minutes_swd,minutes_stem,minutes_equity,minutes_leadership,"
    "evaluation_done,document_number,verify_url,replaces_record_id"
)


def file_of(begin, **fields):
    coordinator = a_coordinator()
    preset = PRESETS[begin]
    choices = {
        "headings": preset.headings,
        "file_form": preset.file_form,
        "order": preset.order,
        "who": preset.who,
    }
    with make_file(an_export(coordinator, begin=begin, **(choices | fields)), coordinator, at=JUNE) as file:
        return file.read()


def records(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def wareham():
    network = an_awarding_network(
        title="A network whose title is longer than the sixty signs that others have"
    )
    person = a_person(first_name="São", last_name="Nguyễn", certificate_name="São T. Nguyễn")
    district = an_organization(
        name="Wareham, Public Schools", state="MA", state_org_code="03100000", nces_id="2511940"
    )
    registration = a_participant(network, attended=4, person=person)
    registration.position = a_position(person, organization=district)
    registration.save()
    EducatorNumber.objects.create(person=person, kind="MEPID", number="00123456", typed_at=JUNE)
    return registration


def test_a_record_says_what_its_header_promises():
    registration = wareham()
    document = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    content = file_of("credit_records")
    assert content.startswith(HEADER.encode() + b"\r\n")  # no mark, no quotes
    (record,) = records(content)
    assert record | {"verify_url": "", "location": ""} == {
        "record_id": str(registration.uid),
        "status": "issued",
        "provider_name": "University of Massachusetts Dartmouth",
        "provider_number": "2020-0417",
        "provider_state": "MA",
        "offering_id": registration.network.slug,
        "offering_title": "A network whose title is longer than the sixty signs that others have",
        "offering_title_short": "A network whose title is longer than the sixty signs that…",
        "topic": "leading the 2016 STE standards",
        "start_date": "2020-10-14",
        "end_date": "2021-05-26",
        "completion_date": "2021-04-13",
        "location": "",
        "modality": "in_person",
        "last_name": "Nguyễn",
        "first_name": "São",
        "middle_name": "",
        "certificate_name": "São T. Nguyễn",
        "email": registration.person.primary_address,
        "educator_id_type": "MEPID",
        "educator_id": "00123456",
        "organization": "Wareham, Public Schools",
        "org_state": "MA",
        "org_state_code": "03100000",
        "org_nces_id": "2511940",
        "sessions_attended": "4",
        "sessions_held": "5",
        "minutes_attended": "720",
        "minutes_counted": "720",
        "hours": "12",
        "units": "12",
        "unit_type": "PDP",
        "rule": "MA-PDP v1",
        "minutes_content": "720",
        "minutes_pedagogy": "0",
        "minutes_ell": "0",
        "minutes_swd": "0",
        "minutes_stem": "0",
        "minutes_equity": "0",
        "minutes_leadership": "0",
        "evaluation_done": "true",
        "document_number": document.number,
        "verify_url": "",
        "replaces_record_id": "",
    }
    assert record["verify_url"] == document.snapshot["verify_url"]
    assert date.fromisoformat(record["completion_date"]) == date(2021, 4, 13)


def test_who_has_no_document_yet_has_a_record():
    registration = a_participant(an_awarding_network(), attended=3)
    (record,) = records(file_of("credit_records"))
    assert (record["record_id"], record["status"]) == (str(registration.uid), "not_issued")
    assert (record["hours"], record["units"], record["document_number"]) == ("9", "0", "")


def test_a_corrected_record_names_the_one_it_replaces():
    registration = a_participant(an_awarding_network())
    old = issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    assert records(file_of("credit_records"))[0]["record_id"] == str(registration.uid)
    new = replacing.reissue(document=old, reason="name", by=SWEEP, at=JUNE)
    (record,) = records(file_of("credit_records"))
    assert (record["record_id"], record["status"]) == (str(new.uid), "corrected")
    assert (record["replaces_record_id"], record["document_number"]) == (str(registration.uid), new.number)


def test_a_record_under_review_says_so():
    registration = a_participant(an_awarding_network())
    issuing.issue(registration=registration, kind="pdp", by=SWEEP, at=JUNE)
    Document.objects.update(to_be_reviewed_at=JUNE)
    assert records(file_of("credit_records"))[0]["status"] == "under_review"


def test_the_records_add_up():
    networks = [an_awarding_network(title=title) for title in ("One", "Two")]
    for network in networks:
        for attended in (1, 3, 5):
            a_participant(network, attended=attended)
    rows = records(file_of("credit_records"))
    assert sum(int(row["minutes_counted"]) for row in rows) == 2 * 180 * 9
    assert sum(int(row["minutes_content"]) for row in rows) == 2 * 180 * 9
    assert {int(row["minutes_counted"]) == float(row["hours"]) * 60 for row in rows} == {True}
    assert len({row["record_id"] for row in rows}) == 6


def test_transcripts_have_a_person_s_networks_together_and_what_is_below_the_minimum():
    person = a_person(last_name="Amaral")
    for title, attended in (("Biology", 2), ("Algebra", 5)):
        network = an_awarding_network(title=title)
        a_participant(network, attended=attended, person=person)
        a_participant(network, attended=5, person=a_person(last_name="Baker"))
    rows = records(file_of("transcripts"))
    mine = [
        (row["offering_title"], row["hours"], row["units"]) for row in rows if row["last_name"] == "Amaral"
    ]
    assert mine == [("Algebra", "15", "15"), ("Biology", "6", "0")]
    assert [row["last_name"] for row in rows] == ["Amaral"] * 2 + ["Baker"] * 2
