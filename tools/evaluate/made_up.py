"""How well targets are found in the made-up sentences of tests/guidance/made_up.toml, by batch.

    python -m tools write made-up-targets     # the table of the page
    python -m tools misses BATCH              # the errors of a batch that patterns may be tuned on

A target is right if metric and range are; due date and stance are scored on the right ones.
"""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

from hashpivot.core import FiscalCalendar, YearEnd
from hashpivot.filings import read_prose
from hashpivot.guidance import find_targets

from ..parts import Made
from .targets import TABLES, Score, table

MENDED = (1, 3, 4, 5, 6, 7, 8, 9, 11)  # the others never were, so their errors are not listed
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


def make() -> Made:
    """The counts of every batch."""
    batches = sorted({sentence["batch"] for sentence in sentences()})
    return {"made-up-targets": table({f"batch {batch}": score(batch) for batch in batches})}


def misses(batch: int) -> list[str]:
    """The errors of a batch.

    Raises:
        ValueError: The batch is one that patterns must not be tuned on.
    """
    if batch not in MENDED:
        raise ValueError(f"errors are listed of batches {', '.join(map(str, MENDED))} only")
    return sorted(score(batch).remarks)
