"""Share counts before and after a split, compared only where the split is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Missing, PlainLocator, Quarter, Source, TextFact
from hashpivot.ledger import Figures, View, canonical_json
from hashpivot.season.answers._capital import capital_metrics

NOW = Quarter(2025, 1)
FIRST, LATER = date(2024, 5, 1), date(2025, 5, 1)


def row(measure: str, value: str, end: date, known: date) -> Figure:
    unit = "shares" if measure == "shares_outstanding" else "pure"
    return Figure(
        "TEST", measure, None, None, end, Decimal(value), unit, "row", str(known), PlainLocator("p"), known
    )


def shares(then: int, now: int) -> list[Figure]:
    return [
        row("shares_outstanding", str(then), date(2024, 3, 31), FIRST),
        row("shares_outstanding", str(now), date(2025, 3, 31), LATER),
    ]


def split(ratio: str, day: date = date(2025, 1, 15), known: date = LATER) -> Figure:
    return row("stock_split_ratio", ratio, day, known)


def growth(figures: list[Figure], *facts: TextFact) -> float | str | Missing:
    keys = {figure.source: figure.known for figure in figures}
    sources = {key: Source(key, "TEST", "10-Q", day, "filed", "A") for key, day in keys.items()}
    view = View(Figures(sources, tuple(figures), facts), companies={})
    metrics = capital_metrics(view, NetworkHistory.load(), "TEST", NOW)
    metric = next(m for m in metrics if m.name == "share_count_growth_yoy")
    assert metric.formula is None or metric.formula.value() == metric.value
    return metric.value


@pytest.mark.parametrize(
    ("then", "now", "ratios", "expected"),
    [
        (100, 114, [], 0.14),
        (100, 14, [split("0.1")], 0.4),
        (100, 14, [split("10")], 0.4),  # tagged the other way round
        (100, 420, [split("4")], 0.05),
        (100, 14, [split("0.1"), split("0.1", date(2025, 3, 31)), split("10")], 0.4),  # told again
        (100, 28, [split("0.1"), split("2", date(2024, 8, 1))], 0.4),
        (100, 114, [split("0.1", date(2024, 4, 1))], 0.14),  # before the earlier count was reported
    ],
)
def test_the_earlier_count_is_adjusted(then: int, now: int, ratios: list[Figure], expected: float) -> None:
    assert growth([*shares(then, now), *ratios]) == pytest.approx(expected)


def test_a_fall_by_half_or_more_is_a_reverse_split_nobody_tagged() -> None:
    for figures in (shares(100, 14), [*shares(1000, 14), split("0.1")]):
        value = growth(figures)
        assert (
            isinstance(value, Missing) and value.code == "not_derivable" and "reverse split" in value.reason
        )
    assert growth(shares(100, 80)) == pytest.approx(-0.2)


def test_a_split_that_only_the_text_tells_of_is_no_dilution() -> None:
    data = canonical_json({"ratio": "4", "day": "2024-06-01", "excerpt": ""})
    fact = TextFact("TEST", str(LATER), LATER, "split", PlainLocator("p:1/s:1"), data)
    value = growth(shares(100, 420), fact)
    assert isinstance(value, Missing) and "a stock split of 4 for one" in value.reason
    assert growth([*shares(100, 420), split("4")], fact) == pytest.approx(0.05)


def test_no_shares_are_no_base() -> None:
    assert isinstance(growth(shares(0, 14)), Missing) and isinstance(growth(shares(100, 14)[1:]), Missing)
