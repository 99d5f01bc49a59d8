"""Ids never change: 200 that 0.1.0 gave, of every kind."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot import read_document
from hashpivot.core import MEASURES, Figure, Line, Locator
from hashpivot.ledger import View

TABLE = Path(__file__).parents[1] / "data" / "ids-0.1.0.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
OF_FIGURES = [row for row in ROWS if row["end"]]
OF_FILES = sorted({row["origin"] for row in ROWS} - {"bundled"})


CORRECTED = frozenset(
    {
        "MARA/2022-01-01..2022-12-31/impairment/total@2f576c98",  # a sentence's amount was added to the rows
        "MARA/2022-01-01..2022-12-31/unattributed/total@1022b198",  # mining as a pool's participant is a line
        "BTBT/contract/p:462/s:1@202bc9aca799b9c6",
        "BTBT/contract/p:63/s:4@abd0a9470e61b3c4",
        "BTBT/contract/p:65/s:1@31ee3b56dd1c00ed",
        "RIOT/contract/p:51/s:1@a507da948ad8667e",  # the same lease as p:27
        "RIOT/contract/p:27/s:1@859e4903f36286a9",  # without what its options would add
        "RIOT/target/p:58/s:1@74e323f102284fb0",
    }
)
"""Ids of readings that a later version of the reader corrects: ledgers that hold them keep them."""


def test_there_are_two_hundred_of_every_kind() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) == 200
    kinds = {type(Locator.parse(row["locator"])).__name__ for row in ROWS}
    assert kinds == {
        "FactLocator", "CellLocator", "LabelLocator", "JoinedLocator", "SentenceLocator", "PlainLocator",
    }  # fmt: skip
    assert sum(bool(row["formula"]) for row in ROWS) > 30


@pytest.mark.parametrize("row", OF_FIGURES, ids=[row["id"] for row in OF_FIGURES])
def test_the_same_fields_give_the_same_id(row: dict[str, str]) -> None:
    figure = Figure(
        row["ticker"],
        row["measure"],
        Line(row["line"]) if row["line"] else None,
        date.fromisoformat(row["start"]) if row["start"] else None,
        date.fromisoformat(row["end"]),
        Decimal(row["value"]),
        MEASURES[row["measure"]].unit,
        row["label"],
        row["source"],
        Locator.parse(row["locator"]),
        date(2000, 1, 1),
        formula=row["formula"],
        operands=tuple(json.loads(row["operands"])) if row["operands"] else (),
    )
    assert figure.id == row["id"]


# Power was the one line of the quarter that a secondary page gave; the report's own lines have no such line.
WITHDRAWN = {"HUT/2024Q3/gross_profit/power@a5440a0b"}


def test_ids_of_bundled_and_derived_figures_resolve(desk: View) -> None:
    for row in ROWS:
        if row["origin"] == "bundled" and row["id"] not in WITHDRAWN:
            figure = desk.figure(row["id"])
            alias = desk.aliases.get(row["id"])
            assert figure.text == row["value"] or (row["formula"] and alias), row["id"]
            same = (figure.id, str(figure.locator)) == (row["id"], row["locator"])
            assert same or row["id"] in desk.aliases


@pytest.mark.parametrize("origin", OF_FILES)
def test_real_filings_give_the_same_ids(shared: Path, origin: str) -> None:
    document = read_document(shared / "filings" / origin)
    ids = {member.id for member in (*document.reading.figures(), *document.remarks())}
    assert {row["id"] for row in ROWS if row["origin"] == origin} - CORRECTED <= ids
