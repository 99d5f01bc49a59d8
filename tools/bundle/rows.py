"""From the raw tables of transcribed numbers to figures: measures, lines, rounding, cuts, and known days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hashpivot.core import MEASURES, Companies, Figure, LabelLocator, Line, filing_deadline
from hashpivot.lines.rules import qualifier

Identity = tuple[str, str, str]
"""Company, form and period end of a filing, by which a file, a URL and a reading are known to be the same."""


@dataclass
class Row:
    """One number of the raw tables, on its way to a figure."""

    url: str
    ticker: str
    grade: str
    form: str
    figure: Figure
    tagged: bool = False
    identity: Identity | None = None


@dataclass
class Remark:
    """Something a user of the tables should know about a row."""

    ticker: str
    period: str
    measure: str
    label: str
    value: str
    cause: str


def by(rows: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, list[Any]]:
    """Rows grouped by a key, in order."""
    groups: dict[Any, list[Any]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


# --- what a row is from ---------------------------------------------------------------------------


def companies() -> set[str]:
    """Tickers of the package's companies whose figures it ships: all but decoys, and no user's own."""
    shipped = Companies.load(Path(__file__).parent)
    return {ticker for ticker, company in shipped.items() if company.role != "decoy"}


_ADDRESS = re.compile(r"https?://[^\s()]+")
_STORE = re.compile(r"\b(?:index-id:|find_string(?:-id)?-)(\d+)[-_]?")


def plain_address(text: str) -> str:
    """The address in what a table says of a row's source; without one, its words or its number."""
    found = _ADDRESS.search(text)
    if found:
        return found[0]
    number, aside = _STORE.search(text), re.search(r"\((.+)\)", text)
    if number and aside:
        return aside[1]
    words = re.sub(r"[-_]+", " ", _STORE.sub("", text)).strip() if number else text
    return words or f"text {number[1] if number else ''}"


# --- when a source became known -------------------------------------------------------------------

_DAYS = re.compile(r"(?<!\d)(20\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?=\d*)")
_MONTH = re.compile(r"[-/](20\d\d)[-/](\d\d)/")
_LATEST = timedelta(days=400)
# Pages that are no SEC form: monthly operating updates, and releases or press about a quarter.
NO_FORM = {"update": timedelta(days=30), "release": timedelta(days=60)}


def dates_in(url: str) -> Iterator[date]:
    """Calendar days written in a URL; the last day of a month where only year and month stand in a folder."""
    for found in _DAYS.finditer(url):
        parts = [int(text) for text in found.groups() if text]
        try:
            yield date(parts[0], parts[1], parts[2])
        except ValueError:
            continue
    for found in _MONTH.finditer(url):
        year, month = int(found[1]), int(found[2])
        if 1 <= month <= 12:
            yield date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def known_day(url: str, form: str, end: date) -> tuple[date, str]:
    """Day from which a source was public, and how that was found (`url` or `deadline`).

    A day in the URL counts if it lies after the latest period in the source and within 400 days of it.
    """
    after = sorted(day for day in dates_in(url) if end < day <= end + _LATEST)
    if after:
        return after[0], "url"
    return (end + NO_FORM[form] if form in NO_FORM else filing_deadline(form, end)), "deadline"


# --- reported_figures.csv -------------------------------------------------------------------------

_MEASURES = {"adj_ebitda": "adjusted_ebitda"}
# Measures by line have another name for the whole company.
_WHOLE = {"cost_of_revenue": "total_cost_of_revenue", "segment_gross_profit": "gross_profit"}
_LINES = {"chip_sales": "chips"}
_ZERO = Decimal(0)

# (company, measure, pattern of the label) -> note
_NOTES = (
    ("HUT", "", "^Compute", "Compute mixes self-mining and GPU cloud"),
    ("CANG", "", "", "reported in RMB, convenience translation"),
    ("CORZ", "cost_of_revenue", "", "includes depreciation"),
    ("CLSK|HUT|RIOT|WULF", "cost_of_revenue", "", "excludes depreciation"),
    ("WULF", "segment_gross_profit", "", "excludes depreciation"),
    ("RIOT", "revenue|cost_of_revenue", "^Other$", "includes data center hosting from the 2024 reports on"),
)


