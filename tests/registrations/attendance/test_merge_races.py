"""Two who merge at once on PostgreSQL: one merge happens, the other is refused, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from partners.merging.domain import merging
from partners.merging.exceptions import MergeRefused
from partners.models import Merge, Person
from registrations.models import Registration
from tests.factories import NOW, a_coordinator, a_network, a_person, a_registration

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def merged_both_ways(one, other, *, by):
    """Let two threads merge the two people at once, each the other way round."""
    barrier = Barrier(2)

    def work(pair):
        try:
            barrier.wait(timeout=60)
            merging.merge_people(kept=pair[0], gone=pair[1], take=set(), by=by, at=NOW)
        except MergeRefused:
            return "refused"
        finally:
            connection.close()
        return "merged"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(work, [(one, other), (other, one)]))


@pytest.mark.parametrize("turn", range(5))
def test_two_who_merge_the_same_two_people_at_once(turn):
    by, network = a_coordinator(), a_network()
    one, other = a_person(), a_person()
    a_registration(network, one)
    a_registration(network, other)
    assert merged_both_ways(one, other, by=by) == ["merged", "refused"]
    kept = Person.objects.get(pk=Merge.objects.get().kept)
    assert Registration.objects.live().get(network=network).person == kept
    assert Person.objects.filter(merged_into=kept).count() == 1
