"""Refusing what is too large before it is read."""

from django.http import HttpRequest


def says_more_than(request: HttpRequest, most: int) -> bool:
    """Return whether a request says that it has more than ``most`` bytes; asked before any is read."""
    length = request.headers.get("Content-Length", "")
    return length.isdecimal() and int(length) > most
