"""How well targets are found in the made-up sentences of tests/guidance/made_up.toml, by batch.

    python scripts/score_made_up.py [--check]
    python scripts/score_made_up.py --misses BATCH

A target is right if metric and range are; due date and stance are scored on the right ones. Prints the table
and writes it into docs/guidance.md, or lists the errors of a batch that may be mended on.
"""

from __future__ import annotations

import argparse
import tomllib
from datetime import date
from typing import Any

from score_guidance import TABLES, Score, table, update

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import find_targets

START = "<!-- generated: made up -->\n"
MENDED = (1, 3, 4, 5, 6, 7, 8, 9)  # the others never were, so their errors are not listed
SAID_ON = date(2025, 11, 6)
NAMES = ("Hashworks Holdings, Inc.", "Hashworks")
THOUSANDS = "<p><b>Item 1. Financial Statements</b></p><p>($ in thousands, except per share amounts)</p>"
COLUMNS = ("metric", "low", "high", "due", "stance")


def sentences() -> list[dict[str, Any]]:
    """All made-up sentences."""
    rows: list[dict[str, Any]] = tomllib.loads((TABLES / "made_up.toml").read_text(encoding="utf-8"))[
        "sentence"
    ]
    return rows


def labels(sentence: dict[str, Any]) -> list[dict[str, str]]:
    """What should be found, in the form of tests/guidance/labels.csv."""
    wanted = (["" if word == "-" else word for word in target.split()] for target in sentence["targets"])
    return [dict(zip(COLUMNS, words, strict=True), is_target="1", stratum="made_up") for words in wanted]


def score(batch: int) -> Score:
    """Counts of one batch."""
    counts = Score()
    for sentence in sentences():
        if sentence["batch"] != batch:
            continue
        head = THOUSANDS if sentence.get("thousands") else ""
        page = f"<html><body>{head}<p>{sentence['text']}</p></body></html>"
        found = find_targets(
            read_prose("made-up.htm", data=page.encode()),
            said_on=SAID_ON,
            calendar=FiscalCalendar(YearEnd(sentence.get("fiscal", 12))),
            names=NAMES,
        )
        counts.add(labels(sentence), found, sentence["text"])
    return counts


def shown() -> str:
    """The counts of every batch as a Markdown table."""
    batches = sorted({sentence["batch"] for sentence in sentences()})
    return table({f"batch {batch}": score(batch) for batch in batches})


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--misses", type=int, metavar="BATCH", choices=MENDED)
    parser.add_argument("--check", action="store_true", help="fail if the page is not up to date")
    options = parser.parse_args()
    if options.misses:
        print("\n".join(sorted(score(options.misses).remarks)))
        return
    counts = shown()
    print(counts)
    if not update(START, counts, options.check):
        raise SystemExit("docs/guidance.md is not up to date; run scripts/score_made_up.py")


if __name__ == "__main__":
    main()
