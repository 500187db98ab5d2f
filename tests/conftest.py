"""What every test shares: files are kept in memory, and races run where there are row locks."""

import os

import pytest
from django.conf import settings as portal


def pytest_configure():
    """Give each of several workers a Redis database of its own, which a test may empty."""
    worker, cache = os.environ.get("PYTEST_XDIST_WORKER", ""), portal.CACHES["default"]
    server, _slash, number = cache.get("LOCATION", "").rpartition("/")
    if worker and server.startswith("redis://"):
        cache["LOCATION"] = f"{server}/{(int(number) - 1 - int(worker.removeprefix('gw'))) % 16}"


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


def pytest_collection_modifyitems(config, items):
    """Leave out what needs PostgreSQL when the tests run on another database."""
    if portal.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return
    left_out = [item for item in items if item.get_closest_marker("postgres")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]
