"""Two releases that disagree: both are kept, and it is said aloud."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from hashpivot import Desk, read
from hashpivot.core import Figure, Quarter, Source
from hashpivot.ledger import Figures, disagreements

FIRST = Source("first", "RIOT", "8-K", date(2025, 5, 1), "filed", "A")
TOTAL = Figure(
    "RIOT", "total_revenue", None, date(2025, 1, 1), date(2025, 3, 31), Decimal(161_000_000), "usd", "Total",
    "first", "t", FIRST.known, decimals=-3,
)  # fmt: skip


def held(*figures: Figure) -> Figures:
    return Figures({"first": FIRST}, figures)


def told(value: int, **changes: object) -> list[str]:
    figure = replace(TOTAL, source="second", value=Decimal(value), **changes)  # type: ignore[arg-type]
    return disagreements(held(TOTAL), [figure])


def test_a_total_that_differs_is_said_with_both_values() -> None:
    (sentence,) = told(162_000_000)
    assert sentence.startswith("2025Q1: total revenue is 162,000,000 here, 161,000,000 in RIOT 8-K")


def test_what_agrees_within_rounding_is_silent() -> None:
    assert not told(161_000_000)
    assert not told(161_400_000, decimals=-6)
    assert told(161_400_000, decimals=-3)


def test_other_periods_and_the_source_itself_do_not_count() -> None:
    assert not told(1, end=date(2025, 6, 30))
    assert not disagreements(held(TOTAL), [replace(TOTAL, value=Decimal(1))])


def test_the_latest_known_is_compared_with() -> None:
    later = replace(TOTAL, source="later", value=Decimal(162_000_000), known=date(2025, 8, 1))
    assert not disagreements(held(TOTAL, later), [replace(later, source="second")])


def test_another_companys_figures_are_no_other_scale_of_ones_own() -> None:
    others = Source("others", "CORZ", "8-K", date(2025, 5, 1), "filed", "A")
    other = replace(TOTAL, ticker="CORZ", source="others")
    own = replace(TOTAL, source="second", known=date(2025, 8, 1), value=TOTAL.value / 1000, decimals=0)
    quarter = replace(own, start=date(2025, 4, 1), end=date(2025, 6, 30))
    assert disagreements(held(TOTAL), [own, quarter])
    assert not disagreements(Figures({"others": others}, (other,)), [own, quarter])


PAGE = """<html><body><p>HERE, {day}, 2026 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT) reports</p>
<p>Condensed Consolidated Statements of Operations (in thousands)</p><table>
<tr><td></td><td>Three Months Ended September 30, 2026</td></tr>
<tr><td>Bitcoin mining revenue</td><td>{revenue}</td></tr>
<tr><td>Total revenue</td><td>{revenue}</td></tr>
<tr><td>Net loss</td><td>(110)</td></tr></table></body></html>"""


def test_two_releases_of_one_quarter(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.sqlite3"
    for name, day, revenue in (("a.htm", "November 1", "9,000"), ("b.htm", "November 20", "9,500")):
        path = tmp_path / name
        path.write_text(PAGE.format(day=day, revenue=revenue))
        Desk.open(ledger).add(read(path))
    first, latest = (
        Desk.open(ledger, vintage=vintage).view.quarter_lines("RIOT", Quarter.parse("2026Q3")).total_revenue
        for vintage in ("first", "latest")
    )
    assert isinstance(first, Figure) and isinstance(latest, Figure)
    assert (first.value, latest.value) == (9_000_000, 9_500_000)
    (restated,) = {r.latest.value for r in Desk.open(ledger).restated("RIOT") if r.quarter == latest.quarter}
    assert restated == 9_500_000
