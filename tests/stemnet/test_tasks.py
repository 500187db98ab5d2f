"""What the clock runs, and what is sent by name."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from stemnet import tasks
from stemnet.celery import app
from stemnet.models import Mail, MailState, Sweep
from tests.stemnet.letters import a_letter

APPS = ("stemnet", "partners", "meetings", "registrations")
SENT = re.compile(r"""(?:send_task|wake)\(\s*["']([\w.]+)["']""")


def names_sent():
    """Return every name of a task that the source sends."""
    sources = [path.read_text() for name in APPS for path in (settings.BASE_DIR / name).rglob("*.py")]
    return {name for source in sources for name in SENT.findall(source)}


def test_every_task_that_is_sent_or_scheduled_is_registered():
    app.loader.import_default_modules()
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert (names_sent() | scheduled) - set(app.tasks) == set()
    assert "stemnet.deliver" in names_sent()


def test_no_task_is_sent_for_later():
    sources = [path for name in APPS for path in Path(settings.BASE_DIR / name).rglob("*.py")]
    assert [path for path in sources if re.search(r"countdown=|\beta=", path.read_text())] == []


@pytest.mark.django_db
def test_sweep_mail_sends_and_tells_that_the_clock_runs():
    a_letter(at=timezone.now())
    tasks.sweep_mail()
    assert Mail.objects.get().state == MailState.SENT
    assert timezone.now() - Sweep.objects.last_at() < timedelta(seconds=9)
