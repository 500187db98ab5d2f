"""Batches that take a while."""

import io
from datetime import timedelta

import pytest

from stemnet import jobs
from stemnet.exceptions import Refused, UnknownJob
from stemnet.models import Job, JobState
from tests.stemnet.letters import MONDAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds(monkeypatch, tmp_path, settings):
    """Let every test have handlers and a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    monkeypatch.setattr(jobs, "_handlers", {})


def count(run):
    """Count as far as one was asked to and leave a file."""
    run.expect(run.params["to"])
    for step in range(run.params["to"]):
        run.reach(step + 1)
    run.keep("counted.csv", io.BytesIO(b"counted"))


def a_job(function=count, *, by="person", to=250):
    """Start a job."""
    jobs.handler("count", function)
    return jobs.start_job(kind="count", params={"to": to}, by=by, at=MONDAY)


def test_start_refuses_a_kind_that_nobody_does():
    with pytest.raises(UnknownJob):
        jobs.start_job(kind="nothing", params={}, by="person", at=MONDAY)


def test_run_waiting_runs_a_job_to_its_end():
    job = a_job()
    assert jobs.run_waiting(at=MONDAY) == 1
    job.refresh_from_db()
    assert (job.state, job.progress, job.total, job.finished_at) == (JobState.DONE, 250, 250, MONDAY)
    with job.result.open() as file:
        assert (file.read(), job.result_name) == (b"counted", "counted.csv")
    assert "counted" not in job.result.name


def test_run_says_a_refusal_in_its_own_words():
    def refuse(_run):
        raise Refused(sentence="There is nobody to export.")

    job = a_job(refuse)
    jobs.run_waiting(at=MONDAY)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "There is nobody to export.")


def test_run_hides_a_fault_from_the_person_and_shows_it_to_the_log():
    def fail(_run):
        raise KeyError("secret")

    job = a_job(fail)
    with pytest.raises(KeyError):
        jobs.run_waiting(at=MONDAY)
    job.refresh_from_db()
    assert (job.state, job.error) == (JobState.FAILED, "That didn't work. Try again.")


def test_an_abandoned_job_begins_again():
    job = a_job()
    jobs.claim_job(job.pk, at=MONDAY)
    assert jobs.run_waiting(at=MONDAY + timedelta(minutes=1)) == 0
    assert jobs.run_waiting(at=MONDAY + jobs.LEASE) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


def test_a_job_that_stops_three_times_is_given_up():
    job = a_job()
    Job.objects.update(state=JobState.RUNNING, lease_until=MONDAY, attempts=3)
    jobs.run_waiting(at=MONDAY)
    job.refresh_from_db()
    assert (job.state, job.error[:23]) == (JobState.FAILED, "This stopped partway se")


def test_a_worker_whose_job_was_taken_over_stops_and_changes_nothing():
    job = a_job()
    slow = jobs.claim_job(job.pk, at=MONDAY)
    Job.objects.update(attempts=2)
    jobs.run(slow, clock=lambda: MONDAY)
    job.refresh_from_db()
    assert (job.state, job.progress) == (JobState.RUNNING, 0)


def test_results_are_forgotten_after_a_week():
    job = a_job()
    jobs.run_waiting(at=MONDAY)
    jobs.run_waiting(at=MONDAY + jobs.RESULT_KEPT)
    job.refresh_from_db()
    assert (job.state, job.result.name) == (JobState.DONE, "")