def reported_rows(table: Iterable[Mapping[str, str]]) -> list[Row]:
    """Rows of `reported_figures.csv`, with the rounding judged from all numbers of a source and period."""
    known = companies()
    rows = [_reported(raw) for raw in table if raw["ticker"] in known]
    _identify(rows)
    steps = {key: decimals_of(r.figure.value for r in group) for key, group in by(rows, _printed).items()}
    for row in rows:
        alone = -8 if row.figure.value and row.figure.value % 10**8 == 0 else 0
        row.figure = replace(row.figure, decimals=min(steps[_printed(row)], alone))
    return rows


def _identify(rows: list[Row]) -> None:
    """Tagged rows of one address are of one filing; its period ends with the latest of theirs."""
    for group in by((row for row in rows if row.tagged), lambda r: r.url).values():
        end = max(row.figure.end for row in group).isoformat()
        for row in group:
            row.identity = (row.ticker, row.form, end)


_LABEL = 80  # longer labels of the table are sentences


def _heading(label: str) -> str:
    """A row's label without the sentence that follows it."""
    return label.split(":")[0] if len(label) > _LABEL else label


def _printed(row: Row) -> tuple[str, date | None, date]:
    return row.url, row.figure.start, row.figure.end


def _reported(raw: Mapping[str, str]) -> Row:
    start, end = date.fromisoformat(raw["fiscal_period_start"]), date.fromisoformat(raw["fiscal_period_end"])
    measure = _MEASURES.get(raw["measure"], raw["measure"])
    line_name = _LINES.get(raw["canonical_line"], raw["canonical_line"])
    line = None if line_name == "total" else Line(line_name)
    ticker, label = raw["ticker"], _heading(raw["label_as_reported"])
    if label == "Eliminations":
        measure, line = "eliminations", None
    if line is None or (ticker, measure, label) == ("APLD", "cost_of_revenue", "Cost of Revenues"):
        measure, line = _WHOLE.get(measure, measure), None
    note = "; ".join(told_of(_NOTES, ticker, measure, label))
    figure = new_figure(ticker, measure, line, start, end, raw["value_usd"], label, note)
    url, tagged = plain_address(raw["accession_or_url"]), raw["source_kind"] == "ixbrl_tag"
    return Row(url, ticker, raw["source_grade"], raw["form"], figure, tagged, _identity_of_url(raw))


def new_figure(
    ticker: str,
    measure: str,
    line: Line | None,
    start: date | None,
    end: date,
    value: str | Decimal,
    label: str,
    note: str = "",
) -> Figure:
    unit = MEASURES[measure].unit
    place = LabelLocator(label)
    return Figure(
        ticker,
        measure,
        line,
        start,
        end,
        Decimal(value),
        unit,
        label,
        "",
        place,
        end,
        breakdown="main",
        note=note,
        qualifier=qualifier(line, [label]) if line and measure == "revenue" else "",
    )


def told_of(table: Iterable[tuple[str, str, str, str]], ticker: str, measure: str, label: str) -> list[str]:
    """The last columns of the entries whose company, measure and label patterns fit."""
    return [
        told
        for company, name, pattern, told in table
        if re.fullmatch(company or ".*", ticker)
        and re.fullmatch(name or ".*", measure)
        and re.search(pattern, label)
    ]


def decimals_of(values: Iterable[Decimal]) -> int:
    """Rounding of numbers printed together: the trailing zeros they share, millions at most."""
    zeros = [len(text) - len(text.rstrip("0")) for text in (str(v) for v in values if v)]
    return -min(6, min(zeros, default=0))


def _identity_of_url(raw: Mapping[str, str]) -> Identity | None:
    found = re.search(r"(?:10-?[QK]-|riot-)(\d{4})-?(\d\d)-?(\d\d)", raw["accession_or_url"])
    if "sec.gov" in raw["accession_or_url"] and not (found and raw["ticker"] == "RIOT"):
        return None
    return (raw["ticker"], raw["form"], "-".join(found.groups())) if found else None


def identity_of_file(path: str) -> Identity | None:
    found = re.search(r"([A-Z]+)_(10K|10Q|6K|8K)-(\d{4}-\d\d-\d\d)\.htm", path)
    return (found[1], f"{found[2][:-1]}-{found[2][-1]}", found[3]) if found else None


def remark(figure: Figure, cause: str) -> Remark:
    """A remark on a figure."""
    return Remark(figure.ticker, figure.period, figure.measure, figure.label, f"{figure.value:,}", cause)
