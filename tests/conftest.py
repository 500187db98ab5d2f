"""What every test shares: files are kept in memory."""

import pytest


@pytest.fixture(autouse=True)
def files_in_memory(settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}
