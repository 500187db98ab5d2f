"""Minutes of each category in files for other programs: the same columns whoever writes the file."""

from fractions import Fraction

import pytest

from registrations.credit.domain.category_columns import CATEGORY_LABELS, minutes_by_label
from registrations.credit.domain.record_columns import RECORD_COLUMNS
from registrations.models import CreditRule
from registrations.transcripts.domain.figures import figures_of
from registrations.transcripts.domain.rows import rows_of
from registrations.transcripts.exports import TRANSCRIPT_HEADER
from tests.factories import a_coordinator
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network
from tests.registrations.exporting.stories import an_export, reopened

COLUMNS = [f"minutes_{label}" for label in CATEGORY_LABELS]
WITHOUT_COLUMN = {"government", "fundamental", "para_subject", "elective"}  # records.md 5 has none


def test_both_files_have_the_same_columns_of_minutes():
    of_records = [one.key for one in RECORD_COLUMNS if one.key in COLUMNS]
    assert of_records == [name for name in TRANSCRIPT_HEADER if name in COLUMNS] == COLUMNS


@pytest.mark.parametrize(
    ("code", "label"), [("language", "ell"), ("sei_esl", "ell"), ("swd_diverse", "swd"), ("stem", "stem")]
)
def test_a_category_of_a_state_stands_in_its_column(code, label):
    found = minutes_by_label({code: Fraction(90)}, counted=90)
    assert {name: minutes for name, minutes in found.items() if minutes} == {label: 90}


def test_thirds_of_minutes_add_up():
    third = Fraction(100, 3)
    found = minutes_by_label({"stem": third, "equity": third, "leadership": third}, counted=100)
    assert sum(found.values()) == 100


def test_no_minutes_are_none():
    assert sum(minutes_by_label({"stem": Fraction(0)}, counted=0).values()) == 0


@pytest.mark.django_db
def test_every_category_of_a_rule_has_a_column():
    codes = {code for rule in CreditRule.objects.all() for code, _label in rule.categories}
    assert {code for code in codes if not any(minutes_by_label({code: Fraction(1)}, counted=1).values())} <= (
        WITHOUT_COLUMN
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("private_files")
def test_new_york_s_hours_for_english_learners_are_in_both_files(ny_person):
    (of_transcript,) = (
        dict(zip(TRANSCRIPT_HEADER, row, strict=True)) for row in rows_of(figures_of(ny_person, at=JUNE))
    )
    coordinator = a_coordinator()
    (record,) = reopened(an_export(coordinator, begin="credit_records", headings="keys"), coordinator)
    assert [int(record[name]) for name in COLUMNS] == [of_transcript[name] for name in COLUMNS]
    assert (of_transcript["minutes_content"], of_transcript["minutes_ell"]) == (540, 180)


@pytest.fixture
def ny_person():
    """Somebody at four meetings under New York's rule, one of them on English learners."""
    network = an_awarding_network(credit_code="NY-CTLE", pdp_category="content")
    registration = a_participant(network, attended=4)
    network.meetings.filter(title="Meeting 2").update(category="language")
    return registration.person
