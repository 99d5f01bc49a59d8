"""Press releases of a generated company: earnings and production updates, without tags."""

from __future__ import annotations

from datetime import date

from hashpivot.core import Quarter

from ..pages import RELEASE_LAYOUTS, release_page, release_table
from ._generated_company import GeneratedCompany
from ._statement_rows import BALANCE_ROWS, income_rows

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def long_day(day: date) -> str:
    """Return a day as American releases write it, `June 30, 2025`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def earnings_release(books: GeneratedCompany, quarter: Quarter) -> bytes:
    """Return the release on a quarter, against the quarter a year before."""
    end, before = books.bounds(quarter)[1], books.bounds(quarter - 4)[1]
    layout = RELEASE_LAYOUTS[books.seed % len(RELEASE_LAYOUTS)]
    now, then = books.quarter(quarter), books.quarter(quarter - 4)
    income = layout(
        [f"Three Months Ended {long_day(end)}", f"Three Months Ended {long_day(before)}"],
        [(row.label, [row.amount(now), row.amount(then)]) for row in income_rows(books.its_lines)],
    )
    at_end, at_start = books.balance(end), books.balance(before)
    balance = layout(
        [long_day(end), long_day(before)],
        [(row.label, [row.amount(at_end), row.amount(at_start)]) for row in BALANCE_ROWS],
    )
    name, ticker = books.company.name, books.company.ticker
    return release_page(
        f"<p>{name} (Nasdaq: {ticker}) today reported its results for the quarter ended {long_day(end)}.</p>",
        f"<p>{name}</p><p>Condensed Consolidated Statements of Operations</p>",
        f"<p>(in thousands of US dollars, unaudited)</p>{income}",
        "<p>Condensed Consolidated Balance Sheets</p>",
        f"<p>(in thousands of US dollars, unaudited)</p>{balance}",
    )


def production_update(books: GeneratedCompany, year: int, month: int) -> bytes:
    """Return the production update of a month, with the month before beside it."""
    name, ticker = books.company.name, books.company.ticker
    months = [(year, month), (year - (month == 1), (month - 2) % 12 + 1)]
    counts = [books.month(*one) for one in months]
    heads = [f"{_MONTHS[number - 1]} {year_of}" for year_of, number in months]
    table = release_table(
        ["Metric", *heads],
        ["Bitcoin produced", *(f"{one.mined:,}" for one in counts)],
        ["Bitcoin held", *(f"{one.held:,}" for one in counts)],
        ["Month end operating hash rate (EH/s)", *(f"{one.hash_rate_tenths / 10:.1f}" for one in counts)],
    )
    return release_page(
        f"<p>{name} Announces {heads[0]} Production and Operations Updates</p>",
        f"<p>{name} (NASDAQ: {ticker}) announced unaudited production and operations updates "
        f"for {heads[0]}.</p>",
        table,
    )
