"""Operating updates, monthly and quarterly, as rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hashpivot.core import MEASURES, Figure, Kind, Line
from hashpivot.ledger import DETAIL

from .rows import Row, decimals_of, identity_of_file, new_figure, plain_address

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
# (company, measures, first and last day of the months) -> what the number counts, if not the company's own.
_SCOPES = (
    ("CIFR", ("bitcoin_mined",), date.min, date.max, "includes its share of joint ventures"),
    ("FUFU", ("bitcoin_mined",), date.min, date.max, "includes customers' mining"),
    ("HUT", ("bitcoin_mined",), date(2023, 11, 1), date(2023, 12, 31), "includes all of King Mountain"),
    ("MARA", ("hash_rate_period_end",), date.min, date(2023, 12, 31), "operating hash rate"),
    ("RIOT", ("hash_rate_period_end",), date.min, date(2023, 12, 31), "without Building G"),
    ("WULF", ("bitcoin_mined",), date.min, date(2024, 12, 31), "includes its share of Nautilus"),
)
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
            figure = _scoped(figure)
            if figure.label == "Demand response credits":
                figure = replace(figure, breakdown=DETAIL)
            yield Row(plain_address(raw["url"]), raw["ticker"], raw["source_grade"], "update", figure)


def _scoped(figure: Figure) -> Figure:
    """The figure with a note on what it counts, where that is not the company's own."""
    notes = [
        note
        for ticker, measures, first, last, note in _SCOPES
        if figure.ticker == ticker and figure.measure in measures and first <= figure.end <= last
    ]
    return replace(figure, note="; ".join(filter(None, (figure.note, *notes))))


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
                figure = replace(figure, line=Line.SELF_MINING, decimals=decimals_of([figure.value]))
            if _names(
                raw["derived"], {"bitcoin_mined": "btc", "power_credits": "credits"}.get(figure.measure)
            ):
                figure = replace(figure, kind=Kind.DERIVED, formula=raw["derived"])
            identity = identity_of_file(raw["url"])
            url = plain_address(raw["url"])
            yield Row(url, raw["ticker"], raw["source_grade"], "release", figure, False, identity)


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
                new_figure(raw["ticker"], measure, None, first, end, value, label, note), decimals=None
            )
