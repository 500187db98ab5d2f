"""A missing or careless setting stops the start with its name."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once
GOOD = {
    "SECRET_KEY": "u8#kq2!zv5Lw9@xm3Rt7&yb1Np4^cj6Hd0Gf$sa-EiOuPlKjHgFdSa",
    "ALLOWED_HOSTS": "stem.example.org",
    "SITE_URL": "https://stem.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}


def start(tmp_path, **changes):
    """Run ``manage.py check`` outside DEBUG in an environment of its own; return code and last words."""
    environment = {"PATH": os.environ["PATH"], "STEMNET_DATA": str(tmp_path), **GOOD, **changes}
    command = [sys.executable, "-W", "error::UserWarning", "manage.py", "check"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr.strip().splitlines()[-1] if done.returncode else ""


def test_a_good_environment_starts(tmp_path):
    assert start(tmp_path) == (0, "")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", ""),
        ("SITE_URL", "http://stem.example.org"),
        ("SITE_URL", "https://elsewhere.example.org"),
        ("EMAIL_URL", ""),
        ("EMAIL_URL", "consolemail://"),
        ("EMAIL_URL", "carrier-pigeon://secret"),
        ("DATABASE_URL", "nosuch://secret:secret@localhost/x"),
        ("REDIS_URL", "redis://localhost:6379/0"),
        ("TRUSTED_PROXY_COUNT", "some"),
        ("STEMNET_DATA", "/dev/null/here"),
    ],
)
def test_a_missing_or_careless_setting_stops_the_start_with_its_name(tmp_path, name, value):
    code, words = start(tmp_path, **{name: value})
    assert code == 1
    assert name in words
    assert "secret" not in words


def test_reading_the_settings_makes_no_folder(tmp_path):
    environment = {"PATH": os.environ["PATH"], **GOOD, "STEMNET_DATA": str(tmp_path / "data")}
    subprocess.run([sys.executable, "-c", "import stemnet.settings"], env=environment, check=True)
    assert not (tmp_path / "data").exists()


def test_a_mail_server_with_a_password_and_encryption_is_read(tmp_path):
    names = "EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD"
    code = f"from stemnet.settings import *; print({names})"
    environment = {"PATH": os.environ["PATH"], **GOOD, "STEMNET_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    backend, *rest = done.stdout.split()
    assert backend == "stemnet.outbox.smtp.EmailBackend"
    assert rest == ["mail.example.org", "587", "True", "user", "password"]


@pytest.mark.parametrize(("said", "subdomains"), [({}, False), ({"HSTS_SUBDOMAINS": "1"}, True)])
def test_only_who_has_every_name_below_asks_for_https_on_them(tmp_path, said, subdomains):
    names = "SECURE_HSTS_SECONDS, SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD"
    code = f"from stemnet.settings import *; print({names})"
    environment = {"PATH": os.environ["PATH"], **GOOD, "STEMNET_DATA": str(tmp_path), **said}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["31536000", str(subdomains), str(subdomains)]


ACCOUNT = """
from partners.models import User
User.objects.create_user("coordinator@example.org", "network-demo")
"""


def test_the_web_process_does_not_run_on_a_database_with_the_accounts_of_the_demo(tmp_path):
    environment = {"PATH": os.environ["PATH"], **GOOD, "STEMNET_DATA": str(tmp_path)}
    run = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(run, env=environment, check=True)
    serve = [sys.executable, "-c", "import stemnet.wsgi"]
    assert subprocess.run(serve, env=environment, check=False).returncode == 0
    subprocess.run([sys.executable, "manage.py", "shell", "-c", ACCOUNT], env=environment, check=True)
    done = subprocess.run(serve, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "DATABASE_URL names a database with the accounts of the demo, such as coordinator@" in done.stderr


def test_a_bucket_takes_the_place_of_the_folder_of_files(tmp_path):
    code = "from stemnet.settings import STORAGES; print(STORAGES['default'])"
    environment = {"PATH": os.environ["PATH"], **GOOD, "STEMNET_DATA": str(tmp_path)}
    environment |= {
        "FILES_BUCKET": "stem",
        "FILES_ENDPOINT": "https://s3.example.org",
        "FILES_ACCESS_KEY": "k",
    }
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True
    )
    assert "stemnet.object_files.ObjectFiles" in done.stdout
    assert "'bucket_name': 'stem', 'endpoint_url': 'https://s3.example.org'" in done.stdout


def test_a_bucket_without_its_packages_stops_the_start_with_its_name(tmp_path):
    code = "import sys; sys.modules['storages'] = None; import stemnet.settings"
    environment = {"PATH": os.environ["PATH"], **GOOD, "STEMNET_DATA": str(tmp_path), "FILES_BUCKET": "stem"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=False, capture_output=True, text=True
    )
    assert "FILES_BUCKET is set, but requirements-s3.txt is not installed." in done.stderr
