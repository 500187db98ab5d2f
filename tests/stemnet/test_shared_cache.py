"""The cache that many processes share, with Redis away."""

import threading
import time

import pytest
from django.core.cache import caches

from stemnet import shared_cache
from stemnet.limits import within_limit
from stemnet.models import CacheEntry
from tests.factories import NOW
from tests.races import at_once
from tests.stemnet.silent import AWAY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reach(monkeypatch):
    """Know of no server yet, and look for one that is away only after the test."""
    monkeypatch.setattr(shared_cache, "_reach", {})
    monkeypatch.setattr(shared_cache, "LOOK_AGAIN_SECONDS", 3600)


def use(settings, port):
    settings.CACHES = {
        "default": {
            "BACKEND": "stemnet.shared_cache.SharedCache",
            "LOCATION": f"redis://127.0.0.1:{port}/7",
            "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
        }
    }
    return caches["default"]


@pytest.fixture(params=AWAY)
def cache(request, settings):
    """The cache of an installation whose Redis is away, one way or the other."""
    with AWAY[request.param]() as port:
        yield use(settings, port)


def seconds_of(act):
    begun = time.monotonic()
    act()
    return time.monotonic() - begun


def test_who_finds_redis_away_waits_half_a_second_and_nobody_after_that(cache):
    first = seconds_of(lambda: cache.get("a"))
    later = seconds_of(lambda: [cache.get("a") for _time in range(20)])
    assert (first < 1.0, later < 0.3) == (True, True)


def test_another_thread_does_not_wait_once_one_has_found_out(cache, settings):
    cache.get("a")
    waited = []
    thread = threading.Thread(target=lambda: waited.append(caches["default"]._reach.is_lost))
    thread.start()
    thread.join()
    assert waited == [True]


def test_limits_are_counted_in_the_database_meanwhile(cache):
    tried = [within_limit(what="a", client="b", most=2, seconds=3600, at=NOW) for _time in range(4)]
    assert tried == [True, True, False, False]
    assert [row.value for row in CacheEntry.objects.all()] == [4]


def test_no_address_of_a_client_stands_in_the_database(cache):
    within_limit(what="a", client="192.0.2.7", most=2, seconds=3600, at=NOW)
    assert "192.0.2.7" not in str(CacheEntry.objects.values())


def test_it_does_all_that_a_cache_does(cache):
    assert (cache.add("a", [1.5, 2.5]), cache.add("a", 2), cache.get("a")) == (True, False, [1.5, 2.5])
    cache.set("b", 5, timeout=60)
    assert (cache.incr("b", 2), cache.get("b"), cache.touch("b", 90), cache.touch("c")) == (7, 7, True, False)
    assert (cache.delete("a"), cache.delete("a"), cache.get("a", "gone")) == (True, False, "gone")
    with pytest.raises(ValueError, match="no 'nothing' to count on"):
        cache.incr("nothing")


def test_what_is_over_counts_as_gone_and_is_forgotten_by_a_sweep(cache):
    from stemnet.tasks import forget_counts

    cache.set("a", 1, timeout=0)
    cache.set("b", 1, timeout=None)
    assert (cache.get("a"), cache.add("a", 2, timeout=0)) == (None, True)
    forget_counts()
    assert CacheEntry.objects.count() == 1


def test_once_redis_answers_again_it_is_asked_again(settings, monkeypatch):
    monkeypatch.setattr(shared_cache, "LOOK_AGAIN_SECONDS", 0.01)
    reach, answers = shared_cache.Reach(), iter([ConnectionError, None])

    def ask():
        if error := next(answers):
            raise error

    reach.lose(ask)
    reach._looking.join(timeout=5)
    assert reach.is_lost is False


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_no_more_than_the_limit_pass(settings):
    with AWAY["stopped"]() as port:
        use(settings, port)
        passed = at_once([lambda: within_limit(what="a", client="b", most=5, seconds=3600, at=NOW)] * 24)
    assert passed.count(True) == 5
