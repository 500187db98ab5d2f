"""Does one thing in the portal of any commit, and prints what it took as JSON.

cd TREE && DEBUG=1 DATABASE_URL=… TREE/.venv/bin/python …/bench/jobs.py mail 2000
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path[0] = str(Path.cwd())
os.environ["DJANGO_SETTINGS_MODULE"] = "stemnet.settings"

import django  # noqa: E402 - the tree must come first on the path

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from stemnet.models import Mail  # noqa: E402


def found(*names: str) -> Any:
    """Return the first of these modules that the tree has.

    Raises ImportError where it has none.
    """
    for name in names:
        try:
            return import_module(name)
        except ModuleNotFoundError:
            continue
    raise ImportError(f"The tree has none of {', '.join(names)}.")


def mail(number: str = "0") -> Callable[[], int]:
    """Put so many letters into the outbox, and return what sends them."""
    now, host = timezone.now(), "bench.example.org"
    common = {"subject": "A bench letter", "text": "Hello.\n" * 40, "html": "<p>Hello.</p>" * 40}
    Mail.objects.filter(state="queued").update(state="cancelled")
    begun = time.time_ns()
    Mail.objects.bulk_create(
        [
            Mail(
                key=f"bench/{begun}/{n}",
                address=f"person{n}@example.org",
                message_id=f"<{begun}.{n}@{host}>",
                due_at=now,
                created_at=now,
                **common,
            )
            for n in range(int(number))
        ],
        batch_size=500,
    )
    delivery = found("stemnet.outbox.delivery", "stemnet.domain.delivery")
    return lambda: int(delivery.deliver(at=timezone.now()))


def duplicates() -> Callable[[], int]:
    """Return what looks for likely duplicates among people."""
    looking = found("partners.merging.domain.duplicates", "partners.domain.duplicates")
    return lambda: len(list(looking.people()))


def main(act: str, *values: str) -> None:
    """Prepare, do it, and print what it took."""
    do = {"mail": mail, "duplicates": duplicates}[act](*values)
    connection.ensure_connection()
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock, work = time.perf_counter(), time.process_time()
    done = do()
    took = {
        "seconds": time.perf_counter() - clock,
        "work": time.process_time() - work,
        "done": done,
        "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) / 1024,
    }
    sys.stdout.write(json.dumps(took) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
