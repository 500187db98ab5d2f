"""The measures run and write their lines; what they count has tests of its own."""

import time

import pytest
from django.db import transaction

from bench import search, statements, write_locks
from stemnet.models import Sweep
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_the_measures_of_issuing_typesetting_and_exporting_run(capsys):
    statements.issuing(people=2, ready=1)
    statements.typesetting()
    statements.exporting(people=1)
    said = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    assert said == [
        "issuing 2 documents to 1 of 2 people, as a job",
        "issuing 22 documents to 11 of 12 people, as a job",
        "for each further person who is ready",
        "issue both documents to one person, on their own click",
        "typeset one document (attendance), the median",
        "typeset one document (pdp), the median",
        "export a network of 1 people as a workbook",
    ]


def test_the_measures_of_registering_run(capsys):
    statements.registering()
    said = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines() if "statements" in line]
    assert said == [
        "register: the form, which mails a code",
        "register: the code",
        "register: the code as a request, which signs in",
        "register who is signed in",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_write_lock_lasts_from_the_beginning_of_a_transaction_to_its_end(capsys):
    def act():
        with transaction.atomic():
            Sweep.objects.note(NOW)
            time.sleep(0.05)
        Sweep.objects.note(NOW)
        Sweep.objects.last_at()

    assert 0.05 <= write_locks.told("two locks", act) < 5
    assert " 2 locks" in capsys.readouterr().out


def test_the_measure_of_searching_compares_both_pages(capsys):
    search.fill(20)
    search.compare(1)
    said = [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()]
    both = [f"{page}: {name}" for name in search.WORDS for page in ("stock", "search")]
    assert said == ["stock: first page, nothing searched", *both]
