"""Statements of a text, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hashpivot.guidance import (
    ContractMention,
    Disclosures,
    Preliminary,
    RiskMention,
    Target,
    amount_text,
    range_text,
)

from ._console import add_column, add_row, new_table, print_line, show_table

if TYPE_CHECKING:
    from rich.console import Console

_TARGETS = ("Metric", "Value", "Due", "Stance", "Place", "Excerpt")
_CONTRACTS = ("Counterparty", "Size", "Years", "Value", "Place", "Excerpt")
_PRELIMINARY = ("Measure", "From", "To", "USD", "Place", "Excerpt")
_FLAGS = ("Flag", "Named", "Sentences", "Place", "Excerpt")


def print_statements(statements: Disclosures, console: Console) -> None:
    """Print what a text states, one table a kind; a line says so where there is nothing of it."""
    _print("Targets", _TARGETS, map(_target, statements.targets), console)
    if statements.withdrawals:
        _print("Withdrawn", _TARGETS, map(_target, statements.withdrawals), console)
    _print("Contracts", _CONTRACTS, map(_contract, statements.contracts), console)
    _print("Risks stated", _FLAGS, map(_flag, statements.flags), console)
    if statements.preliminary:
        print_preliminary(statements.preliminary, console)


def print_preliminary(results: Iterable[Preliminary], console: Console) -> None:
    """Print results announced before the books are closed."""
    _print("Preliminary results", _PRELIMINARY, map(_preliminary, results), console)


def _target(target: Target) -> Sequence[str]:
    return (
        target.metric.replace("_", " "), amount_text(target), str(target.due or "none given"),
        target.stance.value, str(target.locator), target.excerpt,
    )  # fmt: skip


def _contract(contract: ContractMention) -> Sequence[str]:
    power = contract.mw_critical_it or contract.mw
    sizes = (f"{power:,f} mw" if power else "", f"{contract.gpus:,f} gpus" if contract.gpus else "")
    return (
        contract.counterparty, ", ".join(filter(None, sizes)),
        f"{contract.term_years:f}" if contract.term_years else "",
        f"{contract.value_usd:,.0f} usd" if contract.value_usd else "", contract.locator, contract.excerpt,
    )  # fmt: skip


def _preliminary(result: Preliminary) -> Sequence[str]:
    return (
        result.measure.replace("_", " "), str(result.start or ""), str(result.end),
        range_text(result.low, result.high), result.locator, result.excerpt,
    )  # fmt: skip


def _flag(flag: RiskMention) -> Sequence[str]:
    named = "" if flag.name == flag.kind else flag.name
    return flag.kind.replace("_", " "), named, str(flag.count), flag.locator, flag.excerpt


def _print(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], console: Console) -> None:
    table = new_table()
    for name in header:
        add_column(table, name, overflow="fold", ratio=1 if name == "Excerpt" else None)
    for row in rows:
        add_row(table, row)
    if table.row_count:
        show_table(console, table, title)
    else:
        print_line(console, f"{title}: none found")
