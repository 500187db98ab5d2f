"""All valid documents of a network in one file."""

import csv
import hashlib
import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client
from pypdf import PdfReader

from partners.models import Person
from registrations.credit.documents import render_for_printing
from registrations.credit.domain import bundles, issuing, replacing
from registrations.credit.domain.readiness import readiness_of
from registrations.models import Document
from stemnet import jobs
from stemnet.documents import forget
from stemnet.models import Job, JobState
from tests.factories import SWEEP, a_partnership, a_staff_member
from tests.registrations.credit.snapshots import a_snapshot
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def network():
    a_partnership()
    network = an_awarding_network()
    for number in range(3):
        lead = a_participant(network, attended=4).person
        Person.objects.filter(pk=lead.pk).update(first_name="Lead", last_name=f"Ñandú {number}")
    list(issuing.issue_all(readiness_of(network, at=JUNE), by=SWEEP, at=JUNE))
    return network


def made(network, form) -> Job:
    """The job as the page starts it, run to its end."""
    client, staff = Client(), a_staff_member()
    client.force_login(staff.user)
    response = client.post(f"/staff/networks/{network.slug}/documents/file/", {"form": form})
    job = Job.objects.get(kind=bundles.KIND)
    assert response["Location"] == job.get_absolute_url()
    jobs.run_waiting(at=JUNE)
    job.refresh_from_db()
    return job


def content(job: Job) -> io.BytesIO:
    assert (job.state, job.error) == (JobState.DONE, "")
    with job.result.open("rb") as file:
        return io.BytesIO(file.read())


def test_the_zip_has_each_valid_document_byte_for_byte_and_a_list_of_them(network):
    replacing.revoke(
        document=Document.objects.filter(kind="pdp").first(),
        reason="a wrong date",
        by=a_staff_member(),
        at=JUNE,
    )
    with ZipFile(content(made(network, bundles.ZIP))) as archive:
        names = archive.namelist()
        rows = list(csv.DictReader(io.StringIO(archive.read("documents.csv").decode("utf-8-sig"))))
        hashes = {hashlib.sha256(archive.read(name)).hexdigest() for name in names if name.endswith(".pdf")}
    standing = set(Document.objects.valid().values_list("sha256", flat=True))
    assert hashes == standing == {row["SHA-256 of the PDF"] for row in rows}
    assert [row["File"] for row in rows] == names[:-1]
    assert all(name.isascii() for name in names)


def test_one_pdf_prints_every_document_with_its_number_and_page_numbers_of_its_own(network):
    pdf = PdfReader(content(made(network, bundles.PRINT)))
    texts = [page.extract_text() for page in pdf.pages]
    numbers = list(bundles.valid_documents(network).values_list("number", flat=True))
    assert len(texts) == 2 * len(numbers)  # each has a page of how its hours were worked out
    for place, number in enumerate(numbers):
        first, second = texts[2 * place : 2 * place + 2]
        assert (number in first, f"No. {number} Page 2 of 2" in " ".join(second.split())) == (True, True)
    assert "/StructTreeRoot" in pdf.trailer["/Root"]


@pytest.mark.parametrize(("both_sides", "pages"), [(False, 2), (True, 3)])
def test_on_both_sides_each_document_begins_on_a_sheet_of_its_own(both_sides, pages):
    snapshots = [a_snapshot(number="2021-000001"), a_snapshot(kind="attendance", number="2021-000002")]
    pdf = PdfReader(io.BytesIO(render_for_printing(snapshots, title="All", both_sides=both_sides)))
    texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) == pages
    assert ("2021-000001" in texts[0], "2021-000002" in texts[-1]) == (True, True)
    assert not any(text.strip() for text in texts[1:-1])


def test_where_nothing_stands_the_job_says_so():
    job = made(an_awarding_network(), bundles.ZIP)
    assert job.state == JobState.FAILED
    assert job.error == "No document of this network is valid, so there's no file."


def test_a_file_that_is_gone_is_named_and_the_rest_is_there(network):
    gone = bundles.valid_documents(network).first()
    gone.pdf.delete(save=False)
    job = made(network, bundles.ZIP)
    assert job.error == f"{gone.number}: we can't find its file."
    with job.result.open("rb") as file, ZipFile(file) as archive:
        assert len(archive.namelist()) == 6


def test_more_documents_than_one_pdf_takes_are_several_in_order(network, monkeypatch):
    monkeypatch.setattr(bundles, "IN_ONE_PDF", 4)
    job = made(network, bundles.PRINT)
    with ZipFile(content(job)) as archive:
        assert archive.namelist() == [f"{network.slug}-{number}-2.pdf" for number in (1, 2)]
        pages = [PdfReader(io.BytesIO(archive.read(name))).pages for name in archive.namelist()]
    numbers = list(bundles.valid_documents(network).values_list("number", flat=True))
    firsts = [page.extract_text() for part in pages for page in part[::2]]
    assert [number in text for number, text in zip(numbers, firsts, strict=True)] == [True] * 6
    assert job.result_name.endswith(".zip")


def test_a_form_that_nobody_offers_is_refused_on_the_page(network):
    client = Client()
    client.force_login(a_staff_member().user)
    response = client.post(f"/staff/networks/{network.slug}/documents/file/", {"form": "tar"})
    assert response.status_code == 422
    assert "Select a valid choice" in response.content.decode()


def held() -> float:
    """Return the MB that this process holds."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@pytest.mark.slow
def test_what_a_large_print_took_is_forgotten():
    after = []
    for part in range(4):
        snapshots = [
            a_snapshot(number=f"2021-{100 * part + number:06}", name=f"Lead {100 * part + number}")
            for number in range(100)
        ]
        render_for_printing(snapshots, title="All", both_sides=False)
        forget()
        after.append(held())
    assert after[-1] - after[0] < 50  # each part takes 35


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "\u202e+1"])
def test_a_name_that_runs_as_a_formula_is_text_in_the_list_and_no_path(network, name):
    person = Person.objects.filter(first_name="Lead").first()
    Person.objects.filter(pk=person.pk).update(certificate_name=name)
    for document in Document.objects.filter(person=person):
        replacing.reissue(document=document, reason="A name", by=a_staff_member(), at=JUNE)
    with ZipFile(content(made(network, bundles.ZIP))) as archive:
        rows = list(csv.reader(io.StringIO(archive.read("documents.csv").decode("utf-8-sig"))))
        names = archive.namelist()
    assert [row[1] for row in rows].count(f"'{name}") == 2
    assert all(one.isascii() and "/" not in one and not one.startswith("=") for one in names)
