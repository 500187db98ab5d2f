"""The way from a row of the admin to a page of the portal that an upper app has."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def page(name: str, *args: Any) -> str:
    """Return the address of a page, or nothing where no app has it."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
