"""Real processes for tests: an SMTP server that counts, and the portal in an environment of its own."""

import os
import re
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class CountingServer(socketserver.ThreadingTCPServer):
    """An SMTP server that counts what it accepted, by Message-ID, each after ``delay`` seconds."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, *, delay=0.0):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.delay = delay
        self.accepted = Counter()
        self.begun = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """Bear clients that are killed."""


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self):
        self.say("220 ready")
        while line := self.rfile.readline():
            verb = line.split(maxsplit=1)[0].upper() if line.strip() else b""
            if verb == b"DATA":
                self.say("354 go on")
                self.accept(self.read_letter())
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 well")

    def read_letter(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines).decode()

    def accept(self, letter):
        self.server.begun.set()
        time.sleep(self.server.delay)
        self.server.accepted[re.search(r"^Message-ID: (\S+)", letter, re.M | re.I)[1]] += 1
        self.say("250 accepted")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


def environment(folder, **changes):
    """Return an environment of the demo's kind with its data in ``folder``."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "DEBUG": "1", "STEMNET_DATA": str(folder), "PYTHONPATH": str(ROOT), **changes}


def start(command, env, **options):
    """Start a process in a group of its own."""
    return subprocess.Popen(command, cwd=ROOT, env=env, start_new_session=True, **options)


def kill(process):
    """End a process and all that it started, at once."""
    if alive(process.pid):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=20)


def alive(group):
    """Return whether anything of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return any(_group(path) == group for path in Path("/proc").glob("[0-9]*/stat"))


def _group(stat):
    """Return the group of a living process; 0 where it is a zombie or gone."""
    try:
        state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
    except OSError:
        return 0
    return 0 if state == "Z" else int(group)


def python(code, env):
    """Run ``code`` with the portal set up and return what it prints."""
    setup = "import django; django.setup()\n"
    command = [sys.executable, "-c", setup + code]
    env = {**env, "DJANGO_SETTINGS_MODULE": "stemnet.settings"}
    return subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True).stdout


def migrate(env):
    """Make the tables."""
    command = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True)


def queue_letters(count, env):
    """Put so many letters into the outbox and wake nobody."""
    python(
        f"""
from django.utils import timezone
from stemnet.outbox.queueing import message_id
from stemnet.models import Mail
now = timezone.now()
Mail.objects.bulk_create(
    Mail(key=f"letter:{{n}}", template="x", address=f"p{{n}}@example.org", subject="Hello", text="Hello",
         message_id=message_id(f"letter:{{n}}"), created_at=now, due_at=now)
    for n in range({count})
)
""",
        env,
    )


def states(env):
    """Return how many letters are in which state, and the Message-IDs in doubt."""
    code = """
import json
from collections import Counter
from stemnet.models import Mail
rows = list(Mail.objects.values_list("state", "message_id"))
print(json.dumps([Counter(state for state, _ in rows), [m for state, m in rows if state == "in_doubt"]]))
"""
    return python(code, env)


def wait_for(condition, *, seconds):
    """Wait until ``condition()`` and return whether it came true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def free_port():
    """Return a port that nobody listens on."""
    with socketserver.TCPServer(("127.0.0.1", 0), None) as server:
        return server.server_address[1]
