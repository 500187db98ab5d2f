"""The stories that `manage.py demo` tells, built through the same domain functions as real life."""
