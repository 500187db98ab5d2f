#!/usr/bin/env bash
# The apostrophe that an editor of texts makes of ' turns the QR code of a badge into Japanese; a reader gets no text.
#
# Guess: segno puts a name that isn't plain ASCII into a QR code as UTF-8, or as Latin-1 with a mark that says so;
#        jsQR reads the name, or says that there is no code.
# Seen:  segno 1.6.6 tries Latin-1, then Shift JIS, and UTF-8 last, and marks none of them. O’Brien (U+2019), names in
#        “quotes”, μ and Ω of a science club are all in Shift JIS, so the bytes are Shift JIS; a Polish name is UTF-8.
#        jsQR 1.4.0 finds the codes, and gives an empty text for those in Shift JIS and Latin-1. zxing-cpp 3.1.1
#        guesses the encoding, right for all of these. With encoding="utf-8" both read every one of them; qrcode 8.2
#        takes UTF-8 by itself.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "Not checked: this finding needs Node.js with npm, and they are not installed." >&2
  exit 2
fi
{
  python3 -m venv "$box/venv" &&
    timeout 60 "$box/venv/bin/pip" install -qq 'segno==1.6.6' 'qrcode==8.2' 'zxing-cpp==3.1.1' &&
    timeout 60 npm install --silent --no-audit --no-fund --prefix "$box" jsqr@1.4.0
} || { echo "Not checked: the packages could not be installed." >&2; exit 2; }

cat >"$box/read.mjs" <<'NODE'
import { readFileSync } from "node:fs";
import jsqr from "jsqr";

const read = jsqr.default ?? jsqr;
const codes = JSON.parse(readFileSync(process.argv[2], "utf8"));
const texts = codes.map(({ side, gray }) => {
  const grays = Buffer.from(gray, "base64");
  const pixels = Uint8ClampedArray.from({ length: 4 * side * side }, (_, at) =>
    at % 4 === 3 ? 255 : grays[Math.floor(at / 4)],
  );
  const found = read(pixels, side, side);
  return found && { text: found.data, bytes: found.binaryData };
});
process.stdout.write(JSON.stringify(texts));
NODE

cat >"$box/badges.py" <<'PYTHON'
"""Put names into QR codes in three ways, and say what two readers get out of them."""

import base64
import json
import subprocess
import sys
from pathlib import Path

import qrcode
import segno
import zxingcpp

BOX = Path(sys.argv[1])
SCALE, QUIET = 6, 4
SEEN = {  # how segno writes the name, and whether jsQR gives it or an empty text
    "Ana O'Brien": ("ascii", True),
    "Ana O\u2019Brien": ("shift_jis", False),
    "\u201cBo\u201d Smith": ("shift_jis", False),
    "Club \u03bc\u03a9": ("shift_jis", False),
    "Jos\u00e9": ("iso-8859-1", False),
    "\u0141ukasz": ("utf-8", True),
}


def picture(modules):
    """Return the side and the gray values of a code with white around it."""
    side = len(modules) + 2 * QUIET
    rows = [[0] * side] * QUIET + [[0] * QUIET + list(row) + [0] * QUIET for row in modules] + [[0] * side] * QUIET
    wide = [[cell for cell in row for _ in range(SCALE)] for row in rows]
    return side * SCALE, bytes(0 if cell else 255 for row in wide for _ in range(SCALE) for cell in row)


def by_qrcode(name):
    code = qrcode.QRCode(border=0)
    code.add_data(name)
    return code.get_matrix()


def jsqr(pictures):
    codes = [{"side": side, "gray": base64.b64encode(gray).decode()} for side, gray in pictures]
    (BOX / "codes.json").write_text(json.dumps(codes))
    command = ["node", str(BOX / "read.mjs"), str(BOX / "codes.json")]
    return json.loads(subprocess.run(command, capture_output=True, check=True, timeout=40).stdout)


def zxing(side, gray):
    (found,) = zxingcpp.read_barcodes(memoryview(gray).cast("B", (side, side)))
    return found.text


changed = False
ways = {
    "segno": lambda name: segno.make(name, micro=False).matrix,
    "segno with encoding='utf-8'": lambda name: segno.make(name, micro=False, encoding="utf-8").matrix,
    "qrcode": by_qrcode,
}
for way, make in ways.items():
    pictures = [picture(make(name)) for name in SEEN]
    for (name, seen), one, found in zip(SEEN.items(), pictures, jsqr(pictures), strict=True):
        encoding, read = seen if way == "segno" else ("utf-8", True)
        print(f"{way}, {ascii(name)}: {bytes(found['bytes'])}; jsQR {ascii(found['text'])}")
        now = bytes(found["bytes"]), found["text"], zxing(*one)
        if now != (name.encode(encoding), name if read else "", name):
            print(f"CHANGED: now {ascii(now)}; was {encoding}, read by zxing-cpp, jsQR {read}", file=sys.stderr)
            changed = True
if changed:
    sys.exit("Names are no longer put into codes, or no longer read, as this finding says.")
print("Still so.")
PYTHON

timeout 80 "$box/venv/bin/python" "$box/badges.py" "$box"
