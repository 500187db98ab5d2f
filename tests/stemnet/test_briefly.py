"""What all pages say is read once in a moment."""

import pytest
from django.db import transaction

from partners.models import Partnership, kept_partnership, known_partnership
from stemnet.briefly import Briefly
from tests.factories import a_partnership


@pytest.mark.django_db(transaction=True)
def test_an_answer_lasts_for_a_moment_and_none_is_kept_from_inside_a_transaction(settings):
    settings.BRIEFLY_SECONDS = 0.45
    answers, now = iter(range(9)), [100.0]
    kept = Briefly(lambda: next(answers), clock=lambda: now[0])
    with transaction.atomic():
        assert kept.get() == 0
    assert [kept.get(), kept.get()] == [1, 1]
    now[0] += 0.46
    assert kept.get() == 2
    kept.drop()
    assert kept.get() == 3


@pytest.mark.django_db(transaction=True)
def test_who_changes_the_partnership_sees_its_new_name_at_once(settings):
    settings.BRIEFLY_SECONDS = 60
    kept_partnership.drop()
    a_partnership(name="Before")
    assert known_partnership().name == "Before"
    ours = Partnership.objects.get()
    ours.name = "After"
    ours.save()
    assert known_partnership().name == "After"
    kept_partnership.drop()
