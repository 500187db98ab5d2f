"""How far one's own job is, and its file."""

import io

import pytest

from stemnet import jobs
from stemnet.models import Job, JobState
from tests.factories import a_user
from tests.stemnet.letters import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch, tmp_path, settings):
    """Keep files in a folder of the test's own."""
    folder = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path)},
    }
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    monkeypatch.setattr(jobs, "_handlers", {})


def keep(run):
    """Leave a file."""
    run.keep("list.csv", io.BytesIO(b"a;b"))


def a_job(user):
    """Start a job for somebody."""
    jobs.handler("keep", keep)
    return jobs.start_job(kind="keep", params={}, by=str(user.person.uid), at=MONDAY, total=4)


def test_job_leads_back_to_where_it_began(client):
    user = a_user()
    jobs.handler("keep", keep)
    job = jobs.start_job(kind="keep", params={"back": "/staff/"}, by=str(user.person.uid), at=MONDAY)
    client.force_login(user)
    assert (
        '<a href="/staff/">Back to where you started it</a>'
        in client.get(job.get_absolute_url()).content.decode()
    )


def test_job_shows_how_far_it_is(client):
    user = a_user()
    job = a_job(user)
    Job.objects.update(progress=1, state=JobState.RUNNING, lease_until=MONDAY)
    client.force_login(user)
    html = client.get(job.get_absolute_url()).content.decode()
    assert 'value="1" max="4"' in html
    assert "1 of 4" in html


def test_job_answers_htmx_with_the_inner_part_until_it_is_over(client):
    user = a_user()
    job = a_job(user)
    client.force_login(user)
    waiting = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    jobs.run_waiting(at=MONDAY)
    ready = client.get(job.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert ("<html" in waiting, "hx-get" in waiting, "hx-get" in ready) == (False, True, False)
    assert f"/jobs/{job.uid}/file/" in ready


def test_job_hands_out_its_file_under_its_name(client):
    user = a_user()
    job = a_job(user)
    jobs.run_waiting(at=MONDAY)
    client.force_login(user)
    response = client.get(f"/jobs/{job.uid}/file/")
    assert b"".join(response.streaming_content) == b"a;b"
    assert response.headers["Content-Disposition"] == 'attachment; filename="list.csv"'


def test_job_without_a_file_yet_has_none_to_hand_out(client):
    user = a_user()
    job = a_job(user)
    client.force_login(user)
    assert client.get(f"/jobs/{job.uid}/file/").status_code == 404


@pytest.mark.parametrize("suffix", ["", "file/"])
def test_job_of_somebody_else_is_not_found(client, suffix):
    job = a_job(a_user())
    jobs.run_waiting(at=MONDAY)
    client.force_login(a_user())
    assert client.get(f"/jobs/{job.uid}/{suffix}").status_code == 404


def test_job_asks_a_visitor_to_sign_in(client):
    job = a_job(a_user())
    assert client.get(job.get_absolute_url()).status_code == 302
