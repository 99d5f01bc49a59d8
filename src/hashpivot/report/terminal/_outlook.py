"""An outlook on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..charts import decides_words
from ..outlook import (
    OutlookStudies,
    beside_table,
    case_label,
    contracts_table,
    lines_table,
    outlook_answers,
    outlook_title,
    outlooks_table,
    scenario_bridge_table,
    spread_range,
    start_words,
    tornado_table,
    why_tables,
    yearly_table,
)
from ..shared import TextTable
from ._console import DASH, print_fitting_table, print_sentences

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.outlook import MarketResults, OutlookSummary

_MILLION = 1e6
_COLUMNS = {
    "revenue_usd": "Revenue",
    "adjusted_ebitda_usd": "Adj. EBITDA",
    "cash_usd": "Cash",
    "gross_profit_usd": "Gross profit",
}
_SWINGS = 5
_LONGEST_CUSTOMER = 34


def print_outlook(
    results: OutlookSummary, studies: OutlookStudies, inputs: tuple[int, int], console: Console
) -> None:
    """Print an outlook: its message, quarters, lines, years, market, what decides it, answers, remarks.

    Args:
        results: The outlook.
        studies: What is shown beside it.
        inputs: How many of its inputs are assumed, and how many there are.
        console: Where.
    """
    print_sentences(console, outlook_title(results), start_words(results), "")
    tables = [outlook_table(results), lines_table(results), yearly_table(studies.years, studies.history)]
    tables.append(_market_table(results))
    tables += [beside_table((results, *studies.beside))] if studies.beside else []
    tables += [tornado_table(studies.tornado)] if studies.tornado else []
    tables += [scenario_bridge_table(studies.bridge)] if studies.bridge else []
    tables += why_tables(studies.why)
    tables.append(contracts_table(results.ticker, studies.contracts, _LONGEST_CUSTOMER))
    for table in tables:
        print_fitting_table(console, table)
    decides = decides_words(studies.swings, _SWINGS)
    if decides:
        print_sentences(console, "", f"What decides {studies.swings.outcome}, one input at a time:")
        print_sentences(console, *decides, "")
    print_sentences(console, *filter(None, (*outlook_answers(results), *results.remarks)))
    print_sentences(
        console,
        f"{inputs[0]} of {inputs[1]} inputs are assumed; --write gives each its reason.",
        "Bill unpaid and AI+chips>½, fit-out not counted, are probabilities. Beta: percent by which revenue "
        "moves with one percent of bitcoin's price. Gross profit and EBITDA are before depreciation.",
    )


def outlook_table(results: OutlookSummary) -> TextTable:
    """One row a quarter: revenue, profit and cash at 10, 50 and 90% of paths, and probabilities."""
    label = case_label(results.scenario)
    title = f"{results.ticker}, scenario {label}: USD million, 10 / 50 / 90% of paths"
    columns = {
        head: [spread_range(getattr(row, name), _MILLION) for row in results.quarters]
        for name, head in _COLUMNS.items()
    }
    columns["Bill unpaid"] = [
        DASH if row.p_shortfall is None else f"{row.p_shortfall:.0%}" for row in results.quarters
    ]
    columns["AI+chips>½"] = [f"{row.p_ai_chips_majority:.0%}" for row in results.quarters]
    columns["Beta"] = [
        DASH if row.bitcoin_beta is None else f"{row.bitcoin_beta:.2f}" for row in results.quarters
    ]
    known = {head: cells for head, cells in columns.items() if set(cells) != {DASH}}
    quarters = (str(row.quarter) for row in results.quarters)
    return TextTable(title, ("Quarter", *known), tuple(zip(quarters, *known.values(), strict=True)))


def print_outlooks(summaries: Sequence[OutlookSummary], absent: Mapping[str, str], console: Console) -> None:
    """Print the outlooks of companies, each a row, and why a company has none."""
    print_fitting_table(console, outlooks_table(summaries, {}))
    print_sentences(console, *(f"{ticker}: {reason}." for ticker, reason in absent.items()))


def _market_table(results: OutlookSummary) -> TextTable:
    header = ("Quarter", "Bitcoin, USD thousand", "Hashprice, USD/PH/day", "Network, EH/s")
    return TextTable("Market", header, tuple(map(_market_row, results.market)))


def _market_row(row: MarketResults) -> tuple[str, ...]:
    return (
        str(row.quarter), spread_range(row.price_usd, 1e3), spread_range(row.hashprice_usd_ph_day, 1),
        spread_range(row.hash_rate_ehs, 1),
    )  # fmt: skip
