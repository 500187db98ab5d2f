"""A line that can be cut between a browser and the portal, and a camera that sees one QR code."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

import segno

WIDTH, HEIGHT, FRAMES = 640, 480, 4


class Line:
    """A port of its own in front of the portal at ``port``; while it is cut, nobody answers there."""

    def __init__(self, port: int) -> None:
        self.behind, self.is_cut, self.loses_answers, self.open = port, False, False, []
        self.gate = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://localhost:{self.gate.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Let nothing through any more, not even what is on its way."""
        self.is_cut = True
        for one in self.open:
            end(one)
        self.open = []

    def mend(self, *, loses_answers: bool = False) -> None:
        """Let everything through again; or only what goes to the portal, which the browser never hears of."""
        self.is_cut, self.loses_answers = False, loses_answers

    def close(self) -> None:
        self.cut()
        self.gate.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self.gate.accept()
            except OSError:
                return
            if self.is_cut:
                end(near)
                continue
            far = socket.create_connection(("127.0.0.1", self.behind))
            self.open += [near, far]
            for one, other, is_answer in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._carry, args=(one, other, is_answer), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, is_answer: bool) -> None:
        try:
            while (some := one.recv(65536)) and not (is_answer and self.loses_answers):
                other.sendall(some)
        except OSError:
            pass
        finally:
            end(one)
            end(other)


def end(one: socket.socket) -> None:
    """Close a connection for good, also while a thread waits for what comes from it."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


def film_of(words: str, path: Path) -> Path:
    """Write a film in which a QR code of ``words`` is held up, as Chromium takes it for a camera."""
    code = [
        bytearray(row) for row in segno.make(words, error="m", micro=False).matrix_iter(scale=6, border=4)
    ]
    rows = [bytes(20 if dark else 235 for dark in row) for row in code]
    left, top = (WIDTH - len(rows[0])) // 2, (HEIGHT - len(rows)) // 2
    blank = bytes([235]) * WIDTH
    picture = [blank] * top + [blank[:left] + row + blank[: WIDTH - left - len(row)] for row in rows]
    picture += [blank] * (HEIGHT - len(picture))
    frame = b"FRAME\n" + b"".join(picture) + bytes([128]) * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F5:1 Ip A1:1 C420jpeg\n".encode() + frame * FRAMES)
    return path
