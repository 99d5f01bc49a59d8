"""Halvings on the terminal, and what one did to each company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hashpivot.bitcoin import SATOSHI_PER_BTC, Halving, HalvingEstimate
from hashpivot.season import HalvingImpact, QuarterEconomics

from ..shared import TextTable
from ._console import DASH, print_text_table

if TYPE_CHECKING:
    from rich.console import Console

_SHOWN_AHEAD = 3
"""Estimated halvings printed after the past ones: the next twelve years."""
_HEADS = ("EH/s", "USD m per EH/s", "Gross margin", "Breakeven")


def print_halvings(schedule: Sequence[Halving], estimate: HalvingEstimate, console: Console) -> None:
    """Print the past halvings, the next few, and when the next one is expected."""
    print_text_table(console, halvings_table(schedule, estimate))


def print_halving_impacts(
    past: Halving, impacts: Sequence[HalvingImpact], hashprices: Mapping[str, float], console: Console
) -> None:
    """Print what a halving did to each company, the quarter before beside the quarter after.

    Args:
        past: The halving.
        impacts: The companies.
        hashprices: Mean USD per PH/s and day of the two quarters, the earlier one first.
        console: Where.
    """
    print_text_table(console, halving_impacts_table(past, impacts, hashprices))


def halvings_table(schedule: Sequence[Halving], estimate: HalvingEstimate) -> TextTable:
    """The past halvings, the next few, and when the next one is expected."""
    ahead = [halving for halving in schedule if halving.estimated][:_SHOWN_AHEAD]
    rows = tuple(
        (
            str(halving.number),
            f"{halving.height:,}",
            f"{'about ' if halving.estimated else ''}{halving.date}",
            f"{halving.before_sat / SATOSHI_PER_BTC:g}",
            f"{halving.after_sat / SATOSHI_PER_BTC:g}",
        )
        for halving in [*(halving for halving in schedule if not halving.estimated), *ahead]
    )
    expected = (
        f"Next halving at block {estimate.height:,}: {estimate.median}, 80% between {estimate.p10} and "
        f"{estimate.p90}, {estimate.left_words} after {estimate.as_of}."
    )
    header = ("#", "Height", "Date", "BTC before", "BTC after")
    return TextTable("Halvings", header, rows, notes=(expected, ""))


def halving_impacts_table(
    past: Halving, impacts: Sequence[HalvingImpact], hashprices: Mapping[str, float]
) -> TextTable:
    """What a halving did to each company, the quarter before beside the quarter after.

    Args:
        past, impacts, hashprices: As `print_halving_impacts`.
    """
    if not impacts:
        none = f"No company has mining revenue beside halving {past.number} in the ledger."
        return TextTable(f"Squeeze of halving {past.number}, {past.date}", (), (), notes=(none,))
    before, after = hashprices
    rows = tuple(
        (
            impact.ticker,
            *(_cell(side, column) for column in range(len(_HEADS)) for side in (impact.before, impact.after)),
        )
        for impact in impacts
    )
    return TextTable(
        f"Squeeze of halving {past.number}, {past.date}: {before} against {after}",
        ("Company", *(f"{name} {quarter}" for name in _HEADS for quarter in (before, after))),
        rows,
        notes=(
            f"Mean hashprice {hashprices[before]:.1f} -> {hashprices[after]:.1f} USD per PH/s and day; "
            "breakeven in the same unit, from cost of revenue as reported.",
            "~ hash rate implied by the bitcoin mined, uptime and luck included. "
            f"{DASH} absent; the JSON says for each why.",
        ),
    )


def _cell(side: QuarterEconomics, column: int) -> str:
    metric = side.metrics[column]
    value = metric.value
    if not isinstance(value, (int, float)):
        return DASH
    if metric.name.endswith("_share"):
        return f"{value:.1%}"
    about = "~" if side.implied else ""
    return about + (f"{value / 1e6:.2f}" if metric.name.startswith("revenue_usd") else f"{value:.1f}")
