"""Files are what is in them, whatever they are called."""

import io
import zipfile

import openpyxl
import pytest

from stemnet.exceptions import FileRefused
from stemnet.file_kinds import KINDS, check_content, clean_name, family_of, kind_of
from tests.meetings.gathering import contents


def archive(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, words in files.items():
            made.writestr(name.replace("__", "/"), words)
    return file.getvalue()


OFFICE = {
    name: archive(**{"[Content_Types].xml": "x", f"{folder}__a.xml": "x"})
    for name, folder in {"docx": "word", "pptx": "ppt", "xlsx": "xl"}.items()
}


def a_workbook():
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    return file.getvalue()


GOOD = [
    ("a.pdf", contents.PDF),
    ("a.PDF", b"\n\n" + contents.PDF),
    ("a.docx", OFFICE["docx"]),
    ("a.pptx", OFFICE["pptx"]),
    ("a.xlsx", a_workbook()),
    ("a.odt", archive(mimetype="application/vnd.oasis.opendocument.text", content="x")),
    ("a.epub", archive(mimetype="application/epub+zip", content="x")),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ("a.rtf", b"{\\rtf1 Notes}"),
    ("a.png", contents.PNG),
    ("a.jpeg", b"\xff\xd8\xff\xe0" + bytes(20)),
    ("a.gif", b"GIF89a" + bytes(20)),
    ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20)),
    ("a.heic", b"\0\0\0\x18ftypheic" + bytes(20)),
    ("a.mp4", b"\0\0\0\x18ftypisom" + bytes(20)),
    ("a.mp4", b"\0\0\0\x18ftypiso5" + bytes(20)),
    ("a.mov", b"\0\0\0\x14ftypqt  " + bytes(20)),
    ("a.mov", b"\0\0\0\x08wide\0\0\0\0mdat" + bytes(20)),
    ("a.m4a", b"\0\0\0\x18ftypM4A " + bytes(20)),
    ("a.webm", b"\x1aE\xdf\xa3" + bytes(20)),
    ("a.mp3", b"ID3\x04" + bytes(20)),
    ("a.mp3", b"\xff\xfb\x90\x64" + bytes(20)),
    ("a.wav", b"RIFF\x10\0\0\0WAVEfmt " + bytes(20)),
    ("a.zip", archive(a="x")),
    ("a.zip", OFFICE["docx"]),
    ("a.txt", "Café, Прага, 東京".encode()),
    ("a.txt", "Café".encode("cp1252")),
    ("a.txt", "Notes".encode("utf-16")),
    ("a.csv", b"name,hours\nWareham,3\n"),
    ("a.md", b"# Notes\n"),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_what_teachers_share_is_taken_by_its_content(name, content):
    assert check_content(io.BytesIO(content), name) == KINDS[name.rpartition(".")[2].lower()]


PAGE = b"<!doctype html><script>alert(1)</script>"
LIES = [
    ("a.pdf", PAGE),
    ("a.png", PAGE),
    ("a.png", b"<svg onload='alert(1)'/>"),
    ("a.pdf", contents.PNG),
    ("a.docx", OFFICE["xlsx"]),
    ("a.docx", archive(a="x")),
    ("a.docx", b"PK\x03\x04 cut off"),
    ("a.odt", archive(mimetype="text/html", content="x")),
    ("a.zip", PAGE),
    ("a.zip", b"PK\x03\x04 cut off"),
    ("a.txt", contents.PDF),
    ("a.txt", b"MZ\x90\0\x03" + bytes(30)),
    ("a.mp4", b"\x7fELF\x02\x01\x01" + bytes(30)),
    ("a.mp4", b"\0\0\0\x18ftypavif" + bytes(20)),
    ("a.mp3", "Text in UTF-16".encode("utf-16")),
    ("a.txt", b"\xff\xfeodd"),
]


@pytest.mark.parametrize(("name", "content"), LIES)
def test_what_lies_about_itself_is_refused_in_one_sentence(name, content):
    with pytest.raises(FileRefused, match=r"^What's inside “[^”]+” doesn't match its name\."):
        check_content(io.BytesIO(content), name)


def test_an_office_file_behind_a_password_is_told_so():
    with pytest.raises(FileRefused, match="protected by a password"):
        check_content(io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)), "plan.docx")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("page.html", "is a web page or drawing that can run scripts"),
        ("drawing.SVG", "is a web page or drawing that can run scripts"),
        ("slides.pdf.exe", "We can't take “slides.pdf.exe”"),
        ("plan.docm", "We can't take “plan.docm”"),
        ("README", "has no ending"),
    ],
)
def test_what_nobody_may_share_is_refused_by_its_name(name, words):
    with pytest.raises(FileRefused, match=words):
        kind_of(name)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../etc/slides.pdf", "slides.pdf"),
        ("C:\\Users\\lead\\slides.pdf", "slides.pdf"),
        ("  two\n lines\x00.pdf ", "two lines.pdf"),
        (".htaccess", "htaccess"),
        ("..pdf", "pdf"),
        ("dnim\u202efdp.exe", "dnimfdp.exe"),
        ("ملاحظات.pdf", "ملاحظات.pdf"),
        ("資料 第2回.pptx", "資料 第2回.pptx"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
    ],
)
def test_a_name_is_one_line_without_folders(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize("typed", ["", "../..", "/", "\u202e"])
def test_a_file_without_a_name_is_refused(typed):
    with pytest.raises(FileRefused, match="has no name"):
        clean_name(typed)


def test_an_empty_file_is_nothing_we_know():
    assert family_of(io.BytesIO(b"")) == ""


@pytest.mark.parametrize("damage", [b"\xff\xff\xff\xff", b""])
def test_an_archive_that_is_damaged_inside_is_refused_and_no_fault(damage):
    place = io.BytesIO()
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with zipfile.ZipFile(place) as archive:
        packed = archive.getinfo("mimetype")
    begin, whole = 30 + len("mimetype"), place.getvalue()
    end = begin + packed.compress_size
    spoiled = damage * 10 if damage else whole[begin : end - 9]
    file = whole[:begin] + spoiled.ljust(packed.compress_size, b"\0")[: end - begin] + whole[end:]
    with pytest.raises(FileRefused, match="doesn't match its name"):
        check_content(io.BytesIO(file), "plan.odt")
