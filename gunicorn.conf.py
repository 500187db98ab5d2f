"""The web process: threads, and Celery inside it where there is no REDIS_URL."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
worker_class = "gthread"
embedded = not os.environ.get("REDIS_URL")
workers = 1 if embedded else int(os.environ.get("WEB_WORKERS", "2"))
# Several processes share what was loaded once before them; edited code must be loaded anew by each.
preload_app = not embedded and "--reload" not in sys.argv
threads = int(os.environ.get("WEB_THREADS", "8"))
control_socket_disable = True
# Longer than proxies keep an idle connection (nginx and load balancers 60 s, Caddy 120 s), so that they hang
# up first: a request sent just as we hang up is lost, which its visitor sees as a reset or a 502.
keepalive = 130
graceful_timeout = 25
timeout = 60
accesslog = None
errorlog = "-"
loglevel = "warning"
wsgi_app = "stemnet.wsgi:application"
# What --reload watches beside the modules.
reload_extra_files = [str(path) for path in Path(__file__).parent.glob("templates/**/*.*")]

_embedded: list[Any] = []


def when_ready(server: Any) -> None:
    """Load all pages where processes will share them, and say where the portal is, once it listens."""
    if preload_app:
        load_pages()
    if greeting := os.environ.get("STEMNET_GREETING"):
        sys.stdout.write(f"{greeting}\n")
        sys.stdout.flush()


def load_pages() -> None:
    """Load what the first page would, and leave it to where it lies, so that no process copies it."""
    from stemnet.first_page import load_first_page

    load_first_page()
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Start the worker and the clock inside this process."""
    if embedded:
        from stemnet.celery import EmbeddedWorker

        inside = EmbeddedWorker()
        inside.start()
        _embedded.append(inside)


def worker_exit(server: Any, worker: Any) -> None:
    """End them before the process ends."""
    for inside in _embedded:
        inside.stop()
