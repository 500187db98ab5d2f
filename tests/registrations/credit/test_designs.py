"""The design of documents: pictures and words in versions, which documents freeze."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from partners.models import Provider
from registrations.credit.documents import render_document
from registrations.credit.domain import designs, issuing
from registrations.models import DocumentDesign
from tests.factories import SWEEP, a_coordinator, a_network, a_partnership, a_staff_member
from tests.partners.pictures import PNG
from tests.registrations.credit.snapshots import a_snapshot
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def network():
    a_partnership()
    return an_awarding_network()


def page(network, whose="network"):
    return f"/staff/networks/{network.slug}/documents/design/{whose}/"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def form(**more):
    return {"seen": "0", "logo_words": "", "line": "", "closing": "", **more}


def read(document) -> bytes:
    with document.pdf.open() as pdf:
        return pdf.read()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())


def test_what_staff_save_stands_on_the_documents_issued_after_it_and_on_none_before(network):
    staff = signed_in(a_staff_member())
    before = issuing.issue(registration=a_participant(network), kind="pdp", by=SWEEP, at=JUNE)
    given = form(line="With a grant of the state.", closing="Ask the office.", names_hosts="on")
    given |= {"new_logo": SimpleUploadedFile("logo.png", PNG), "logo_words": "Logo of the university"}
    assert staff.post(page(network), given).status_code == 302
    after = issuing.issue(registration=a_participant(network), kind="pdp", by=SWEEP, at=JUNE)
    papers = [read(document) for document in (before, after)]
    old, new = map(text_of, papers)
    for words in ("With a grant of the state.", "Ask the office.", "Organized by SouthCoast"):
        assert (words in old, words in new) == (False, True)
    pictures = [len(PdfReader(io.BytesIO(pdf)).pages[0].images) for pdf in papers]
    assert pictures[1] == pictures[0] + 1
    assert render_document(after.snapshot) == render_document(after.snapshot)


def test_a_picture_has_its_words_for_who_cannot_see_it(network):
    said = {"logo": "new", "logo_words": "Logo of the university", "signature": "new"}
    pdf = PdfReader(io.BytesIO(render_document(a_snapshot(design=said), {"new": PNG})))
    words = pdf.trailer["/Root"]["/StructTreeRoot"]
    found, waiting = [], [words]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            found += [one["/Alt"]] if "/Alt" in one else []
            waiting += [one["/K"]] if "/K" in one else []
    assert {"Logo of the university", "Signature of Director of the center"} <= set(found)


def test_the_same_again_makes_no_version_and_a_change_keeps_the_pictures(network):
    staff = signed_in(a_staff_member())
    logo = {"new_logo": SimpleUploadedFile("logo.png", PNG), "logo_words": "Logo"}
    staff.post(page(network), form(**logo))
    staff.post(page(network), form(seen="1", logo_words="Logo"))
    assert network.document_designs.count() == 1
    staff.post(page(network), form(seen="1", logo_words="Logo", line="A line"))
    first, second = network.document_designs.order_by("version")
    assert (second.version, second.logo.name, second.line) == (2, first.logo.name, "A line")
    staff.post(page(network), form(seen="2", without_logo="on"))
    third = designs.design_of(network)
    assert (third.logo.name, third.logo_words, first.logo.storage.exists(first.logo.name)) == ("", "", True)


def test_a_network_goes_before_its_provider_and_only_coordinators_change_that(network):
    network.provider = Provider.objects.first() or Provider.objects.create(name="A university")
    network.save()
    coordinator, staff = signed_in(a_coordinator()), signed_in(a_staff_member())
    assert staff.post(page(network, "provider"), form(line="Of all")).status_code == 403
    coordinator.post(page(network, "provider"), form(line="Of all"))
    assert designs.design_of(network).line == "Of all"
    staff.post(page(network), form(line="Of one"))
    assert designs.design_of(network).line == "Of one"
    assert designs.design_of(a_network(slug="another-2021-22")) is None


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(network):
    staff = signed_in(a_staff_member())
    staff.post(page(network), form(line="The first"))
    late = staff.post(page(network), form(line="The second"))
    assert late.status_code == 422
    assert "Somebody saved another version while you were typing" in late.content.decode()
    assert 'value="The second"' in late.content.decode()
    staff.post(page(network), form(line="The second", seen="1"))
    assert DocumentDesign.objects.count() == 2


@pytest.mark.parametrize(
    ("file", "words", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20_000_000, "Logo", "This picture is larger than 500 KB"),
        (b"%PDF-1.7", "Logo", "This file isn’t a PNG, JPEG or WebP picture"),
        (PNG, "", "Say in words what the logo shows"),
    ],
    ids=["20 MB", "no picture", "no words"],
)
def test_a_picture_that_cannot_be_used_is_refused_at_its_field(network, file, words, said):
    given = form(new_logo=SimpleUploadedFile("logo.png", file), logo_words=words, line="Kept")
    response = signed_in(a_staff_member()).post(page(network), given)
    text = response.content.decode().replace("&#x27;", "’").replace("'", "’")
    assert (response.status_code, said in text, 'value="Kept"' in text) == (422, True, True)
    assert not DocumentDesign.objects.exists()


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_a_sample_shows_what_is_typed_and_keeps_nothing(network, kind):
    staff = signed_in(a_staff_member())
    given = form(new_logo=SimpleUploadedFile("l.png", PNG), logo_words="Logo", line="Try this", act=kind)
    response = staff.post(page(network), given)
    text = text_of(response.content)
    assert response["Content-Type"] == "application/pdf"
    assert ("Try this" in text, "Sample, not a document" in text, "SAMPLE" in text) == (True, True, True)
    assert not DocumentDesign.objects.exists()
    staff.post(page(network), form(line="Saved"))
    assert "Saved" in text_of(staff.get(f"{page(network)}1/{kind}.pdf").content)
    assert staff.get(f"{page(network)}2/{kind}.pdf").status_code == 404
