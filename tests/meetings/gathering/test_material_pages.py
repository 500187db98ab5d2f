"""Materials on pages: that of the meeting, downloads, forms with files, parts, and what is refused."""

import io
import re
import zipfile
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings.gathering.domain import materials
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.models import Material, Upload
from tests.factories import NOW, a_meeting, a_network, a_registration, a_staff_member, a_user
from tests.meetings.gathering import contents

pytestmark = pytest.mark.django_db
FORM = {"kind": "handout", "seen_by": "registered", "seen_from": "now"}


@pytest.fixture
def meeting():
    return a_meeting(a_network(meetings=0))


@pytest.fixture
def staff(client):
    person = a_staff_member()
    client.force_login(person.user)
    return client


def a_material(meeting, *, name="slides.pdf", content=contents.PDF, seen_by="public", title=""):
    shown = Shown(kind="slides", seen_by=seen_by, seen_from="now")
    with gathered([], [SimpleUploadedFile(name, content)]) as files:
        (made,) = materials.add_files(meeting, files, title=title, shown=shown, by=a_staff_member(), at=NOW)
    return made


def new_page(meeting):
    return reverse("material_new", args=[meeting.uid])


def words_of(response):
    main = response.content.decode().split("<main")[1].split("</main>")[0]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def body_of(response):
    return b"".join(response.streaming_content)


def test_a_file_comes_as_a_download_and_never_as_a_page_of_ours(client, meeting):
    made = a_material(meeting, name="Résumé 資料.txt", content=b"<script>alert(1)</script>")
    response = client.get(made.get_absolute_url())
    assert body_of(response) == b"<script>alert(1)</script>"
    headers = {
        name: response[name]
        for name in ("Content-Type", "Content-Disposition", "Content-Security-Policy", "Cache-Control")
    }
    assert headers == {
        "Content-Type": "text/plain",
        "Content-Disposition": "attachment; filename*=utf-8''R%C3%A9sum%C3%A9%20%E8%B3%87%E6%96%99.txt",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    assert (response["X-Content-Type-Options"], response["Content-Length"]) == ("nosniff", "25")


def test_head_says_the_same_without_the_file(client, meeting):
    made = a_material(meeting)
    told, got = client.head(made.get_absolute_url()), client.get(made.get_absolute_url())
    assert told.content == b""
    assert {**told.headers, "X-Request-ID": ""} == {**got.headers, "X-Request-ID": ""}


def test_whoever_may_not_see_it_finds_nothing_and_a_visitor_may_sign_in(client, meeting):
    made = a_material(meeting, seen_by="registered")
    assert client.get(made.get_absolute_url())["Location"].startswith("/accounts/login/?next=/materials/")
    client.force_login(a_user())
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(a_registration(meeting.network, a_user().person).person.user)
    assert body_of(client.get(made.get_absolute_url())) == contents.PDF


def test_a_file_that_is_gone_from_the_disk_is_not_found(client, meeting):
    made = a_material(meeting)
    made.versions.get().file.storage.delete(made.versions.get().file.name)
    assert client.get(made.get_absolute_url()).status_code == 404


def test_all_files_come_in_one_archive_of_what_one_sees(client, meeting):
    a_material(meeting, title="One")
    a_material(meeting, title="Two", content=contents.PDF + b"%2")
    a_material(meeting, title="Ours", seen_by="staff")
    response = client.get(reverse("materials_zip", args=[meeting.uid]))
    with zipfile.ZipFile(io.BytesIO(body_of(response))) as archive:
        assert archive.namelist() == ["slides.pdf", "slides (2).pdf"]
        assert archive.read("slides (2).pdf") == contents.PDF + b"%2"
    assert response["Content-Disposition"] == 'attachment; filename="opening-meeting.zip"'


def test_staff_add_several_files_at_once_without_a_script(staff, meeting):
    files = [SimpleUploadedFile("a.pdf", contents.PDF), SimpleUploadedFile("b_2.png", contents.PNG)]
    response = staff.post(new_page(meeting), {**FORM, "files": files}, follow=True)
    assert "2 materials are on the page now." in response.content.decode()
    assert "Download all, 192" in words_of(response)
    assert [one.title for one in Material.objects.all()] == ["a", "b 2"]


def test_staff_add_a_link(staff, meeting):
    typed = {**FORM, "url": "https://example.org/notes", "title": "Our notes", "kind": "link"}
    staff.post(new_page(meeting), typed)
    made = Material.objects.get()
    assert staff.get(made.get_absolute_url())["Location"] == "https://example.org/notes"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Choose a file, or type a link."),
        ({"url": "javascript:alert(1)", "title": "x"}, "Enter a valid URL."),
        ({"url": "https://example.org/"}, "Give the link a title."),
        (
            {"files": SimpleUploadedFile("page.svg", b"<svg/>")},
            "is a web page or drawing that can run scripts",
        ),
        ({"files": SimpleUploadedFile("a.pdf", b"<script>")}, "What's inside “a.pdf” doesn't match its name"),
        ({"files": SimpleUploadedFile("a.pdf", b"")}, "“a.pdf” is empty."),
        ({"files": SimpleUploadedFile("a.pdf", contents.PDF), "seen_by": "dogs"}, "Select a valid choice"),
    ],
)
def test_what_is_refused_is_said_in_a_sentence_and_what_was_typed_stays(staff, meeting, typed, words):
    response = staff.post(new_page(meeting), {**FORM, "note": "From the chair", **typed})
    assert response.status_code == 422
    assert words in words_of(response)
    assert 'value="From the chair"' in response.content.decode()
    assert not Material.objects.exists()


