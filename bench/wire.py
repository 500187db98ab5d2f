"""What a program tells PostgreSQL, counted between the two: the same way whoever speaks, without touching it.

It is a process of its own that hands every byte on and reads the messages of the protocol
(https://www.postgresql.org/docs/15/protocol-message-formats.html). A statement is what is asked or written;
the beginning and the end of transactions and savepoints, settings, and the `SELECT 1` by which Django looks
whether a connection lives are counted apart. It also knows how long a row was locked: from the answer to the
statement that locks it to the answer to the end of the transaction, as the program sees it.
"""

import asyncio
import re
import struct
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any
from urllib.parse import urlsplit

WORDS = r"BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|SET|SHOW|START|SELECT 1\s*$|SELECT set_config"
APART = re.compile(rf"\s*({WORDS})", re.IGNORECASE)
END = re.compile(r"\s*(COMMIT|ROLLBACK\s*$)", re.IGNORECASE)
LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+\b")
REPEATED = re.compile(r"\(\?(?:, \?)+\)")
SSL_REQUEST, GSS_REQUEST = 80877103, 80877104


def shape_of(statement: str) -> str:
    """Return a statement without its values, so that equal ones are counted together."""
    return REPEATED.sub("(?, ...)", LITERAL.sub("?", " ".join(statement.split())))[:300]


@dataclass
class Told:
    """What passed since it was last asked for."""

    statements: int = 0
    apart: int = 0
    locks: int = 0
    longest_lock: float = 0.0
    shapes: Counter[str] = field(default_factory=Counter)


class Conversation:
    """One connection: what the program asked, and whether it holds the row."""

    def __init__(self, wire: "Wire") -> None:
        self.wire, self.buffer, self.started = wire, b"", False
        self.text, self.locked_at = "", 0.0
        self.waits_for = ""

    def asked(self, data: bytes) -> None:
        """Read the messages of the program, of which the last may be a part."""
        self.buffer += data
        while True:
            head = 1 if self.started else 0
            if len(self.buffer) < head + 4:
                return
            length = head + struct.unpack_from("!i", self.buffer, head)[0]
            if len(self.buffer) < length:
                return
            kind, body = self.buffer[:head], self.buffer[head + 4 : length]
            self.buffer, self.started = self.buffer[length:], True
            if kind == b"Q":
                self._statement(body.rstrip(b"\0").decode(errors="replace"))
            elif kind == b"P":  # parse: name, text
                self.text = body.split(b"\0")[1].decode(errors="replace")
            elif kind == b"E":  # execute what was parsed
                self._statement(self.text)

    def _statement(self, text: str) -> None:
        told = self.wire.told
        if APART.match(text):
            told.apart += 1
            self.waits_for = "end" if END.match(text) else self.waits_for
            return
        told.statements += 1
        told.shapes[shape_of(text)] += 1
        if self.wire.lock.search(text) and not self.locked_at:
            self.waits_for = "lock"

    def answered(self) -> None:
        """Note the first bytes of an answer that a lock or its end waits for."""
        now = time.monotonic()
        if self.waits_for == "lock":
            self.locked_at = now
        elif self.waits_for == "end" and self.locked_at:
            self.wire.told.locks += 1
            self.wire.told.longest_lock = max(self.wire.told.longest_lock, now - self.locked_at)
            self.locked_at = 0.0
        self.waits_for = ""


class Wire:
    """Listens on a port and hands on to PostgreSQL; runs inside its process."""

    def __init__(self, host: str, port: int, lock: str) -> None:
        self.target, self.lock, self.told = (host, port), re.compile(lock, re.DOTALL), Told()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Hand on both ways until one hangs up."""
        first = await reader.readexactly(8)
        while struct.unpack("!ii", first)[1] in (SSL_REQUEST, GSS_REQUEST):
            writer.write(b"N")
            first = await reader.readexactly(8)
        back, there = await asyncio.open_connection(*self.target)
        conversation = Conversation(self)
        conversation.asked(first)
        there.write(first)
        await asyncio.gather(
            self._hand_on(reader, there, conversation.asked),
            self._hand_on(back, writer, lambda _data: conversation.answered()),
        )

    async def _hand_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, look: Any) -> None:
        try:
            while data := await reader.read(65_536):
                look(data)
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()


async def _serve(pipe: Any, host: str, port: int, lock: str) -> None:
    wire = Wire(host, port, lock)
    server = await asyncio.start_server(wire.connected, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    while await asyncio.to_thread(pipe.recv):
        pipe.send(wire.told)
        wire.told = Told()


def _run(pipe: Any, host: str, port: int, lock: str) -> None:
    try:
        asyncio.run(_serve(pipe, host, port, lock))
    except (EOFError, KeyboardInterrupt):
        return


class Tap:
    """The wire as the bench sees it: an address for the program, and what it told."""

    def __init__(self, url: str, *, lock: str) -> None:
        parts = urlsplit(url)
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        arguments = (theirs, parts.hostname or "127.0.0.1", parts.port or 5432, lock)
        self.process = context.Process(target=_run, args=arguments, daemon=True)
        self.process.start()
        name = f"{parts.username or 'postgres'}:{parts.password or ''}@127.0.0.1:{self.pipe.recv()}"
        self.url = parts._replace(netloc=name).geturl()

    def take(self) -> Told:
        """Return what was told since the last time."""
        self.pipe.send(True)
        told: Told = self.pipe.recv()
        return told

    def close(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.join()
