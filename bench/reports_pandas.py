"""Reads attendance reports with pandas: times them and says the seconds that people were there, as JSON.

    python bench/reports_pandas.py zoom.csv teams.csv

A line comes in on standard input for each turn. `frames` merges each person's visits with what pandas has,
in `groupby(…).apply`; `loop` does so in a loop of Python over a person's rows; `columns` over all people at
once, without any loop.
"""

import json
import sys
import time
from pathlib import Path

import pandas as pd

# Left to guess that of Teams, it reads each cell by itself and takes ten times as long.
FORMATS = {"zoom": "%m/%d/%Y %I:%M:%S %p", "teams": "%m/%d/%y, %I:%M:%S %p"}
OPENS, CLOSES = pd.Timestamp("2026-03-10 09:00"), pd.Timestamp("2026-03-10 12:00")


def zoom(path):
    """Return the visits of a Zoom report, without those of its waiting room."""
    rows = pd.read_csv(path, skiprows=3)
    rows = rows[rows["In waiting room"] != "Yes"]
    moments = {
        name: pd.to_datetime(rows[f"{name.title()} time"], format=FORMATS["zoom"])
        for name in ("join", "leave")
    }
    return pd.DataFrame({"who": rows["Email"].fillna(rows.iloc[:, 0]), **moments})


def teams(path):
    """Return the visits of section 3 of a Teams report, which one finds by reading its lines."""
    with Path(path).open(encoding="utf-16") as file:
        begin = next(place for place, line in enumerate(file) if line.startswith("3."))
    rows = pd.read_csv(path, sep="\t", encoding="utf-16", skiprows=begin + 1)
    moments = {
        name: pd.to_datetime(rows[f"{name.title()} Time"], format=FORMATS["teams"])
        for name in ("join", "leave")
    }
    return pd.DataFrame({"who": rows["Email"].fillna(rows["Name"]), **moments})


def frames(visits):
    """Return the seconds of each person, whose visits are sorted and merged by a running maximum."""

    def seconds(rows):
        rows = rows.sort_values("join")
        start, end = rows["join"].clip(lower=OPENS), rows["leave"].clip(upper=CLOSES)
        until = end.cummax().shift()
        begin = start.where(until.isna() | (start > until), until)
        return (end - begin).dt.total_seconds().clip(lower=0).sum()

    return visits.groupby("who")[["join", "leave"]].apply(seconds)


def loop(visits):
    """Return the seconds of each person, whose visits are merged one after the other."""

    def seconds(rows):
        total, until = 0.0, OPENS
        for start, end in sorted(zip(rows["join"], rows["leave"], strict=True)):
            start, end = max(start, until), min(end, CLOSES)
            if end > start:
                total, until = total + (end - start).total_seconds(), end
        return total

    return visits.groupby("who")[["join", "leave"]].apply(seconds)


def columns(visits):
    """Return the seconds of each person by sorting and running maxima of whole columns."""
    visits = visits.sort_values(["who", "join"])
    start, end = visits["join"].clip(lower=OPENS), visits["leave"].clip(upper=CLOSES)
    until = end.groupby(visits["who"]).cummax().groupby(visits["who"]).shift()
    begin = start.where(until.isna() | (start > until), until)
    return (end - begin).dt.total_seconds().clip(lower=0).groupby(visits["who"]).sum()


def main():
    """Measure once for each line that comes in."""
    for _turn in sys.stdin:
        found = {}
        for name, read, path in (("zoom", zoom, sys.argv[1]), ("teams", teams, sys.argv[2])):
            for merge in (frames, loop, columns):
                begun = time.process_time()
                seconds = merge(read(path))
                found[f"{name} {merge.__name__}"] = [time.process_time() - begun, int(seconds.sum())]
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