def test_200_megabytes_are_refused_unread(staff, meeting):
    response = staff.generic(
        "POST",
        new_page(meeting),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert response.status_code == 413
    assert "That's 200.0 MB, and a file can be up to 50 MB." in words_of(response).replace("\xa0", " ")


def test_a_form_without_its_token_adds_nothing(meeting):
    client = Client(enforce_csrf_checks=True)
    client.force_login(a_staff_member().user)
    files = SimpleUploadedFile("a.pdf", contents.PDF)
    assert client.post(new_page(meeting), {**FORM, "files": files}).status_code == 403
    assert not Material.objects.exists()


def test_a_file_comes_in_parts_and_the_form_names_it(staff, meeting):
    told = {"name": "plan.pdf", "size": len(contents.PDF), "sha256": contents.sha256(contents.PDF)}
    begun = staff.post(reverse("upload_begin", args=[meeting.uid]), told).json()
    address = reverse("upload", args=[begun["uid"]])
    half = len(contents.PDF) // 2
    assert part(staff, address, 0, contents.PDF[:half]).json()["received"] == half
    missing = part(staff, address, half + 1, b"x")
    assert (missing.status_code, missing.json()["received"]) == (409, half)
    assert staff.get(address).json()["received"] == half
    assert part(staff, address, half, contents.PDF[half:]).json()["received"] == len(contents.PDF)
    for _time in range(2):  # pressed twice
        response = staff.post(new_page(meeting), {**FORM, "uploads": [begun["uid"], "nonsense"]})
        assert response["Location"] == meeting.get_absolute_url()
    assert [one.title for one in Material.objects.all()] == ["plan"]


def part(client, address, offset, content):
    return client.post(
        address, content, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)}
    )


