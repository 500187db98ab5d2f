"""What tests of registrations share."""

import pytest


@pytest.fixture
def private_files(settings, tmp_path):
    """Keep the files that a test stores in a folder of its own."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path
