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
        data = settings.STEMNET_DATA  # reads all settings, so that a missing one is one sentence
        data.mkdir(parents=True, exist_ok=True)
    except ImproperlyConfigured as error:
        sys.exit(f"stemnet: {error}")
    except OSError as error:
        sys.exit(f"stemnet: STEMNET_DATA: {data} cannot be made: {error.strerror}.")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"stemnet: {error}")
