"""``make run``: what it says where it cannot run, and that it leaves no process."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections import namedtuple

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from stemnet.management.commands import serve
from tests.factories import a_user
from tests.stemnet.processes import (
    ROOT,
    CountingServer,
    alive,
    environment,
    free_port,
    kill,
    migrate,
    queue_letters,
    start,
    wait_for,
)

Usage = namedtuple("Usage", "total used free")


def test_a_taken_port_is_one_sentence():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CommandError, match=r"^Port \d+ is taken. Choose another: PORT=\d+ make run$"):
            serve.port_of(str(taken.getsockname()[1]))


@pytest.mark.parametrize("text", ["", "abc", "0", "65536", "-1", "8000.5"])
def test_a_port_that_is_none_is_one_sentence(text):
    with pytest.raises(CommandError, match="PORT must be a number from 1 to 65535"):
        serve.port_of(text)


def test_a_full_disk_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.setattr(serve.shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9, 10**6))
    with pytest.raises(CommandError, match="The disk is full: 50 MB are needed"):
        serve.refuse_full_disk(tmp_path)


def test_a_disk_that_fills_up_while_starting_is_the_same_sentence():
    assert "The disk is full" in str(serve.in_the_way(OperationalError("database or disk is full")))
    assert "The disk is full" in str(serve.in_the_way(OSError(28, "No space left on device")))


def test_a_database_that_does_not_answer_is_one_sentence():
    refused = serve.in_the_way(OperationalError("connection refused\n\tIs it running?"))
    assert str(refused) == "The data cannot be read or written: connection refused."


@pytest.mark.once
def test_data_that_cannot_be_opened_are_one_sentence(tmp_path):
    (tmp_path / "stemnet.sqlite3").mkdir()
    command = [sys.executable, "manage.py", "serve"]
    env = environment(tmp_path, PORT=str(free_port()))
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    sentence = "CommandError: The data cannot be read or written: unable to open database file.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_an_old_python_is_one_sentence():
    code = "import sys; sys.version_info = (3, 8, 18); exec(open('.ci/prepare').read())"
    done = subprocess.run(
        [sys.executable, "-c", code, "requirements.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "stemnet: Python 3.11 or newer is needed, and this is 3.8.\n"


@pytest.mark.django_db
def test_greeting_names_the_address_and_the_sign_ins_that_there_are(settings):
    settings.DEBUG = True
    settings.SITE_URL = "http://localhost:8123"
    for name in ("coordinator", "partner", "somebody"):
        a_user(address=f"{name}@example.org")
    words = serve.greeting()
    assert "http://localhost:8123" in words
    assert "Sign in as coordinator@example.org, partner@example.org; the password is network-demo" in words


@pytest.mark.django_db
def test_a_database_holds_data_once_somebody_can_sign_in():
    before = serve.holds_data()
    a_user()
    assert (before, serve.holds_data()) == (False, True)


def test_commits_are_checked_by_the_steps_of_make_check():
    steps = re.search(r"^STEPS = (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()
    assert re.findall(r"entry: make (\w+)", (ROOT / ".pre-commit-config.yaml").read_text()) == steps


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_package_is_pinned_with_hashes_and_no_address(name):
    text = (ROOT / name).read_text().replace(" \\\n", "")
    pin = r"[\w.-]+==[\w.]+(?: ; [\w.<>!=' ]+)?(?:    --hash=sha256:[0-9a-f]{64})+"
    assert [line for line in text.splitlines() if not re.fullmatch(pin, line)] == []


def make_run(env):
    """Start ``make run`` with the packages that are here."""
    port = str(free_port())
    command = ["make", "run", f"PORT={port}", f"VENV={sys.prefix}", f"PYTHON={sys.executable}"]
    process = start(command, env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return process, f"http://localhost:{port}"


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_make_run_ends_with_every_process_in_the_middle_of_a_task(tmp_path, end):
    with CountingServer(delay=1.5) as server:
        env = environment(tmp_path, EMAIL_URL=server.url)
        migrate(env)
        queue_letters(20, env)
        process, address = make_run(env)
        try:
            lines = iter(process.stdout.readline, "")
            assert any(address in line for line in lines)
            assert server.begun.wait(timeout=60)
            with urllib.request.urlopen(f"{address}/ready/", timeout=20) as response:
                assert response.status == 200
            if end == signal.SIGINT:
                os.killpg(process.pid, end)
            else:
                os.kill(process.pid, end)
            assert wait_for(lambda: not alive(process.pid), seconds=30)
            assert sum(server.accepted.values()) < 20
        finally:
            kill(process)
            process.stdout.close()
            server.shutdown()


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_make_run_ends_with_every_process_while_it_makes_the_tables(tmp_path, end):
    process, _address = make_run(environment(tmp_path))
    try:
        assert wait_for((tmp_path / "stemnet.sqlite3").exists, seconds=60)
        (os.killpg if end == signal.SIGINT else os.kill)(process.pid, end)
        assert wait_for(lambda: not alive(process.pid), seconds=30)
        assert "Traceback" not in process.stdout.read()
    finally:
        kill(process)
        process.stdout.close()
