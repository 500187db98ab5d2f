"""The pinned rules of time zones decide, however the portal is started."""

import os
import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import tzdata

from stemnet.zone_data import zone_data_version

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import datetime, zoneinfo
nine = datetime.datetime(2027, 1, 15, 9, tzinfo=zoneinfo.ZoneInfo("America/Vancouver"))
print(zoneinfo.TZPATH, nine.utcoffset())
"""
DECIDED = "() -1 day, 17:00:00\n"


def test_the_tests_use_the_pinned_rules():
    assert zoneinfo.TZPATH == ()
    nine = datetime(2027, 1, 15, 9, tzinfo=ZoneInfo("America/Vancouver"))
    assert nine.astimezone(UTC) == datetime(2027, 1, 15, 16, tzinfo=UTC)


def test_the_version_is_that_of_the_pinned_package():
    pinned = (ROOT / "requirements.txt").read_text().split("tzdata==")[1].split()[0]
    year, _dot, number = pinned.partition(".")
    assert zone_data_version() == tzdata.IANA_VERSION == f"{year}{chr(ord('a') + int(number) - 1)}"


@pytest.mark.once
@pytest.mark.parametrize(
    "way",
    [
        ["-c", "import stemnet.settings" + ASK],
        ["-c", "import stemnet.wsgi" + ASK],
        ["-c", "import stemnet.celery" + ASK],
        ["manage.py", "shell", "--no-imports", "-c", ASK],
    ],
)
def test_every_way_to_start_uses_the_pinned_rules(way, tmp_path):
    environment = {
        **os.environ,
        "DEBUG": "1",
        "STEMNET_DATA": str(tmp_path),
        "PYTHONTZPATH": "/usr/share/zoneinfo",
    }
    done = subprocess.run([sys.executable, *way], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (done.stdout[-len(DECIDED) :], done.returncode) == (DECIDED, 0), done.stderr
