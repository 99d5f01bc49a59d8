"""An outlook on the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hashpivot.core import Line, Missing

from ..outlook import beside_table, outlook_answers, outlooks_table, scenario_bridge_table, why_tables
from ..shared import TextTable
from ._console import print_line, print_table, print_text_table

if TYPE_CHECKING:
    from rich.console import Console

    from hashpivot.outlook import (
        CompanyResults,
        FactorEffect,
        MarketResults,
        OutlookSummary,
        RevenueReconciliation,
        ScenarioBridge,
        Spread,
        Tornado,
    )

_MILLION = 1e6
_COLUMNS = {
    "revenue_usd": "Revenue",
    "gross_profit_usd": "Gross profit",
    "adjusted_ebitda_usd": "Adj. EBITDA",
    "cash_usd": "Cash",
}
_MOST_EFFECTS = 10


def print_outlook(
    results: OutlookSummary,
    tornado: Tornado | None,
    bridge: ScenarioBridge | None,
    beside: Sequence[OutlookSummary],
    console: Console,
    why: RevenueReconciliation | Missing | None = None,
) -> None:
    """Print an outlook: quarters, market, other cases, effects, bridge, why, answers, remarks."""
    print_text_table(console, outlook_table(results))
    _print_lines(results, console)
    header = ("Quarter", "Bitcoin, USD thousand", "Hashprice, USD/PH/day", "Network, EH/s")
    print_table(console, "Market", header, [_market_row(row) for row in results.market])
    if beside:
        print_text_table(console, beside_table((results, *beside)))
    if tornado:
        _print_tornado(tornado, console)
    if bridge:
        print_text_table(console, scenario_bridge_table(bridge))
    if isinstance(why, Missing):
        print_line(console, f"Why it begins there cannot be shown: {why.reason}.")
    elif why:
        for table in why_tables(why):
            print_text_table(console, table)
    for words in (*outlook_answers(results), *results.remarks):
        print_line(console, words)
    print_line(
        console,
        "Shortfall and AI+chips>½ are probabilities. Beta: percent by which revenue moves with one percent "
        "of bitcoin's price. Gross profit and EBITDA are before depreciation; taxes are left out.",
    )


def outlook_table(results: OutlookSummary) -> TextTable:
    """One row a quarter: revenue, profit and cash at 10, 50 and 90% of paths, and probabilities."""
    title = f"{results.ticker}, scenario {results.scenario}: USD million, 10 / 50 / 90% of paths"
    header = ("Quarter", *_COLUMNS.values(), "Shortfall", "AI+chips>½", "Beta")
    return TextTable(title, header, tuple(map(_row, results.quarters)))


def print_outlooks(summaries: Sequence[OutlookSummary], absent: Mapping[str, str], console: Console) -> None:
    """Print the outlooks of companies, each a row, and why a company has none."""
    print_text_table(console, outlooks_table(summaries, {}))
    for ticker, reason in absent.items():
        print_line(console, f"{ticker}: {reason}.")


def _print_lines(results: OutlookSummary, console: Console) -> None:
    rows = results.quarters
    used = [line for line in Line if any(row.lines[line].p90 for row in rows)]
    header = ("Quarter", *(line.heading for line in used))
    table = [(str(row.quarter), *(_range(row.lines[line], _MILLION) for line in used)) for row in rows]
    print_table(console, "Revenue by line, USD million", header, table)


def _print_tornado(tornado: Tornado, console: Console) -> None:
    rows = [
        (
            each.factor.title,
            f"{each.factor.low:,.4g} to {each.factor.high:,.4g}",
            f"{each.share:.0%}",
            _arrow(each),
        )
        for each in tornado.effects[:_MOST_EFFECTS]
    ]
    title = f"What moves {tornado.outcome} ({tornado.explained:.0%} explained)"
    print_table(console, title, ("Input", "Range", "Share of variance", "Outcome"), rows)


def _arrow(effect: FactorEffect) -> str:
    return "rises with it" if effect.coefficient > 0 else "falls with it"


def _row(row: CompanyResults) -> tuple[str, ...]:
    beta = row.bitcoin_beta
    return (
        str(row.quarter), *(_range(getattr(row, name), _MILLION) for name in _COLUMNS),
        f"{row.p_shortfall:.0%}", f"{row.p_ai_chips_majority:.0%}", "n/a" if beta is None else f"{beta:.2f}",
    )  # fmt: skip


def _market_row(row: MarketResults) -> tuple[str, ...]:
    return (
        str(row.quarter), _range(row.price_usd, 1e3), _range(row.hashprice_usd_ph_day, 1),
        _range(row.hash_rate_ehs, 1),
    )  # fmt: skip


def _range(spread: Spread, unit: float) -> str:
    values = (spread.p10, spread.p50, spread.p90)
    return " / ".join("n/a" if value is None else f"{value / unit:,.0f}" for value in values)
