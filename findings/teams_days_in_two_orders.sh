#!/usr/bin/env bash
# pandas reads one column of a Teams attendance report in two orders of the date: 12 November as 11 December.
#
# Guess: since version 2 pandas reads a column in the one format of its first cell, and raises where another cell does
#        not fit; so a British report, day first, is either read right or refused.
# Seen:  pandas 3.1.1 does so for years of four digits. For the two digits that Teams writes ("12/11/22, 09:29:07")
#        it infers no format, asks dateutil about each cell by itself, and only warns: 12 November becomes 11 December
#        and 13 November stays, in the same column. Sorting and merging the visits then goes on without an error.
set -euo pipefail

box=$(mktemp -d)
trap 'rm -rf "$box"' EXIT

{
  python3 -m venv "$box/venv" &&
    timeout 110 "$box/venv/bin/pip" install -qq 'pandas==3.1.1' 'python-dateutil==2.9.0.post0'
} || { echo "Not checked: a package could not be installed." >&2; exit 2; }

cat >"$box/orders.py" <<'PYTHON'
"""A British report of a meeting that began on 12 November 2022 and went on past midnight."""

import io
import sys
import warnings

import pandas as pd

ROWS = [("12/11/{}, 23:10:07", "12/11/{}, 23:58:00"), ("13/11/{}, 00:05:16", "13/11/{}, 00:40:00")]


def read(year):
    """Return the moments of joining, or the name of the error."""
    lines = ["Name\tJoin Time\tLeave Time"]
    lines += [f"Participant 01\t{start.format(year)}\t{end.format(year)}" for start, end in ROWS]
    rows = pd.read_csv(io.StringIO("\n".join(lines)), sep="\t")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return [str(moment) for moment in pd.to_datetime(rows["Join Time"])]
    except ValueError as error:
        return type(error).__name__


seen = {year: read(year) for year in ("2022", "22")}
print(f"years of four digits: {seen['2022']}\nyears of two digits: {seen['22']}")
if seen != {"2022": "ValueError", "22": ["2022-12-11 23:10:07", "2022-11-13 00:05:16"]}:
    sys.exit("CHANGED: these reports are no longer read as this finding says.")
print("Still so.")
PYTHON

timeout 60 "$box/venv/bin/python" "$box/orders.py"
