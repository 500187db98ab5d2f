"""Pictures that people upload, written anew: what makes the picture stays, and all else goes.

Where it was taken, who made it, comments and whatever hangs at its end are left out, and a file that only
begins like a picture is refused (PNG: W3C PNG 5.3; JPEG: ITU-T T.81 B; WebP: RFC 9649).
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.people.exceptions import LogoRefused

MOST_PIXELS = 4000  # on each side
PNG, JPEG, RIFF, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"WEBP"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs", b"IDAT", b"IEND"}
JPEG_KEPT = {0xDB, 0xC4, 0xDD, 0xE0, 0xEE}  # tables, restarts, JFIF and how colors are stored
JPEG_FRAMES = {0xC0, 0xC1, 0xC2}
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
MOVES, ALPHA = 0x02, 0x10
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
BROKEN = "not what the format says"
Size = tuple[int, int]


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: its media type, its size in pixels, and its bytes."""

    kind: str
    size: Size
    content: bytes


def kind_of(begin: bytes) -> str:
    """Return the media type of a picture by its first 12 bytes; nothing for what no page may show."""
    if begin.startswith(PNG):
        return "image/png"
    if begin.startswith(JPEG):
        return "image/jpeg"
    return "image/webp" if begin[:4] == RIFF and begin[8:12] == WEBP else ""


def clean_picture(content: bytes) -> Picture:
    """Return a picture without all that is no part of it. Raises LogoRefused for what is none."""
    kind = kind_of(content[:12])
    if not kind:
        raise LogoRefused(sentence=_("This file isn't a PNG, JPEG or WebP picture."))
    write = {"image/png": _png, "image/jpeg": _jpeg, "image/webp": _webp}[kind]
    try:
        size, clean = write(content)
    except (ValueError, struct.error, IndexError) as damaged:
        raise LogoRefused(
            sentence=_("This picture is damaged. Save it again in a picture program, and try once more.")
        ) from damaged
    if not all(0 < side <= MOST_PIXELS for side in size):
        most = {"most": f"{MOST_PIXELS:,}"}
        raise LogoRefused(sentence=_("This picture is wider or higher than %(most)s pixels.") % most)
    return Picture(kind, size, clean)


def _png(content: bytes) -> tuple[Size, bytes]:
    kept, size, names = [PNG], (0, 0), []
    for name, data in _png_chunks(content):
        names.append(name)
        if name == b"IHDR":
            size = struct.unpack(">II", data[:8])
        if name in PNG_KEPT:
            kept.append(
                struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            )
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise ValueError(BROKEN)
    return size, b"".join(kept)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and data of each chunk up to the last."""
    at = len(PNG)
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", content[at + 8 + length : at + 12 + length])
        if check != zlib.crc32(name + data):
            raise ValueError(BROKEN)
        yield name, data
        if name == b"IEND":
            return
        at += 12 + length


def _jpeg(content: bytes) -> tuple[Size, bytes]:
    kept, size, at, scans = [b"\xff\xd8"], (0, 0), 2, 0
    while True:
        if content[at] != 0xFF:
            raise ValueError(BROKEN)
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == END_OF_IMAGE:
            break
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        end = at + 2 + length
        if marker in JPEG_FRAMES:
            high, wide = struct.unpack(">HH", content[at + 5 : at + 9])
            size = wide, high
        if marker == START_OF_SCAN:
            end, scans = _end_of_scan(content, end), scans + 1
        if marker in JPEG_KEPT | JPEG_FRAMES | {START_OF_SCAN}:
            kept.append(content[at:end])
        at = end
    if not scans:
        raise ValueError(BROKEN)
    return size, b"".join([*kept, b"\xff\xd9"])


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the next marker stands that is no part of the scan."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise ValueError(BROKEN)
        following = content[at + 1]
        if following not in (0x00, 0xFF) and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2


def _webp(content: bytes) -> tuple[Size, bytes]:
    (length,) = struct.unpack("<I", content[4:8])
    if length + 8 > len(content):
        raise ValueError(BROKEN)
    kept, size, at, pictures = [], (0, 0), 12, 0
    while at + 8 <= length + 8:
        name = content[at : at + 4]
        (long,) = struct.unpack("<I", content[at + 4 : at + 8])
        data = content[at + 8 : at + 8 + long]
        if len(data) != long:
            raise ValueError(BROKEN)
        if name == b"VP8X":
            data = _without_extras(data)
        if name in (b"VP8 ", b"VP8L"):
            size, pictures = _webp_size(name, data), pictures + 1
        if name in WEBP_KEPT:
            kept.append(name + struct.pack("<I", long) + data + b"\x00" * (long % 2))
        at += 8 + long + long % 2
    if pictures != 1:
        raise ValueError(BROKEN)
    body = WEBP + b"".join(kept)
    return size, RIFF + struct.pack("<I", len(body)) + body


def _without_extras(data: bytes) -> bytes:
    """Return the head of an extended file that has nothing but, at most, what shines through."""
    if data[0] & MOVES:
        raise ValueError(BROKEN)
    return bytes([data[0] & ALPHA]) + data[1:]


def _webp_size(name: bytes, data: bytes) -> Size:
    if name == b"VP8 ":
        if data[3:6] != b"\x9d\x01\x2a":
            raise ValueError(BROKEN)
        wide, high = struct.unpack("<HH", data[6:10])
        return wide & 0x3FFF, high & 0x3FFF
    if data[0] != 0x2F:
        raise ValueError(BROKEN)
    (bits,) = struct.unpack("<I", data[1:5])
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
