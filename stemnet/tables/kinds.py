"""What a file is that is no table we read, and how to save it as one."""

import io
import zipfile

from django.utils.translation import gettext as _

from stemnet.exceptions import NotATable

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT_KINDS = ((b"BEGIN:VCARD", "vcard"), (b"{\\rtf", "document"), (b"<?xml", "web"))


def refuse_other_kinds(content: bytes) -> None:
    """Raise NotATable, with the way to save it, for a file that begins like something else."""
    kind = _kind(content)
    if kind:
        raise NotATable(sentence=_advice(kind))


def _kind(content: bytes) -> str:
    """Return what a file begins like, or an empty string where it may be a table."""
    if content.startswith(OLD_OFFICE):
        return "locked" if "EncryptedPackage".encode("utf-16-le") in content else "xls"
    if content.startswith(b"%PDF"):
        return "pdf"
    if content.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        return "packed"
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_package(content)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:512]
    if start[:1] == b"<" and (b"<html" in start.lower() or b"<table" in start.lower()):
        return "web"
    return next((kind for begin, kind in TEXT_KINDS if start.startswith(begin)), "")


def _kind_of_package(content: bytes) -> str:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ""
    if "mimetype" in names and "content.xml" in names:
        return "ods"
    if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
        return "numbers"
    if any(name.startswith("word/") for name in names):
        return "document"
    if any(name == "xl/workbook.bin" for name in names):
        return "xlsb"
    return "" if any(name.startswith("xl/") for name in names) else "packed"


def _advice(kind: str) -> str:
    return {
        "xls": _(
            "This is an old Excel file (.xls). Open it in Excel, choose File, Save As, pick “Excel Workbook "
            "(.xlsx)” and upload that."
        ),
        "xlsb": _(
            "This is a binary Excel file (.xlsb). Open it in Excel, choose File, Save As, pick “Excel "
            "Workbook (.xlsx)” and upload that."
        ),
        "locked": _("This Excel file has a password. Save a copy without it and upload that."),
        "ods": _(
            "This is an OpenDocument spreadsheet (.ods). In LibreOffice or Google Sheets save it as “Excel "
            "(.xlsx)” or “CSV” and upload that."
        ),
        "numbers": _(
            "This is an Apple Numbers file. In Numbers choose File, Export To, “Excel” or “CSV”, and upload "
            "that."
        ),
        "pdf": _(
            "This is a PDF, from which we can't read rows. Ask for the list as an Excel or CSV file, or copy "
            "the table into a spreadsheet and save it as XLSX."
        ),
        "document": _(
            "This is a text document. Copy its table into a spreadsheet, save it as XLSX or CSV, and upload "
            "that."
        ),
        "packed": _(
            "This is a compressed file, such as a ZIP. Unzip it and upload the XLSX or CSV file inside."
        ),
        "web": _(
            "This is a web page, even if its name ends in .xls. Open it in Excel, choose File, Save As, pick "
            "“Excel Workbook (.xlsx)” and upload that."
        ),
        "vcard": _("These are contact cards (.vcf). Export the contacts as CSV instead, and upload that."),
    }[kind]
