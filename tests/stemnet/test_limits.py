"""How often one client may ask for the same thing."""

from datetime import timedelta

from stemnet.limits import IN_THIS_PROCESS, within_limit
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


def test_without_the_cache_it_is_counted_all_the_same(settings):
    IN_THIS_PROCESS.clear()
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    assert [tried(client="c"), tried(client="c"), tried(client="c")] == [True, True, False]
