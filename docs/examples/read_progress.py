#!/usr/bin/env python3
"""Reads the progress of a plan's indicators into a table (CSV, UTF-8).

    export TRACKER_URL=https://tracker.example.org TRACKER_KEY=trk_...
    python3 read_progress.py qingzhou-2023 2023-09-30 > progress.csv

Without a date the progress is that of today. TRACKER_KEY may be left out where reading
needs none. Exit code: 0 when the table is whole, 1 when it is not, 2 for wrong use.
"""

import csv
import decimal
import http.client
import json
import os
import random
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ATTEMPTS = 8
PASSING = {429, 502, 503, 504}
COLUMNS = ["indicator", "name", "on", "status", "percent", "pace", "gap", "actual", "target", "unit"]


def main(arguments):
    if len(arguments) not in (1, 2) or not os.environ.get("TRACKER_URL"):
        print(__doc__, file=sys.stderr)
        return 2
    selection = {"plan": arguments[0], "limit": "200"}
    if len(arguments) == 2:
        selection["on"] = arguments[1]
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS)
    try:
        for progress in rows("/api/v1/progress", selection):
            table.writerow(safe(cell) for cell in row_of(progress))
    except urllib.error.HTTPError as refused:
        print(f"refused: {refused.code} {refused.read(2000).decode('utf-8', 'replace')}", file=sys.stderr)
        return 1
    except (OSError, http.client.HTTPException, ValueError) as broken:
        print(f"no answer: {broken}", file=sys.stderr)
        return 1
    return 0


def row_of(p):
    actual, target = p["actual"] or {}, p["target"]
    return [
        p["indicator"], p["name"], p["on"], p["status"], p["percent"], p["pace"], p["gap"],
        actual.get("value"), target["value"], target["unit"],
    ]


def safe(cell):
    """A text that a spreadsheet would take for a formula is marked as text."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell[:1] in "=+-@\t":
        return "'" + cell
    return format(cell, "f") if isinstance(cell, decimal.Decimal) else cell


def rows(path, selection):
    """All rows of a list, page after page."""
    while True:
        page = get(path + "?" + urllib.parse.urlencode(selection))
        yield from page["items"]
        if page["next_cursor"] is None:
            return
        selection = {**selection, "cursor": page["next_cursor"]}


def get(path):
    request = urllib.request.Request(os.environ["TRACKER_URL"].rstrip("/") + path)
    if os.environ.get("TRACKER_KEY"):
        request.add_header("Authorization", "Bearer " + os.environ["TRACKER_KEY"])
    for attempt in range(1, ATTEMPTS + 1):
        wait = 2 ** (attempt - 1)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer, parse_float=decimal.Decimal, parse_int=decimal.Decimal)
        except urllib.error.HTTPError as refused:
            if refused.code not in PASSING or attempt == ATTEMPTS:
                raise
            asked = refused.headers.get("Retry-After", "")
            wait = max(wait, int(asked) if asked.isdigit() else 0)
        except (OSError, http.client.HTTPException, ValueError):
            if attempt == ATTEMPTS:
                raise
        time.sleep(wait + random.random())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
