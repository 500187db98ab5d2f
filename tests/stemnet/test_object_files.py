"""Files in an object store: a server that speaks S3 takes all that the portal does with files."""

import io

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from moto.server import ThreadedMotoServer

from meetings.gathering.domain import materials, uploads
from meetings.gathering.domain.incoming import gathered
from meetings.gathering.domain.materials import Shown
from meetings.models import Upload
from stemnet.files import deleted_on_failure
from tests.factories import NOW, a_meeting, a_network, a_staff_member
from tests.meetings.gathering import contents

KEYS = {"access_key": "testing", "secret_key": "testing", "region_name": "us-east-1"}
SHOWN = Shown(kind="slides", seen_by="public", seen_from="now")
FILM = b"\0\0\0\x18ftypisom" + bytes(range(256)) * 12_000


@pytest.fixture(scope="module")
def server():
    running = ThreadedMotoServer(port=0)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server, settings):
    client = boto3.client(
        "s3",
        endpoint_url=server,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="files")
    options = {"bucket_name": "files", "endpoint_url": server, **KEYS}
    store = {"BACKEND": "stemnet.object_files.ObjectFiles", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    yield client
    for one in client.list_objects_v2(Bucket="files").get("Contents", []):
        client.delete_object(Bucket="files", Key=one["Key"])
    client.delete_bucket(Bucket="files")


def keys(client):
    return sorted(one["Key"] for one in client.list_objects_v2(Bucket="files").get("Contents", []))


@pytest.mark.django_db
def test_a_file_a_new_version_and_a_download_work_in_the_store(bucket, client):
    staff, meeting = a_staff_member(), a_meeting(a_network(meetings=0))
    with gathered([], [SimpleUploadedFile("résumé 資料.pdf", contents.PDF)]) as files:
        (made,) = materials.add_files(meeting, files, title="Slides", shown=SHOWN, by=staff, at=NOW)
    with gathered([], [SimpleUploadedFile("better.pdf", contents.PDF + b"%2")]) as (file,):
        materials.add_version(made, file, by=staff, at=NOW)
    assert keys(bucket) == sorted(f"materials/{one.uid}" for one in made.versions.all())
    response = client.get(made.get_absolute_url())
    assert response.getvalue() == contents.PDF + b"%2"
    assert (response["Content-Type"], response["Content-Length"]) == ("application/pdf", "127")
    client.force_login(staff.user)
    old = client.get(reverse("material_version", args=[made.uid, 1]))
    assert old.getvalue() == contents.PDF
    default_storage.delete(made.versions.get(number=2).file.name)
    assert client.get(made.get_absolute_url()).status_code == 404


@pytest.mark.django_db
def test_a_file_in_parts_comes_together_in_the_store(bucket):
    staff, meeting = a_staff_member(), a_meeting(a_network(meetings=0))
    upload = uploads.begin(staff, name="film.mp4", size=len(FILM), sha256=contents.sha256(FILM), at=NOW)
    for offset in range(0, len(FILM), uploads.PART_BYTES):
        upload = uploads.receive(upload, offset=offset, content=FILM[offset : offset + uploads.PART_BYTES])
    assert len(keys(bucket)) == 3
    with gathered([Upload.objects.get()], []) as files:
        (made,) = materials.add_files(meeting, files, title="", shown=SHOWN, by=staff, at=NOW)
    assert keys(bucket) == [f"materials/{made.versions.get().uid}"]
    with made.versions.get().file.open() as file:
        assert file.read() == FILM


def test_of_what_failed_nothing_is_left_in_the_store_and_no_file_is_written_over(bucket):
    def write_and_fail():
        with deleted_on_failure():
            default_storage.save("one", ContentFile(b"1"))
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    assert keys(bucket) == []
    names = [default_storage.save("same", ContentFile(b"1")) for _time in range(2)]
    assert len(set(names)) == 2


def test_a_store_that_is_away_or_says_no_fails_like_a_disk(bucket, settings):
    options = {"bucket_name": "nobody", "endpoint_url": bucket.meta.endpoint_url, **KEYS}
    settings.STORAGES["default"] = {"BACKEND": "stemnet.object_files.ObjectFiles", "OPTIONS": options}
    with pytest.raises(OSError, match="NoSuchBucket"):
        default_storage.save("one", ContentFile(b"1"))
    with pytest.raises(OSError, match="one"):
        default_storage.open("one").read()


def test_what_is_large_is_read_by_way_of_the_disk(bucket):
    name = default_storage.save("film", io.BytesIO(FILM))
    with default_storage.open(name) as file:
        assert file.read(10) == FILM[:10]
        assert file.file._rolled
