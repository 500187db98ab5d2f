"""What tests of registrations share."""

import pytest
from django.core.cache import cache


@pytest.fixture
def private_files(settings, tmp_path):
    """Keep the files that a test stores in a folder of its own, and forget who tried what how often."""
    cache.clear()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path
