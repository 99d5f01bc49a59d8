"""From the raw tables of transcribed numbers to figures: measures, lines, rounding, cuts, and known days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from hashpivot.core import MEASURES, Figure, Kind, Line, filing_deadline
from hashpivot.ledger import DETAIL

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


# --- when a source became known -------------------------------------------------------------------

_DAYS = re.compile(r"(?<!\d)(20\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?=\d*)")
_MONTH = re.compile(r"/(20\d\d)/(\d\d)/")
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
_LINES = {"chip_sales": "chips"}
_ZERO = Decimal(0)

# (company, measure, pattern of the label) -> why the row stands beside the statement and is never added up.
_BESIDE = (
    ("APLD", "revenue", "discontinued", "outside the total: it counts continuing operations only"),
    ("APLD", "cost_of_revenue", "tenant fit-out", "only part of the line's cost (rental is missing)"),
)
# (company, measure, pattern of the label) -> note
_NOTES = (
    ("HUT", "", "^Compute", "Compute mixes self-mining and GPU cloud"),
    ("CANG", "", "", "reported in RMB, convenience translation"),
    ("CORZ", "cost_of_revenue", "", "includes depreciation"),
    ("CLSK|HUT|WULF", "cost_of_revenue", "", "excludes depreciation"),
    ("WULF", "segment_gross_profit", "", "excludes depreciation"),
    ("RIOT", "revenue|cost_of_revenue", "^Other$", "includes data center hosting from the 2024 reports on"),
)


def reported_rows(table: Iterable[Mapping[str, str]]) -> list[Row]:
    """Rows of `reported_figures.csv`, with the rounding judged from all numbers of a source and period."""
    rows = [_reported(raw) for raw in table]
    steps = {key: _decimals(r.figure.value for r in group) for key, group in by(rows, _printed).items()}
    for row in rows:
        alone = -8 if row.figure.value and row.figure.value % 10**8 == 0 else 0
        row.figure = replace(row.figure, decimals=min(steps[_printed(row)], alone))
    return rows


def _printed(row: Row) -> tuple[str, date | None, date]:
    return row.url, row.figure.start, row.figure.end


def _reported(raw: Mapping[str, str]) -> Row:
    start, end = date.fromisoformat(raw["fiscal_period_start"]), date.fromisoformat(raw["fiscal_period_end"])
    measure = _MEASURES.get(raw["measure"], raw["measure"])
    line_name = _LINES.get(raw["canonical_line"], raw["canonical_line"])
    line = None if line_name == "total" else Line(line_name)
    ticker, label = raw["ticker"], raw["label_as_reported"]
    if label == "Eliminations":
        measure, line = "eliminations", None
    if (ticker, measure, label) == ("APLD", "cost_of_revenue", "Cost of Revenues"):
        measure, line = "total_cost_of_revenue", None
    note = "; ".join(_told(_NOTES, ticker, measure, label))
    figure = _figure(ticker, measure, line, start, end, raw["value_usd"], label, note)
    url, tagged = raw["accession_or_url"], raw["source_kind"] == "ixbrl_tag"
    return Row(url, ticker, raw["source_grade"], raw["form"], figure, tagged, _identity_of_url(raw))


def _figure(
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
    place = f"row:{label}"
    return Figure(
        ticker, measure, line, start, end, Decimal(value), unit, label, "", place, end, cut="main", note=note
    )


def _told(table: Iterable[tuple[str, str, str, str]], ticker: str, measure: str, label: str) -> list[str]:
    """The last columns of the entries whose company, measure and label patterns fit."""
    return [
        told
        for company, name, pattern, told in table
        if re.fullmatch(company or ".*", ticker)
        and re.fullmatch(name or ".*", measure)
        and re.search(pattern, label)
    ]


def _decimals(values: Iterable[Decimal]) -> int:
    """Rounding of numbers printed together: the trailing zeros they share, millions at most."""
    zeros = [len(text) - len(text.rstrip("0")) for text in (str(v) for v in values if v)]
    return -min(6, min(zeros, default=0))


def _identity_of_url(raw: Mapping[str, str]) -> Identity | None:
    found = re.search(r"(?:10-?[QK]-|riot-)(\d{4})-?(\d\d)-?(\d\d)", raw["accession_or_url"])
    if "sec.gov" in raw["accession_or_url"] and not (found and raw["ticker"] == "RIOT"):
        return None
    return (raw["ticker"], raw["form"], "-".join(found.groups())) if found else None


# --- cuts -----------------------------------------------------------------------------------------


def cut(rows: list[Row]) -> list[Remark]:
    """Mark rows that may not be added up with the others of their source, period and measure, and say why."""
    remarks = []
    whole = {_where(row) for row in rows if not _attributable(row)}
    for row in rows:
        f = row.figure
        monthly = f.start is not None and (f.end - f.start).days < 45
        cause = "unaudited monthly update" if monthly and row.form != "update" else ""
        cause = cause or "; ".join(_told(_BESIDE, row.ticker, f.measure, f.label))
        if f.measure == "net_income" and re.match(r"net loss\b(?! \()", f.label.lower()) and f.value > 0:
            cause = cause or "the label says loss, the value is positive"
        if _attributable(row) and _where(row) in whole:
            cause = "attributable to some holders only; the whole net income is known"
        if cause:
            remarks.append(_beside(row, cause))
    keyed = by(rows, lambda r: (r.url, r.ticker, r.figure.measure, r.figure.start, r.figure.end))
    totals = {
        (r.url, r.ticker, r.figure.start, r.figure.end): r.figure
        for r in rows
        if r.figure.measure == "total_revenue" and r.figure.cut == "main"
    }
    for (url, ticker, measure, start, end), group in keyed.items():
        total = totals.get((url, ticker, start, end))
        if measure == "revenue" and total:
            gone = sum(
                (r.figure.value for r in keyed.get((url, ticker, "eliminations", start, end), [])), _ZERO
            )
            remarks += _overlaps([r for r in group if r.figure.cut == "main"], total, gone)
    return remarks


def _attributable(row: Row) -> bool:
    return row.figure.measure == "net_income" and "attributable" in row.figure.label


def _where(row: Row) -> tuple[str, str, date | None, date]:
    return row.ticker, row.figure.measure, row.figure.start, row.figure.end


def _overlaps(rows: list[Row], total: Figure, gone: Decimal) -> list[Remark]:
    """Where rows add up to more than the total, keep the finest set that ties and put the others beside."""
    for size in range(len(rows), 0, -1):
        for chosen in combinations(rows, size):
            left = total.value - gone - sum((r.figure.value for r in chosen), _ZERO)
            rounding = sum((r.figure.unit_step for r in chosen), total.unit_step) / 2
            if size == len(rows) and left > -rounding:
                return []
            if abs(left) <= rounding:
                rest = [row for row in rows if not any(row is other for other in chosen)]
                return [_beside(row, "overlaps rows that already add up to the total") for row in rest]
    return [remark(row.figure, "adds up to more than the total, no set of rows ties") for row in rows]


def _beside(row: Row, cause: str) -> Remark:
    row.figure = replace(row.figure, cut=DETAIL, note="; ".join(filter(None, (row.figure.note, cause))))
    return remark(row.figure, cause)


def remark(figure: Figure, cause: str) -> Remark:
    """A remark on a figure."""
    return Remark(figure.ticker, figure.period, figure.measure, figure.label, f"{figure.value:,}", cause)


# --- production -----------------------------------------------------------------------------------

# column -> (measure, label, factor)
_MONTHLY = {
    "btc_mined": ("bitcoin_mined", "Bitcoin mined", 1),
    "avg_operating_hashrate_ehs": ("hash_rate_average", "Average operating hash rate", 1),
    "energized_ehs": ("hash_rate_period_end", "Energized hash rate", 1),
    "btc_held": ("bitcoin_held", "Bitcoin held", 1),
    "btc_sold": ("bitcoin_sold", "Bitcoin sold", 1),
    "power_cost_usd_per_kwh": ("power_cost", "Power cost", 1000),
    "fleet_efficiency_jth": ("fleet_efficiency", "Fleet efficiency", 1),
    "power_credits_usd": ("power_credits", "Power credits", 1),
    "demand_response_credits_usd": ("power_credits", "Demand response credits", 1),
    "blocks_won": ("bitcoin_blocks_won", "Blocks won", 1),
}
_QUARTERLY = {
    "btc_mined": ("bitcoin_mined", "Bitcoin mined", 1),
    "avg_hashrate_ehs": ("hash_rate_average", "Average hash rate", 1),
    "period_end_hashrate_ehs": ("hash_rate_period_end", "Hash rate at period end", 1),
    "mining_revenue_usd": ("revenue", "Mining revenue", 1),
    "cash_cost_per_btc_usd": ("cost_per_bitcoin", "Cash cost per bitcoin", 1),
    "avg_revenue_per_btc_usd": ("revenue_per_bitcoin", "Average revenue per bitcoin", 1),
    "power_credits_usd": ("power_credits", "Power credits", 1),
}
_PERIOD_WORDS = ("year", "fiscal year", "half year", "nine months")
_FLAG = "more than 35% away from what the hash rate implies on the network that month"


def monthly_rows(table: Iterable[Mapping[str, str]]) -> Iterator[Row]:
    """Rows of `monthly_production.csv`; monthly revenue is left out (unaudited, and reported by quarter)."""
    for raw in table:
        year, month = map(int, raw["month"].split("-"))
        start = date(year, month, 1)
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        note = _FLAG if "FLAG" in raw["check"] else ""
        for figure in _operating(raw, _MONTHLY, start, end, note):
            if figure.label == "Demand response credits":
                figure = replace(figure, cut=DETAIL)
            yield Row(raw["url"], raw["ticker"], raw["source_grade"], "update", figure)


def quarterly_rows(table: Iterable[Mapping[str, str]], reported: Iterable[Row]) -> Iterator[Row]:
    """Rows of `quarterly_production.csv`; mining revenue only where `reported` has none for the period."""
    seen = {(r.ticker, r.figure.start, r.figure.end) for r in reported if r.figure.measure == "revenue"}
    for raw in table:
        start, end = date.fromisoformat(raw["period_start"]), date.fromisoformat(raw["period_end"])
        whole = re.search(r"total revenue|revenue .* total", raw["note"])
        note = "" if raw["note"] in _PERIOD_WORDS else raw["note"]
        for figure in _operating(raw, _QUARTERLY, start, end, note):
            revenue = figure.measure == "revenue"
            if revenue and (whole or (raw["ticker"], start, end) in seen or _names(raw["derived"], "rev")):
                continue
            if revenue:
                figure = replace(figure, line=Line.SELF_MINING, decimals=_decimals([figure.value]))
            if _names(
                raw["derived"], {"bitcoin_mined": "btc", "power_credits": "credits"}.get(figure.measure)
            ):
                figure = replace(figure, kind=Kind.DERIVED, formula=raw["derived"])
            identity = identity_of_file(raw["url"])
            yield Row(raw["url"], raw["ticker"], raw["source_grade"], "release", figure, False, identity)


def _names(derived: str, word: str | None) -> bool:
    """True if a note on how a row was derived is about the word, or about the whole row."""
    if not derived or not word:
        return False
    return word in derived if re.search(r"rev|btc|credits", derived) else word == "btc"


def _operating(
    raw: Mapping[str, str],
    columns: Mapping[str, tuple[str, str, int]],
    start: date,
    end: date,
    note: str,
) -> Iterator[Figure]:
    for column, (measure, label, factor) in columns.items():
        if raw[column]:
            first = start if MEASURES[measure].flow else None
            value = Decimal(raw[column]) * factor
            yield replace(
                _figure(raw["ticker"], measure, None, first, end, value, label, note), decimals=None
            )


def identity_of_file(path: str) -> Identity | None:
    found = re.search(r"([A-Z]+)_(10K|10Q|6K|8K)-(\d{4}-\d\d-\d\d)\.htm", path)
    return (found[1], f"{found[2][:-1]}-{found[2][-1]}", found[3]) if found else None
