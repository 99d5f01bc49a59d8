"""Filings compared one after another: the same sentences as comparing each with all that is held."""

from __future__ import annotations

import random
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from hashpivot.core import MEASURES, Figure, Line, PlainLocator, Source
from hashpivot.ledger import HeldAmounts, Ledger, bundled, disagreements
from hashpivot.ledger.comparisons import _amount_index

_PERIODS = [(date(year, first, 1), date(year, first + 2, 28)) for year in (2023, 2024) for first in (1, 4, 7)]
_MEASURES = ["total_revenue", "net_income", "revenue", "bitcoin_mined"]


def filing(number: int, chance: random.Random, ticker: str) -> tuple[Source, list[Figure]]:
    """A filing with a period of its own and earlier ones for comparison, some of them in another scale."""
    place = chance.randrange(len(_PERIODS))
    known = _PERIODS[place][1] + timedelta(days=chance.randint(20, 500))
    end = chance.choice([_PERIODS[place][1], None])
    source = Source(f"filing {number}", ticker, "10-Q", known, "filed", "A", period_end=end, reader=1)
    figures = []
    for start, last in chance.sample(_PERIODS[: place + 1], min(place + 1, 3)):
        scale = chance.choice([0, 0, 0, 0, 3, -3, 6])
        for measure in chance.sample(_MEASURES, 3):
            amount = Decimal(chance.choice([54_321_000, 54_322_000, 54_000_000, 1_234, 0])).scaleb(scale)
            line = Line.SELF_MINING if measure == "revenue" else None
            figures.append(
                Figure(
                    ticker,
                    measure,
                    line,
                    start,
                    last,
                    amount,
                    MEASURES[measure].unit,
                    "row",
                    source.key,
                    PlainLocator(f"row {len(figures)}"),
                    known,
                    decimals=chance.choice([-3, -6, 0, None]),
                )
            )
    return source, figures


@pytest.mark.parametrize("most", [40, 100_000])
def test_the_sentences_are_those_of_a_comparison_with_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(_amount_index, "_MOST_AMOUNTS", most)  # kept in memory; the rest is read again
    chance, said = random.Random(18), 0
    with ExitStack() as opened, Ledger.open(tmp_path / "l.sqlite3") as ledger:
        held = opened.enter_context(HeldAmounts(ledger))
        for number in range(90):
            source, figures = filing(number, chance, chance.choice(["RIOT", "MARA", "NONE"]))
            whole = disagreements(bundled() | ledger.read(source.ticker), figures, source)
            assert held.disagreements(figures, source) == whole
            said += len(whole)
            assert len(held.disagreements(figures, source)) == len(whole)
            assert held._index._ready_amounts <= most or len(held._index._ready) == 1
            if chance.random() < 0.1:
                with Ledger.open(tmp_path / "l.sqlite3") as other:  # another process writes
                    other.add(source, figures)
            ledger.add(source, figures)
            if chance.random() < 0.1:  # a newer reader gives a figure otherwise
                again = [replace(figures[0], value=figures[0].value + 7_000_000), *figures[1:]]
                ledger.add(replace(source, reader=2 + number), again)
    assert said > 30


def test_what_another_process_adds_is_compared(tmp_path: Path) -> None:
    chance = random.Random(1)
    source, figures = filing(0, chance, "NONE")
    later = replace(source, key="later")
    changed = [replace(figure, source="later", value=figure.value + 99_000_000) for figure in figures]
    with ExitStack() as opened:
        ledger, other = (opened.enter_context(Ledger.open(tmp_path / "l.sqlite3")) for _ in range(2))
        held = opened.enter_context(HeldAmounts(ledger))
        assert not held.disagreements(changed, later)
        other.add(source, figures)
        assert held.disagreements(changed, later)
