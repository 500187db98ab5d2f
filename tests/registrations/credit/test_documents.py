"""What the typesetter makes of a snapshot."""

import io
import threading

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from registrations.credit.documents import render_document
from stemnet.exceptions import Unprintable
from tests.registrations.credit.snapshots import a_row, a_snapshot


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    words = " ".join(page.extract_text() for page in read(pdf).pages)
    return " ".join(words.split())


def fonts_of(reader: PdfReader) -> list[DictionaryObject]:
    fonts = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            plain = font.get_object()
            fonts[plain["/BaseFont"]] = (
                plain["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            )
    return list(fonts.values())


def images_of(element, found):
    if isinstance(element, IndirectObject):
        element = element.get_object()
    if isinstance(element, DictionaryObject):
        if element.get("/S") == "/Figure":
            found.append(element)
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            images_of(child, found)
    return found


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_a_document_is_tagged_titled_and_in_a_language(kind):
    catalog = read(render_document(a_snapshot(kind=kind))).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"].value
    assert catalog["/Lang"] == "en-US"
    assert "/StructTreeRoot" in catalog
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value


def test_a_document_says_that_it_is_pdf_ua_and_pdf_a():
    metadata = (
        read(render_document(a_snapshot())).trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    )
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_every_font_is_embedded(kind):
    fonts = fonts_of(read(render_document(a_snapshot(kind=kind, name="Ελένη 王小明 김민준 محمد"))))
    assert len(fonts) > 4
    assert [font for font in fonts if not {"/FontFile2", "/FontFile3"} & set(font)] == []


def test_the_qr_code_has_words():
    figures = images_of(read(render_document(a_snapshot())).trailer["/Root"]["/StructTreeRoot"], [])
    words = "QR code: check this document at https://stem.example.org/verify/7KQM-4HZD-92XW-TP3C"
    assert [figure["/Alt"] for figure in figures] == [words]


def test_a_certificate_reads_back():
    text = text_of(render_document(a_snapshot()))
    for words in (
        "PDP certificate",
        "Science lead, São Tomé Nguyễn district",
        "Science & Technology/Engineering District Leaders Network",
        "Total, one PDP an hour",
        "12.00",
        "2021-000318",
        "Provider no. 2020-0417",
        "stem.example.org/verify/7KQM-4HZD-92XW-TP3C",
    ):
        assert words in text


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_the_address_can_be_copied_from_the_paper_as_it_is(kind):
    pages = read(render_document(a_snapshot(kind=kind))).pages
    words = " ".join(page.extract_text() for page in pages)
    assert "stem.example.org/verify/7KQM-4HZD-92XW-TP3C" in words


def test_a_confirmation_never_looks_like_a_certificate():
    text = text_of(render_document(a_snapshot(kind="attendance")))
    assert "Confirmation of attendance" in text
    assert "This confirmation is not a PDP certificate." in text
    assert "Provider no." not in text


def test_a_reason_stands_below_the_table():
    row = a_row(minutes_attended=60, minutes_counted=0, hours="0.00", reason="less than half")
    text = text_of(render_document(a_snapshot(kind="attendance", meetings=[row], hours="0.00")))
    assert "60 / 180" in text
    assert "Wed, Oct 14, 2020: less than half" in text


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_a_reason_names_every_day_that_it_speaks_of(kind):
    rows = [a_row(reason="presented"), a_row(date="Tue, Dec 8, 2020", reason="presented")]
    text = text_of(render_document(a_snapshot(kind=kind, meetings=rows)))
    assert "Wed, Oct 14, 2020; Tue, Dec 8, 2020: presented" in text


def test_words_are_never_markup():
    wild = '#text(red)[x] *bold* $1/2$ "quoted" \\ #import "look.typ" <label> @ref `raw` = Heading'
    assert wild in text_of(render_document(a_snapshot(name=wild)))


def test_equal_snapshots_give_equal_bytes():
    assert render_document(a_snapshot()) == render_document(a_snapshot())


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_a_document_carries_nothing_of_the_one_before(kind):
    rows = [a_row(title=f"Meeting {number}") for number in range(60)]
    first = a_snapshot(kind=kind, meetings=rows, number="2021-000001", name="Ana Reis")
    alone = render_document(first)
    other = text_of(render_document({**first, "number": "2021-000002", "name": "Ben Costa"}))
    assert ("2021-000001" in other, "Ana" in other, other.count("No. 2021-000002")) == (False, False, 4)
    assert render_document(first) == alone


@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_many_meetings_go_over_several_pages(kind):
    rows = [a_row(title=f"Meeting {number}") for number in range(1, 61)]
    reader = read(render_document(a_snapshot(kind=kind, meetings=rows)))
    assert len(reader.pages) > 2
    assert all("Hours" in page.extract_text() for page in reader.pages[:2])
    assert f"Page 1 of {len(reader.pages)}" in reader.pages[0].extract_text()


@pytest.mark.parametrize(
    "name",
    [
        "Wolfeschlegelsteinhausenbergerdorff " * 8,
        "W" * 300,
        "محمد بن عبد الله",
        "שרה כהן",
        "दीपिका ไทย አበበ Ελένη Борис",
        "王小明 田中さくら 김민준 ខ្មែរ ລາວ မြန်မာ",
        "Kaʻōnohiokalā O'Brien-Núñez",
    ],
)
@pytest.mark.parametrize("kind", ["pdp", "attendance"])
def test_names_of_any_length_and_script_fit_one_page(kind, name):
    assert len(read(render_document(a_snapshot(kind=kind, name=name.strip()))).pages) == 1


def test_a_long_name_reads_back_whole():
    assert "W" * 300 in text_of(render_document(a_snapshot(name="W" * 300))).replace(" ", "")


def test_a_character_without_a_glyph_is_refused_by_name():
    with pytest.raises(Unprintable, match="🦄"):
        render_document(a_snapshot(name="Ann 🦄 Lee"))


def test_a_character_of_private_use_is_refused_by_its_number():
    with pytest.raises(Unprintable, match=r"U\+E000"):
        render_document(a_snapshot(name="Ana \ue000"))


def test_threads_share_the_typesetter():
    pages = []
    threads = [threading.Thread(target=lambda: pages.append(render_document(a_snapshot()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pages == [pages[0]] * 8


def tags_of(element, found):
    """Count the tags of the structure tree, by role."""
    element = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(element, DictionaryObject):
        role = element.get("/S")
        if role:
            found[role] = found.get(role, 0) + 1
        children = element.get("/K", [])
        for child in children if isinstance(children, list) else [children]:
            tags_of(child, found)
    return found


def test_the_tags_tell_heading_table_and_picture_apart():
    tags = tags_of(read(render_document(a_snapshot())).trailer["/Root"]["/StructTreeRoot"], {})
    assert (tags["/H1"], tags["/Table"], tags["/TH"], tags["/TR"], tags["/Figure"]) == (1, 1, 4, 6, 1)
    assert tags["/Link"] == 2
