"""Files in parts: each part once, at its place, from wherever it stopped; whole and checked at the end."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.gathering.domain import materials, uploads
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.gathering.exceptions import PartOutOfPlace, UploadRefused
from meetings.models import Material, MaterialVersion, Upload
from stemnet.exceptions import FileRefused
from tests.factories import NOW, a_meeting, a_network, a_staff_member, a_user
from tests.meetings.gathering import contents

pytestmark = pytest.mark.django_db
FILM = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 12_000  # three parts
PART = uploads.PART_BYTES
HANDOUT = Shown(kind="handout", seen_by="public", seen_from="now")


def begun(owner=None, *, content=FILM, name="film.mp4", at=NOW):
    owner = owner or a_user().person
    return uploads.begin(owner, name=name, size=len(content), sha256=contents.sha256(content), at=at)


def sent(upload, content=FILM, *, until=None):
    for offset in range(upload.received, until or len(content), PART):
        upload = uploads.receive(upload, offset=offset, content=content[offset : offset + PART])
    return upload


def parts_kept():
    return sorted(default_storage.listdir("uploads")[0]) if default_storage.exists("uploads") else []


def test_what_came_in_parts_is_the_file_that_was_sent():
    upload = sent(begun())
    with gathered([upload], []) as (file,):
        found = (file.file.read(), file.name, file.sha256, file.kind.media_type)
    assert found == (FILM, "film.mp4", contents.sha256(FILM), "video/mp4")


def test_a_part_that_is_sent_again_changes_nothing():
    upload = sent(begun(), until=PART)
    again = uploads.receive(upload, offset=0, content=FILM[:PART])
    assert (again.received, len(again.parts)) == (PART, 1)


def test_a_part_that_skips_another_is_told_where_to_go_on():
    upload = sent(begun(), until=PART)
    with pytest.raises(PartOutOfPlace) as refused:
        uploads.receive(upload, offset=2 * PART, content=FILM[2 * PART :])
    assert refused.value.received == PART


def test_of_two_that_send_the_same_part_one_counts_and_one_file_stays():
    upload = begun()
    late = Upload.objects.get()  # as another request read it
    sent(upload, until=PART)
    assert uploads.receive(late, offset=0, content=FILM[:PART]).received == PART
    assert len(default_storage.listdir(f"uploads/{upload.uid}")[1]) == 1


def test_the_same_file_goes_on_where_it_stopped_under_any_name_and_for_its_owner_only():
    owner = a_user().person
    first = sent(begun(owner), until=PART)
    again = begun(owner, name="the film.mp4")
    assert (again.pk, again.received, again.name) == (first.pk, PART, "the film.mp4")
    assert begun().received == 0


def test_more_than_was_announced_is_refused():
    upload = begun(content=contents.PDF, name="a.pdf")
    with pytest.raises(UploadRefused):
        uploads.receive(upload, offset=0, content=contents.PDF + b"more")
    with pytest.raises(UploadRefused):
        uploads.receive(upload, offset=0, content=b"")
    assert Upload.objects.get().received == 0


def test_a_file_that_changed_on_its_way_is_refused_and_forgotten():
    upload = begun(content=contents.PDF, name="a.pdf")
    with pytest.raises(UploadRefused, match="changed while it was being sent"):
        uploads.receive(upload, offset=0, content=contents.PDF[::-1])
    assert (Upload.objects.count(), parts_kept_files()) == (0, [])


def test_a_file_that_lies_about_itself_is_refused_with_its_last_part_and_forgotten():
    page = b"<script>alert(1)</script>"
    upload = begun(content=page, name="a.png")
    with pytest.raises(FileRefused, match="doesn't match its name"):
        uploads.receive(upload, offset=0, content=page)
    assert (Upload.objects.count(), parts_kept_files()) == (0, [])


def parts_kept_files():
    return [file for folder in parts_kept() for file in default_storage.listdir(f"uploads/{folder}")[1]]


@pytest.mark.parametrize(
    ("name", "size", "words"),
    [
        ("a.exe", 5, "We can't take"),
        ("a.pdf", 0, "is empty"),
        ("a.pdf", 200 * 1024 * 1024, "can be up to 50"),
    ],
)
def test_what_nobody_may_share_is_refused_before_it_is_sent(name, size, words):
    with pytest.raises(FileRefused) as refused:
        uploads.begin(a_user().person, name=name, size=size, sha256="0" * 64, at=NOW)
    assert words in str(refused.value).replace("\xa0", " ")
    assert not Upload.objects.exists()


def test_an_upload_becomes_one_material_and_its_parts_go():
    owner, meeting = a_user().person, a_meeting(a_network(meetings=0))
    upload = sent(begun(owner))
    shown = Shown(kind="recording", seen_by="registered", seen_from="now")
    for _time in range(2):  # the form is sent twice
        with gathered([Upload.objects.get()], []) as files:
            materials.add_files(meeting, files, title="Film", shown=shown, by=owner, at=NOW)
    version = MaterialVersion.objects.get()
    assert (version.upload.pk, version.file.read(), parts_kept_files()) == (upload.pk, FILM, [])
    assert begun(owner).pk != upload.pk  # sent once more, it is another upload


def test_what_was_left_behind_is_swept_and_what_is_used_stays():
    owner, meeting = a_user().person, a_meeting(a_network(meetings=0))
    used = sent(begun(owner))
    with gathered([used], []) as files:
        shown = Shown(kind="recording", seen_by="registered", seen_from="now")
        materials.add_files(meeting, files, title="Film", shown=shown, by=owner, at=NOW)
    sent(begun(a_user().person), until=PART)
    fresh = begun(a_user().person, at=NOW + timedelta(days=1))
    assert uploads.sweep(at=NOW + timedelta(days=2)) == 2
    assert ([one.pk for one in Upload.objects.all()], parts_kept_files()) == ([fresh.pk], [])
    assert MaterialVersion.objects.get().file.read() == FILM


def test_a_file_that_was_used_is_never_said_to_be_on_another_page(client):
    staff = a_staff_member()
    client.force_login(staff.user)
    network = a_network(meetings=0)
    here, there = a_meeting(network, title="Here"), a_meeting(network, title="There")
    upload = uploads.begin(
        staff, name="x.pdf", size=len(contents.PDF), sha256=contents.sha256(contents.PDF), at=NOW
    )
    uploads.receive(upload, offset=0, content=contents.PDF)
    form = {"uploads": [str(upload.uid)], "kind": "handout", "seen_by": "public", "seen_from": "now"}
    answers = [client.post(reverse("material_new", args=[one.uid]), form) for one in (here, here, there)]
    assert [one.status_code for one in answers] == [302, 302, 422]
    assert "“x.pdf” couldn&#x27;t be read. Choose it again." in answers[2].content.decode()
    assert [str(one.meeting) for one in Material.objects.all()] == ["Here"]
    client.post(reverse("material_new", args=[there.uid]), form | {"uploads": [], "files": a_pdf("y.pdf")})
    other = Material.objects.get(title="y")
    assert client.post(reverse("material_renew", args=[other.uid]), form).status_code == 422
    assert other.versions.count() == 1


def test_a_link_gets_no_version_that_nobody_would_see(client):
    staff = a_staff_member()
    client.force_login(staff.user)
    link = materials.add_link(
        a_meeting(a_network()), title="Notes", url="https://example.org/x", shown=HANDOUT, by=staff, at=NOW
    )
    renewed = client.post(reverse("material_renew", args=[link.uid]), {"files": a_pdf("notes.pdf")})
    assert (renewed.status_code, MaterialVersion.objects.count()) == (404, 0)


def a_pdf(name):
    return SimpleUploadedFile(name, contents.PDF)


def test_ones_own_link_is_no_material(client, settings):
    client.force_login(a_staff_member().user)
    own = {"url": f"{settings.SITE_URL}/calendar/mine/abc/", "title": "Calendar"}
    shown = {"kind": "link", "seen_by": "public", "seen_from": "now"}
    page = reverse("material_new", args=[a_meeting(a_network()).uid])
    answer = client.post(page, own | shown)
    assert answer.status_code == 422 and "This is your own calendar link" in answer.content.decode()
