"""When Python looks for what only holds itself: not while rows are made that stay, soon after a part."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_collected() -> Iterator[None]:
    """Look for no garbage meanwhile; what nobody holds any more still goes at once, unless it is a circle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def collected_after() -> Iterator[None]:
    """Look for no garbage meanwhile, and then for what was made meanwhile alone, which is soon done.

    For work in parts whose rows hold each other in a circle: otherwise several parts are garbage before
    Python looks for any, so that memory grows with their number. Never around a `yield`: nothing is looked
    for until whoever reads comes back.
    """
    with nothing_collected():
        try:
            yield
        finally:
            gc.collect(0)
