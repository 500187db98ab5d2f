"""The measures run and write their lines; what they count has tests of its own."""

import pytest

from bench import statements

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
