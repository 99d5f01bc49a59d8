"""Generated filings say what their made-up books say, in every form, to our own reader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hashpivot.core import Companies, Line, Quarter
from hashpivot.lines import read
from hashpivot.testing.generated import (
    GeneratedCompany,
    company_filings,
    generated_universe,
    other_filings,
    universe_filings,
)
from hashpivot.testing.submissions import ServedFiling

KNOWN = Companies.load()
YEAR = list(Quarter.parse("2025Q3").through(Quarter.parse("2026Q2")))
EVERY_LINE = tuple(line for line in Line if line is not Line.OTHER)


def amounts_read(one: ServedFiling, folder: Path) -> dict[tuple[str, Line | None, date | None, date], int]:
    path = folder / f"{one.accession}.txt"
    path.write_bytes(one.submission())
    reading = read(path)
    assert reading.source.ticker == one.filer.ticker
    assert not reading.warnings
    return {(f.measure, f.line, f.start, f.end): int(f.value) for f in reading.figures()}


def by_form(books: GeneratedCompany, **given: Any) -> dict[tuple[str, str], ServedFiling]:
    """Filings that give results, by form and period of report."""
    made = company_filings(books, YEAR, updates=False, **given)
    return {(one.form, str(one.period)): one for one in made}


@pytest.mark.parametrize(
    ("ticker", "annual", "cik", "lines"),
    [
        ("CORZ", "10-K", "", EVERY_LINE),
        ("APLD", "10-K", "", ()),
        ("BTDR", "20-F", "", EVERY_LINE),
        ("HIVE", "40-F", "", ()),
        ("CANG", "20-F", "9900001", ()),
    ],
)
def test_reports_read_back_to_the_books(
    ticker: str, annual: str, cik: str, lines: tuple[Line, ...], tmp_path: Path
) -> None:
    books = GeneratedCompany(KNOWN[ticker], cik, lines, annual)
    filings = by_form(books)
    for quarter in YEAR:
        start, end = books.bounds(quarter)
        form = books.form(quarter)
        amounts = books.quarter(quarter)
        if form == annual:
            start, amounts = books.year_start(quarter), books.year_to_date(quarter)
        found = amounts_read(filings[form, str(end)], tmp_path)
        for line in books.its_lines:
            assert found["revenue", line, start, end] == amounts.revenue[line] * 1000
            assert found["cost_of_revenue", line, start, end] == amounts.cost[line] * 1000
        assert found["total_revenue", None, start, end] == amounts.total_revenue * 1000
        assert found["net_income", None, start, end] == amounts.net_income * 1000
        if form != "6-K":
            assert found["cash", None, None, end] == books.balance(end).cash * 1000


@pytest.mark.parametrize("annual", ["10-K", "20-F"])
def test_releases_read_back_to_the_books(annual: str, tmp_path: Path) -> None:
    for seed in range(3):  # each of the layouts
        books = GeneratedCompany(KNOWN["WULF"], annual_form=annual, seed=seed)
        quarter = YEAR[0]
        start, end = books.bounds(quarter)
        (release, *_) = company_filings(books, [quarter], updates=False)
        found = amounts_read(release, tmp_path)
        assert release.form == ("8-K" if annual == "10-K" else "6-K")
        assert release.items == (("2.02", "9.01") if annual == "10-K" else ())
        assert found["total_revenue", None, start, end] == books.quarter(quarter).total_revenue * 1000


@pytest.mark.parametrize(("ticker", "annual"), [("CORZ", "10-K"), ("CAN", "20-F"), ("HIVE", "40-F")])
def test_an_amendment_moves_costs_and_keeps_the_profit(ticker: str, annual: str, tmp_path: Path) -> None:
    books = GeneratedCompany(KNOWN[ticker], annual_form=annual)
    year_end = next(quarter for quarter in YEAR if books.ends_year(quarter))
    start, end = books.year_start(year_end), books.bounds(year_end)[1]
    filings = by_form(books, amended=[year_end])
    first = amounts_read(filings[annual, str(end)], tmp_path)
    second = amounts_read(filings[f"{annual}/A", str(end)], tmp_path)
    restated = books.restating(year_end).year_to_date(year_end)
    key = ("cost_of_revenue", Line.SELF_MINING, start, end)
    assert second[key] == restated.cost[Line.SELF_MINING] * 1000 < first[key]
    assert first["net_income", None, start, end] == second["net_income", None, start, end]
    assert filings[f"{annual}/A", str(end)].known > filings[annual, str(end)].known


@pytest.mark.parametrize("annual", ["10-K", "20-F"])
def test_production_updates_read_back_to_the_books(annual: str, tmp_path: Path) -> None:
    books = GeneratedCompany(KNOWN["CLSK"], annual_form=annual)
    updates = [
        one
        for one in company_filings(books, [Quarter.parse("2026Q1")])
        if any("update" in document.filename for document in one.documents)
    ]
    assert {one.form for one in updates} == {"8-K" if annual == "10-K" else "6-K"}
    for month, one in enumerate(updates, 1):
        counts = books.month(2026, month)
        found = amounts_read(one, tmp_path)
        mined = {value for (measure, _, start, _), value in found.items() if measure == "bitcoin_mined"}
        assert counts.mined in mined
        assert counts.held in {value for (measure, *_), value in found.items() if measure == "bitcoin_held"}


def test_a_seed_gives_the_same_filings_again_and_another_gives_others() -> None:
    books = GeneratedCompany(KNOWN["RIOT"])
    one, again = (company_filings(books, YEAR) for _ in range(2))
    other = company_filings(GeneratedCompany(KNOWN["RIOT"], seed=1), YEAR)
    assert [f.submission() for f in one] == [f.submission() for f in again]
    assert {f.submission() for f in one}.isdisjoint(f.submission() for f in other)


def test_a_company_without_a_key_needs_one() -> None:
    with pytest.raises(ValueError, match="cik="):
        company_filings(GeneratedCompany(KNOWN["CANG"]), YEAR)


def test_the_universe_files_the_forms_it_is_known_to_file() -> None:
    universe = generated_universe(YEAR)
    filings = universe_filings(universe, YEAR)
    assert set(universe) == set(KNOWN)
    assert len({one.accession for one in filings}) == len(filings)
    assert [one.known for one in filings] == sorted(one.known for one in filings)
    forms = {ticker: {one.form for one in filings if one.filer.ticker == ticker} for ticker in universe}
    assert {"10-Q", "10-K", "8-K"} <= forms["RIOT"]
    assert {"6-K", "20-F"} <= forms["BTDR"]
    assert not forms["SDIG"]  # no longer listed
    assert any(one.form.endswith("/A") for one in filings)


def test_others_file_in_order_under_one_or_two_parties() -> None:
    others = other_filings(200, date(2026, 1, 12), date(2026, 1, 16))
    assert [one.accession for one in others] == sorted({one.accession for one in others})
    assert {len(one.parties) for one in others} == {1, 2}
    assert all(date(2026, 1, 12) <= one.accepted.date() <= date(2026, 1, 16) for one in others)
