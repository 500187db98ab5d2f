"""Files at once on PostgreSQL: each part counts once, each version has its number, each title stands once."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.gathering.domain import materials, uploads
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.gathering.exceptions import MaterialRefused
from meetings.models import Material, MaterialVersion, Upload
from tests.factories import NOW, a_meeting, a_network, a_staff_member, a_user
from tests.meetings.gathering import contents
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SHOWN = Shown(kind="slides", seen_by="public", seen_from="now")
FILM = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 6_000
PART = uploads.PART_BYTES


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """A folder of files, as one keeps them: what is in memory has one place to read from, for all threads."""
    kept = {"BACKEND": "stemnet.files.PrivateFiles", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}


def add(meeting, by, content):
    with gathered([], [SimpleUploadedFile("slides.pdf", content)]) as files:
        return materials.add_files(meeting, files, title="Slides", shown=SHOWN, by=by, at=NOW)


def renew(material, by, content):
    with gathered([], [SimpleUploadedFile("slides.pdf", content)]) as (file,):
        return materials.add_version(material, file, by=by, at=NOW)


def test_a_file_that_is_begun_in_several_pages_at_once_is_one_upload():
    owner = a_user().person
    told = {"name": "film.mp4", "size": len(FILM), "sha256": contents.sha256(FILM), "at": NOW}
    begun = at_once([lambda: uploads.begin(owner, **told).pk for _page in range(8)])
    assert begun == [Upload.objects.get().pk] * 8


@pytest.mark.parametrize("_time", range(3))
def test_a_part_that_comes_several_times_at_once_counts_once(_time):
    owner = a_user().person
    told = {"name": "film.mp4", "size": len(FILM), "sha256": contents.sha256(FILM), "at": NOW}
    upload = uploads.begin(owner, **told)
    for offset in range(0, len(FILM), PART):
        content = FILM[offset : offset + PART]

        def send(offset=offset, content=content):
            return uploads.receive(Upload.objects.get(), offset=offset, content=content).received

        assert at_once([send] * 6) == [offset + len(content)] * 6
    with gathered([Upload.objects.get()], []) as (file,):
        assert file.file.read() == FILM
    assert len(default_storage.listdir(f"uploads/{upload.uid}")[1]) == 2


def test_versions_that_come_at_once_are_all_kept_in_an_order():
    by, meeting = a_staff_member(), a_meeting(a_network(meetings=0))
    (made,) = add(meeting, by, contents.PDF)
    at_once([lambda number=number: renew(made, by, contents.PDF + b"%%%d" % number) for number in range(6)])
    assert list(made.versions.values_list("number", flat=True)) == [7, 6, 5, 4, 3, 2, 1]
    kept = set()
    for version in made.versions.all():
        with version.file.open() as file:
            kept.add(file.read())
    assert kept == {contents.PDF, *(contents.PDF + b"%%%d" % number for number in range(6))}


def test_of_two_files_with_one_title_one_stands_and_the_other_is_refused_without_a_trace():
    by, meeting = a_staff_member(), a_meeting(a_network(meetings=0))
    outcomes = at_once(
        [lambda number=number: add(meeting, by, contents.PDF + b"%%%d" % number) for number in range(6)]
    )
    assert sorted(type(one).__name__ for one in outcomes) == ["MaterialRefused"] * 5 + ["list"]
    assert isinstance(next(one for one in outcomes if isinstance(one, Exception)), MaterialRefused)
    version = MaterialVersion.objects.get()
    assert (Material.objects.count(), default_storage.listdir("materials")[1]) == (1, [str(version.uid)])
