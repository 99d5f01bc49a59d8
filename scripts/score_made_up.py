"""How well targets are found in the made-up sentences of tests/guidance/made_up.toml, by batch.

    python scripts/score_made_up.py [--batch N] [--misses]

Nothing is written. A target is right if metric and range are; due date and stance are scored on the right.
"""

from __future__ import annotations

import argparse
import tomllib
from datetime import date

from score_guidance import TABLES, Score, table

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import find_targets

SAID_ON = date(2025, 11, 6)
NAMES = ("Hashworks Holdings, Inc.", "Hashworks")
THOUSANDS = "<p><b>Item 1. Financial Statements</b></p><p>($ in thousands, except per share amounts)</p>"
COLUMNS = ("metric", "low", "high", "due", "stance")


def labels(sentence: dict[str, object]) -> list[dict[str, str]]:
    """What should be found, in the form of tests/guidance/labels.csv."""
    targets = sentence["targets"]
    assert isinstance(targets, list)
    wanted = (["" if word == "-" else word for word in str(target).split()] for target in targets)
    return [dict(zip(COLUMNS, words, strict=True), is_target="1", stratum="made_up") for words in wanted]


def score(batch: int) -> Score:
    """Counts of one batch."""
    sentences = tomllib.loads((TABLES / "made_up.toml").read_text(encoding="utf-8"))["sentence"]
    counts = Score()
    for sentence in sentences:
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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    counts = score(options.batch)
    print(table({f"batch {options.batch}": counts}))
    if options.misses:
        print("\n".join(sorted(counts.remarks)))


if __name__ == "__main__":
    main()
