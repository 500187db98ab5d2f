"""Two clicks at once issue one transcript (PostgreSQL); without the row that is held there are two."""

from threading import Barrier

import pytest

from registrations.models import Transcript
from registrations.transcripts.domain import issuing
from stemnet import pdf_seal
from tests.factories import a_person
from tests.races import at_once
from tests.registrations.credit.stories import JUNE, a_participant, an_awarding_network

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.usefixtures("private_files"),
]
CLICKS = 2


@pytest.fixture
def person(monkeypatch):
    """Somebody whose two clicks have both typeset their transcript before either writes it."""
    somebody = a_person()
    a_participant(an_awarding_network(), person=somebody)
    typeset, seal = Barrier(CLICKS), pdf_seal.seal

    def sealed_together(pdf, *, at):
        typeset.wait(timeout=30)
        return seal(pdf, at=at)

    monkeypatch.setattr(pdf_seal, "seal", sealed_together)
    return somebody


def click_at_once(person):
    outcomes = at_once([lambda: issuing.issue(person, at=JUNE)] * CLICKS)
    return {outcome.number for outcome in outcomes}


def test_two_clicks_at_once_issue_one_transcript(person):
    numbers = click_at_once(person)
    assert numbers == {Transcript.objects.get().number}


def test_without_looking_again_there_are_two(person, monkeypatch):
    """The fault, shown: whoever asked before typesetting finds none of today."""
    monkeypatch.setattr(issuing, "_same", lambda _person, _words: None)
    assert len(click_at_once(person)) == Transcript.objects.count() == CLICKS
