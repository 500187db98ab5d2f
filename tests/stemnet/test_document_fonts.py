"""The fonts of documents hold what the typesetter uses: nothing for screens, no weight without a template."""

import re
import struct

import pytest
from django.conf import settings

from stemnet.documents import FONTS

FILES = sorted(FONTS.glob("*.ttf"))
ORDINARY, STRONG = 400, 700  # what a template gets that names no weight, and by strong()
FOR_SCREENS = {"fpgm", "prep", "cvt ", "hdmx", "LTSH", "VDMX", "DSIG", "vhea", "vmtx"}


def tables(font):
    """Return where each table of a font file begins, by its tag."""
    number = struct.unpack_from(">H", font, 4)[0]
    entries = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(number))
    return {tag.decode(): offset for tag, _sum, offset, _length in entries}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_font_holds_nothing_for_screens(path):
    assert FOR_SCREENS & set(tables(path.read_bytes())) == set()


def test_every_weight_is_used_by_a_template():
    templates = [path.read_text() for path in settings.BASE_DIR.glob("*/**/*.typ")]
    used = {int(weight) for text in templates for weight in re.findall(r"weight: (\d+)", text)}
    held = set()
    for path in FILES:
        font = path.read_bytes()
        held |= set(struct.unpack_from(">H", font, tables(font)["OS/2"] + 4))
    assert held - used - {ORDINARY, STRONG} == set()
