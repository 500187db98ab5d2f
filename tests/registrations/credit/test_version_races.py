"""Two who save other values over one version at once make two versions, one after the other (PostgreSQL)."""

from datetime import date

import pytest

from registrations.credit.domain import versions
from registrations.models import CreditRule
from tests.races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_versions_saved_at_once_follow_each_other():
    CreditRule.objects.get_or_create(
        code="MA-PDP", version=1, defaults={"name": "PDPs", "effective_from": date(2012, 7, 1)}
    )

    def save(minimum):
        edited = CreditRule.objects.get(code="MA-PDP", version=1)
        edited.minimum = minimum
        return lambda: versions.save_as_next(edited)

    outcomes = at_once([save(minimum) for minimum in range(20, 24)])
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    numbers = CreditRule.objects.filter(code="MA-PDP").order_by("version").values_list("version", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]
