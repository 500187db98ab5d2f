"""How many statements issuing takes, and that they hardly grow with the people."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.credit.domain import issuing
from registrations.models import Document
from stemnet import jobs
from stemnet.models import Mail
from tests.factories import a_partnership, a_staff_member
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


def statements_of_a_job(*, people, ready):
    """Return what the job of a network of ``people``, of whom some are ready for both documents, asks."""
    network, staff = an_awarding_network(), a_staff_member()
    for number in range(people):
        a_participant(network, evaluated=number < ready)
    params = {"slug": network.slug, "at": JUNE.isoformat(), "language": "en"}
    job = jobs.start_job(kind="registrations.issue", params=params, by=str(staff.uid), at=JUNE)
    claimed = jobs.claim_job(job.pk, at=JUNE)
    with CaptureQueriesContext(connection) as asked:
        jobs.run(claimed, clock=lambda: JUNE)
    assert Document.objects.filter(network=network).count() == 2 * ready
    assert Mail.objects.filter(key__startswith="documents-ready").count() >= ready
    return len(asked)


def test_issuing_36_documents_in_a_network_of_41_takes_few_statements():
    a_partnership()
    assert statements_of_a_job(people=41, ready=18) <= 150


def test_each_further_person_takes_few_statements():
    few, many = statements_of_a_job(people=4, ready=2), statements_of_a_job(people=64, ready=62)
    assert many - few <= 6 * 60


def test_the_own_click_reads_the_network_once():
    registration = a_participant(an_awarding_network())
    with CaptureQueriesContext(connection) as asked:
        issuing.issue_ready(registration=registration, by=registration.person, at=JUNE)
    tables = [query["sql"].partition(" FROM ")[2].partition(" ")[0].strip(chr(34)) for query in asked]
    once = ("registrations_creditrule", "partners_provider", "partners_partnership", "meetings_cohost")
    assert [tables.count(table) for table in once] == [1, 1, 1, 1]