def test_what_came_in_parts_is_still_there_when_the_form_is_refused(staff, meeting):
    told = {"name": "plan.pdf", "size": len(contents.PDF), "sha256": contents.sha256(contents.PDF)}
    begun = staff.post(reverse("upload_begin", args=[meeting.uid]), told).json()
    part(staff, reverse("upload", args=[begun["uid"]]), 0, contents.PDF)
    response = staff.post(new_page(meeting), {**FORM, "seen_by": "", "uploads": begun["uid"]})
    assert f'name="uploads" value="{begun["uid"]}"' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "a.exe", "size": "5"}, "We can't take “a.exe”."),
        ({"name": "a.pdf", "size": "-5"}, "“a.pdf” is empty."),
        ({"name": "", "size": "5"}, "This file has no name."),
        ({"name": "a.pdf", "size": "9" * 14}, "and a file can be up to 50 MB."),
        ({"name": "a.pdf", "size": "5", "sha256": "no"}, "“a.pdf” couldn't be read."),
    ],
)
def test_a_file_that_cant_come_in_parts_is_refused_in_a_sentence(staff, meeting, typed, words):
    response = staff.post(reverse("upload_begin", args=[meeting.uid]), {"sha256": "0" * 64, **typed})
    assert response.status_code == 422
    assert words in response.json()["sentence"].replace("\xa0", " ")


@pytest.mark.parametrize("offset", ["", "-1", "x", "9" * 20])
def test_a_part_without_a_place_is_refused(staff, meeting, offset):
    told = {"name": "plan.pdf", "size": len(contents.PDF), "sha256": contents.sha256(contents.PDF)}
    begun = staff.post(reverse("upload_begin", args=[meeting.uid]), told).json()
    assert part(staff, reverse("upload", args=[begun["uid"]]), offset, b"x").status_code == 422
    assert Upload.objects.get().received == 0


def test_a_new_version_is_shown_and_staff_find_the_one_before(staff, meeting):
    made = a_material(meeting)
    new = SimpleUploadedFile("better.pdf", contents.PDF + b"%2")
    page = staff.post(reverse("material_renew", args=[made.uid]), {"files": new}, follow=True)
    assert "better.pdf On the page" in words_of(page)
    assert body_of(staff.get(made.get_absolute_url())) == contents.PDF + b"%2"
    assert body_of(staff.get(reverse("material_version", args=[made.uid, 1]))) == contents.PDF
    assert Client().get(reverse("material_version", args=[made.uid, 1])).status_code == 302


def test_staff_change_who_sees_it_and_take_it_off_the_page(staff, meeting):
    made = a_material(meeting, title="Slides")
    edit = reverse("material_edit", args=[made.uid])
    staff.post(edit, {**FORM, "title": "Our slides", "seen_by": "staff"})
    made.refresh_from_db()
    assert (made.title, made.seen_by, Client().get(made.get_absolute_url()).status_code) == (
        "Our slides",
        "staff",
        302,
    )
    staff.post(reverse("material_remove", args=[made.uid]))
    assert staff.get(made.get_absolute_url()).status_code == 404


def test_a_title_that_another_material_has_is_refused_at_its_field(staff, meeting):
    a_material(meeting, title="One")
    two = a_material(meeting, title="Two")
    response = staff.post(reverse("material_edit", args=[two.uid]), {**FORM, "title": "One"})
    assert (response.status_code, "already has “One”" in words_of(response)) == (422, True)


def statements(client, address):
    with CaptureQueriesContext(connection) as told:
        assert client.get(address).status_code == 200
    return len(told)


def test_the_page_asks_equally_often_for_1_and_for_30_materials(staff, meeting):
    a_material(meeting, title="0")
    address = meeting.get_absolute_url()
    staff.get(address)
    one = statements(staff, address)
    for number in range(1, 30):
        a_material(meeting, title=str(number))
    assert (one, statements(staff, address)) == (one, one)
    assert one <= 12


def test_the_page_shows_what_it_is_for_whom_and_what_is_new(staff, client, meeting):
    a_material(meeting, title="Slides")
    with time_machine.travel(meeting.ends_at, tick=False):
        words = words_of(staff.get(meeting.get_absolute_url()))
    assert "Materials Slides PDF, 125 bytes Everyone · Edit" in words
