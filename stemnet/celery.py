"""The Celery app: workers on Redis, or two threads inside the web process."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
app = Celery("stemnet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
