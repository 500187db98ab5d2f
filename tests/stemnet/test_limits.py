"""How often one client may ask for the same thing; without Redis: `test_shared_cache.py`."""

from datetime import timedelta

from stemnet.limits import within_limit
from tests.factories import NOW

HOUR = NOW.replace(minute=0)


def tried(*, client="a", what="codes", minutes=0):
    at = HOUR + timedelta(minutes=minutes)
    return within_limit(what=what, client=client, most=2, seconds=3600, at=at)


def test_each_client_may_ask_so_often_for_each_thing():
    assert [tried(), tried(), tried(minutes=59)] == [True, True, False]
    assert (tried(client="b"), tried(what="forms")) == (True, True)


def test_the_next_hour_counts_anew():
    assert [tried(), tried(), tried(), tried(minutes=60)] == [True, True, False, True]
