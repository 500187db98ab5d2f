"""Issuing without room for the documents: a sentence, and nothing left."""

import errno

import pytest

from registrations.models import Document
from stemnet.files import PrivateFiles
from stemnet.models import Mail
from tests.factories import a_staff_member
from tests.registrations.credit.stories import a_participant, an_awarding_network
from tests.stemnet.test_files import little_room, names

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    files = {"BACKEND": "stemnet.files.PrivateFiles", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    return tmp_path


def issue(client, network):
    return client.post(f"/staff/networks/{network.slug}/documents/issue/")


def test_of_documents_without_room_nothing_is_left_and_a_sentence_says_so(client, folder):
    network = an_awarding_network()
    for _number in range(2):
        a_participant(network)
    before = Mail.objects.count()
    client.force_login(a_staff_member().user)
    with little_room(2000):
        answer = issue(client, network)
    assert (answer.status_code, names(folder)) == (507, [])
    assert "The disk of the portal is full" in answer.content.decode()
    assert (Document.objects.count(), Mail.objects.count()) == (0, before)
    assert issue(client, network).status_code == 302
    assert Document.objects.count() == len(names(folder)) == 4


def test_one_that_fails_takes_those_before_it_along(client, folder, monkeypatch):
    network = an_awarding_network()
    a_participant(network)
    client.force_login(a_staff_member().user)
    save, written = PrivateFiles.save, []

    def save_one(storage, *file, **how):
        if written:
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(save(storage, *file, **how))
        return written[-1]

    monkeypatch.setattr(PrivateFiles, "save", save_one)
    assert issue(client, network).status_code == 507
    assert (len(written), names(folder), Document.objects.count()) == (1, [], 0)
