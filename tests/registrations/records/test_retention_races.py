"""Two runs at once, on PostgreSQL: each row goes and is counted once; a hold set meanwhile holds."""

from datetime import timedelta

import pytest

from partners.models import KeptForm, Person
from partners.people.domain import deletion
from partners.people.exceptions import DeletionBlocked
from registrations.records.domain import legal_holds
from stemnet.exceptions import HoldRefused
from stemnet.models import LegalHold, RetentionRun
from stemnet.retention import sweeping
from tests import factories
from tests.factories import NOW
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_runs_at_once_count_each_row_once(monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 3)
    person = factories.a_person()
    KeptForm.objects.bulk_create(
        KeptForm(person=person, form=str(number), fields=[], saved_at=NOW - timedelta(days=60))
        for number in range(20)
    )
    outcomes = at_once([lambda: sweeping.sweep(at=NOW) for _time in range(2)])
    assert sum(outcomes) == 20
    assert sum(RetentionRun.objects.filter(key="kept_forms").values_list("deleted", flat=True)) == 20
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize("turn", range(4))
def test_a_hold_and_a_deletion_at_once_leave_one_of_them(turn):
    person, by = factories.a_user().person, factories.a_coordinator()
    said = {"reason": "Case 12", "ask": "the office", "until": None}
    outcomes = at_once(
        [
            lambda: legal_holds.hold(person, by=by, at=NOW, **said),
            lambda: deletion.remove_person(person, by=person, at=NOW),
        ]
    )
    refused = [one for one in outcomes if isinstance(one, HoldRefused | DeletionBlocked)]
    assert len(refused) == 1, outcomes
    removed = Person.objects.get(pk=person.pk).removed_at is not None
    assert LegalHold.objects.exists() != removed
