"""What the tests of partners share."""

import pytest
from django.utils import timezone

from partners.models import Signature
from tests.partners.signing_rows import a_circulated_mou, an_accepted_part, locked


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


@pytest.fixture
def signature(files):
    """A request to sign, mailed just now."""
    mou = a_circulated_mou()
    an_accepted_part(mou)
    locked(mou, at=timezone.now())
    return Signature.objects.get()
