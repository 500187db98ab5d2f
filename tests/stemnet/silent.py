"""Servers that nobody would want: one that takes connections and says nothing, and none at all."""

import socket
from contextlib import contextmanager

from tests.stemnet.processes import free_port


@contextmanager
def silent_server():
    """Listen, and never answer; give the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        yield listener.getsockname()[1]


@contextmanager
def no_server():
    """Give a port that nobody listens on."""
    yield free_port()


AWAY = {"stopped": no_server, "silent": silent_server}
