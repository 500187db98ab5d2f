#!/usr/bin/env bash
# The most common degree of American teachers is their last name, and with a comma their first.
#
# Guess: "Mei Chen MEd" is read as "Mei Chen EdD" is: two names and a degree, with or without a comma and dots.
# Seen:  nameparser 2.6.0 knows EdD, PhD, MA, MS and NBCT, and M.Ed. with dots. Without dots the last name of "Mei Chen
#        MEd" is MEd and Chen a middle name; "Mei Chen, MEd" has the first name MEd and the last name Mei Chen. The
#        first holds for CAGS and MAT; after a comma these are understood.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" && timeout 100 "$box/venv/bin/pip" install -qq 'nameparser==2.6.0'
} || { echo "Not checked: the package could not be installed." >&2; exit 2; }

cat >"$box/names.py" <<'PYTHON'
"""Print what nameparser makes of one teacher with the degrees and certificates of schools."""

from nameparser import HumanName

for degree in ("EdD", "M.Ed.", "MEd", "CAGS", "MAT", "NBCT"):
    for written in (f"Mei Chen {degree}", f"Mei Chen, {degree}"):
        name = HumanName(written)
        print(f"{written}: first {name.first or '-'}, last {name.last or '-'}, after it {name.suffix or '-'}")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/names.py" >"$box/seen"
cat "$box/seen"
diff - "$box/seen" <<'SEEN' || { echo "Names with a degree are no longer read as this finding says." >&2; exit 1; }
Mei Chen EdD: first Mei, last Chen, after it EdD
Mei Chen, EdD: first Mei, last Chen, after it EdD
Mei Chen M.Ed.: first Mei, last Chen, after it M.Ed.
Mei Chen, M.Ed.: first Mei, last Chen, after it M.Ed.
Mei Chen MEd: first Mei, last MEd, after it -
Mei Chen, MEd: first MEd, last Mei Chen, after it -
Mei Chen CAGS: first Mei, last CAGS, after it -
Mei Chen, CAGS: first Mei, last Chen, after it CAGS
Mei Chen MAT: first Mei, last MAT, after it -
Mei Chen, MAT: first Mei, last Chen, after it MAT
Mei Chen NBCT: first Mei, last Chen, after it NBCT
Mei Chen, NBCT: first Mei, last Chen, after it NBCT
SEEN
echo "Still so."
