"""The electronic seal: what a PDF reader and a second library make of a sealed document."""

import subprocess
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from registrations.credit.documents import render_document
from stemnet import checks, pdf_seal
from stemnet.exceptions import SealUnusable
from tests.registrations.credit.snapshots import a_snapshot
from tests.seal_keys import NAME, PASSWORD, a_seal_file, an_rsa_key

BEGINS = datetime(2021, 1, 1, tzinfo=UTC)
AT = datetime(2021, 6, 2, 15, tzinfo=UTC)


@pytest.fixture
def sealing(settings, tmp_path):
    settings.SEAL_FILE = a_seal_file(tmp_path, begins=BEGINS)
    settings.SEAL_PASSWORD = PASSWORD
    return settings


@pytest.fixture
def plain():
    return render_document(a_snapshot())


def pdfsig(pdf: bytes, folder) -> str:
    path = folder / "sealed.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout


def test_without_a_key_a_document_stays_as_it_is(settings, plain):
    settings.SEAL_FILE = ""
    assert pdf_seal.seal(plain, at=AT) == plain


def test_a_seal_adds_to_a_document_and_changes_nothing_of_it(sealing, plain):
    assert pdf_seal.seal(plain, at=AT).startswith(plain)


@pytest.mark.pdfsig
def test_pdfsig_finds_one_valid_seal_over_the_whole_document(sealing, plain, tmp_path):
    said = pdfsig(pdf_seal.seal(plain, at=AT), tmp_path)
    for words in (
        "Signature Type: ETSI.CAdES.detached",
        f"Signer Certificate Common Name: {NAME}",
        "Signature is Valid",
        "Total document signed",
    ):
        assert words in said
    assert "Signature #2" not in said


@pytest.mark.pdfsig
def test_each_document_has_a_seal_of_its_own(sealing, tmp_path):
    first, second = (
        pdf_seal.seal(render_document(a_snapshot(name=n)), at=AT) for n in ("Pat Lee", "Sam Lee")
    )
    for sealed in (first, second):
        assert "Signature is Valid" in pdfsig(sealed, tmp_path)
    swapped = second[: second.index(b"/Contents <")] + first[first.index(b"/Contents <") :]
    assert "Signature is Valid" not in pdfsig(swapped, tmp_path)


@pytest.mark.pdfsig
def test_a_changed_document_has_no_valid_seal(sealing, plain, tmp_path):
    sealed = bytearray(pdf_seal.seal(plain, at=AT))
    place = sealed.index(b"endstream") - 40
    sealed[place] ^= 1
    assert "Signature is Valid" not in pdfsig(bytes(sealed), tmp_path)


def test_a_sealed_document_is_still_accessible_and_for_the_archive(sealing, plain):
    with pikepdf.open(BytesIO(pdf_seal.seal(plain, at=AT))) as pdf:
        with pdf.open_metadata() as said:
            assert (said["pdfuaid:part"], said["pdfaid:part"], said["pdfaid:conformance"]) == ("1", "2", "A")
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en-US"


def test_the_field_of_the_seal_has_a_name_and_disturbs_no_reader(sealing, plain):
    with pikepdf.open(BytesIO(pdf_seal.seal(plain, at=AT))) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert str(field.TU) == f"Issued by {NAME}"
        left, bottom, right, top = (float(side) for side in field.Rect)
        assert (left, bottom) == (right, top)  # no size, so PDF/A asks for no look of it
        assert right < float(pdf.pages[0].cropbox[0])  # off the page, so PDF/UA asks for no tag
        assert field.F & 4  # printed, as PDF/A wants of every note on a page
        assert not field.F & 0b100011


@pytest.mark.parametrize(
    ("made", "why"),
    [
        ({"begins": AT + timedelta(days=1)}, "its certificate begins on June 3, 2021"),
        ({"begins": BEGINS, "days": 30}, "its certificate ended on January 31, 2021"),
        ({"begins": BEGINS, "key": an_rsa_key(1024)}, "holds no RSA key of 2,048 bits or more"),
        ({"begins": BEGINS, "key": ec.generate_private_key(ec.SECP256R1())}, "holds no RSA key"),
    ],
)
def test_a_seal_that_cannot_be_used_says_why(settings, tmp_path, plain, made, why):
    settings.SEAL_FILE, settings.SEAL_PASSWORD = a_seal_file(tmp_path, **made), PASSWORD
    with pytest.raises(SealUnusable, match=why):
        pdf_seal.seal(plain, at=AT)


def test_a_wrong_password_and_a_missing_file_are_told_apart(sealing, tmp_path, plain):
    sealing.SEAL_PASSWORD = "another"
    with pytest.raises(SealUnusable, match="its file or its password is wrong"):
        pdf_seal.seal(plain, at=AT)
    sealing.SEAL_FILE = str(tmp_path / "nowhere.p12")
    with pytest.raises(SealUnusable, match="its file can't be read"):
        pdf_seal.seal(plain, at=AT)


@pytest.mark.parametrize(
    ("days", "found"),
    [(365, []), (20, ["stemnet.W001"]), (-1, ["stemnet.E008"])],
)
def test_the_check_of_a_deployment_says_when_a_seal_ends(settings, tmp_path, days, found):
    now = datetime.now(UTC)
    begins = now - timedelta(days=400)
    settings.SEAL_FILE, settings.SEAL_PASSWORD = (
        a_seal_file(tmp_path, begins=begins, days=400 + days),
        PASSWORD,
    )
    assert [message.id for message in checks.seal_of_documents(None)] == found
