"""What the tests of partners share."""

import pytest


@pytest.fixture
def files(settings, tmp_path):
    """Keep stored files in a folder of the test's own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path
