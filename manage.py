#!/usr/bin/env python
"""The command line of the portal."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stemnet.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        bool(settings.DEBUG)  # reads all settings now, so that a missing one is one sentence
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"stemnet: {error}")
