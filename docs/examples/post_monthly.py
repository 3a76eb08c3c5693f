#!/usr/bin/env python3
"""Posts the rows of a CSV file to the Indicator Tracker, so that each counts once.

    export TRACKER_URL=https://tracker.example.org TRACKER_KEY=trk_...
    python3 post_monthly.py october.csv

The file has a heading row: indicator,period,value,unit,basis,source_id,note (or the
Chinese headings of the service's template). Every row needs a source_id, the sender's own
key: posting the file again then changes nothing.

Exit code: 0 when every row stands, 1 when some do not, 2 for wrong use or a refused file, 3
when nobody can say what became of it: run it again then.
"""

import csv
import email.utils
import http.client
import io
import json
import os
import random
import sys
import time
import urllib.error
import urllib.request
import uuid

ATTEMPTS = 8
LONGEST_WAIT = 300  # seconds
PASSING = {429, 502, 503, 504}  # what may be over soon


def main(arguments):
    if len(arguments) != 1 or not os.environ.get("TRACKER_URL") or not os.environ.get("TRACKER_KEY"):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        with open(arguments[0], "rb") as file:
            body = file.read()
        text = decoded(body)
    except (OSError, UnicodeDecodeError) as unreadable:
        print(f"{arguments[0]}: {unreadable}", file=sys.stderr)
        return 2
    body = text.encode()
    lacking = lines_without_source_id(text)
    if lacking:
        print("no source_id in line " + ", ".join(map(str, lacking)), file=sys.stderr)
        return 2
    try:
        answer = post(body)
    except urllib.error.HTTPError as refused:
        print(f"refused: {refused.code} {refused.reason}", file=sys.stderr)
        return 3 if refused.code in PASSING or refused.code == 409 else 2
    except (OSError, http.client.HTTPException) as broken:
        print(f"no answer: {broken}", file=sys.stderr)
        return 3
    return examine(answer["receipts"])


def decoded(body):
    """The text of a file in UTF-8 or, as spreadsheets in Chinese save it, GB18030."""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030")


def lines_without_source_id(text):
    rows = csv.DictReader(io.StringIO(text))
    names = {"source_id", "来源编号"}.intersection(rows.fieldnames or [])
    return [rows.line_num for row in rows if any(row.values()) and not any(row[name] for name in names)]


def post(body):
    """Posts the rows, again while that may help. The key makes all attempts one request."""
    request = urllib.request.Request(
        os.environ["TRACKER_URL"].rstrip("/") + "/api/v1/measurements/batch",
        data=body,
        method="POST",
        headers={
            "Authorization": "Bearer " + os.environ["TRACKER_KEY"],
            "Content-Type": "text/csv; charset=utf-8",
            "Accept": "application/json",
            "Idempotency-Key": str(uuid.uuid4()),
        },
    )
    for attempt in range(1, ATTEMPTS + 1):
        wait = 2 ** (attempt - 1)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            problem = problem_of(refused)
            if problem:
                refused.msg = "{code} at {field}: {detail}".format(**problem)
            wait = max(wait, seconds(refused.headers.get("Retry-After")))
            passing = refused.code in PASSING or problem.get("code") == "idempotency_key_in_use"
            if not passing or attempt == ATTEMPTS or wait > LONGEST_WAIT:
                raise
        except (OSError, http.client.HTTPException, ValueError):  # no connection, a timeout, half an answer
            if attempt == ATTEMPTS:
                raise
        time.sleep(wait + random.random())  # so that those who were refused together do not come together


def problem_of(refused):
    try:
        return json.load(refused)
    except ValueError:
        return {}


def seconds(header):
    """How long Retry-After asks to wait; it has seconds or a date."""
    if not header:
        return 0
    if header.isdigit():
        return int(header)
    try:
        return max(0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return 0


def examine(receipts):
    """Says what became of the rows, and of each that does not stand why."""
    counts = {}
    for receipt in receipts:
        outcome = receipt["outcome"]
        counts[outcome] = counts.get(outcome, 0) + 1
        if outcome not in ("stored", "revised", "unchanged"):
            print("line {line}: {indicator} {outcome}: {code} {field} {detail}".format(**receipt), file=sys.stderr)
        elif receipt.get("cautions"):
            print("line {line}: {indicator}: look at this figure again: ".format(**receipt) + ", ".join(receipt["cautions"]), file=sys.stderr)
    print(", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())))
    return 0 if set(counts) <= {"stored", "revised", "unchanged"} else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
