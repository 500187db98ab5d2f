"""Pictures that people upload: what makes the picture stays, and everything else goes or is refused."""

import struct
import zlib

import pytest

from partners.people.exceptions import LogoRefused
from partners.people.imports import clean_picture
from tests.partners.pictures import JPEG, LOSSLESS, PNG, WEBP

PICTURES = {"image/png": PNG, "image/jpeg": JPEG, "image/webp": WEBP}
SCRIPT = b"<script>alert(1)</script>"


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def riff(*chunks):
    body = b"WEBP" + b"".join(name + struct.pack("<I", len(data)) + data for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_stays_what_it_is(kind):
    found = clean_picture(PICTURES[kind])
    assert (found.kind, found.size) == (kind, (8, 6))
    assert clean_picture(found.content) == found


def test_lossless_webp_says_its_size_too():
    assert clean_picture(LOSSLESS).size == (8, 6)


@pytest.mark.parametrize("kind", PICTURES)
def test_what_hangs_at_the_end_goes(kind):
    assert SCRIPT not in clean_picture(PICTURES[kind] + SCRIPT).content


@pytest.mark.parametrize(
    "content",
    [
        PNG[:33] + chunk(b"tEXt", b"Comment\x00" + SCRIPT) + PNG[33:],
        PNG[:33] + chunk(b"eXIf", SCRIPT) + PNG[33:],
        JPEG[:2] + segment(0xE1, b"Exif\x00\x00" + SCRIPT) + JPEG[2:],
        JPEG[:2] + segment(0xFE, SCRIPT) + JPEG[2:],
        riff((b"VP8L", LOSSLESS[LOSSLESS.index(b"VP8L") + 8 :][:100]), (b"EXIF", SCRIPT + b" ")),
    ],
    ids=["text", "exif in png", "exif in jpeg", "comment", "exif in webp"],
)
def test_where_it_was_taken_and_what_was_written_into_it_goes(content):
    assert SCRIPT in content
    assert SCRIPT not in clean_picture(content).content


@pytest.mark.parametrize("kind", PICTURES)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_picture_that_stops_early_is_refused(kind, share):
    content = PICTURES[kind]
    with pytest.raises(LogoRefused, match="damaged"):
        clean_picture(content[: max(13, int(len(content) * share))])


def test_a_picture_that_would_fill_the_memory_is_refused():
    large = PNG[:8] + chunk(b"IHDR", struct.pack(">II", 60_000, 60_000) + PNG[24:29]) + PNG[33:]
    with pytest.raises(LogoRefused, match="wider or higher than 4,000 pixels"):
        clean_picture(large)


def test_a_changed_byte_is_found_by_the_sum_of_its_chunk():
    with pytest.raises(LogoRefused, match="damaged"):
        clean_picture(PNG[:20] + b"\xff" + PNG[21:])


def test_a_moving_picture_is_refused():
    head = bytes([0x02, 0, 0, 0, 7, 0, 0, 5, 0, 0])
    with pytest.raises(LogoRefused, match="damaged"):
        clean_picture(riff((b"VP8X", head), (b"ANIM", b"\x00" * 6)))


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a" + b"\x00" * 20, b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_picture_is_said_to_be_none(content):
    with pytest.raises(LogoRefused, match="isn't a PNG, JPEG or WebP picture"):
        clean_picture(content)
