"""The web process's way in."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
application = get_wsgi_application()

if not settings.DEBUG and not settings.TESTING:
    from stemnet.checks import refuse_demo_accounts

    refuse_demo_accounts()
