"""Statements of a text, on the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from ._common import console

if TYPE_CHECKING:
    from hashpivot.guidance import ContractMention, Flag, Preliminary, Statements, Target

_TARGETS = ("Metric", "Value", "Due", "Stance", "Place", "Excerpt")
_CONTRACTS = ("Counterparty", "Size", "Years", "Value", "Place", "Excerpt")
_PRELIMINARY = ("Measure", "From", "To", "USD", "Place", "Excerpt")
_FLAGS = ("Flag", "Named", "Sentences", "Place", "Excerpt")


def print_statements(found: Statements) -> None:
    """Print what a text states, one table a kind; a line says so where there is nothing of it."""
    _print("Targets", _TARGETS, map(_target, found.targets))
    if found.withdrawals:
        _print("Withdrawn", _TARGETS, map(_target, found.withdrawals))
    _print("Contracts", _CONTRACTS, map(_contract, found.contracts))
    _print("Risks stated", _FLAGS, map(_flag, found.flags))
    if found.preliminary:
        print_preliminary(found.preliminary)


def print_preliminary(found: Iterable[Preliminary]) -> None:
    """Print results told before the books are closed."""
    _print("Preliminary results", _PRELIMINARY, map(_preliminary, found))


def _target(target: Target) -> Sequence[str]:
    from hashpivot.guidance import amount_text

    return (
        target.metric.replace("_", " "), amount_text(target), str(target.due or "none given"),
        target.stance.value, target.locator, target.excerpt,
    )  # fmt: skip


def _contract(found: ContractMention) -> Sequence[str]:
    power = found.mw_critical_it or found.mw
    sizes = (f"{power:,f} mw" if power else "", f"{found.gpus:,f} gpus" if found.gpus else "")
    return (
        found.counterparty, ", ".join(filter(None, sizes)),
        f"{found.term_years:f}" if found.term_years else "",
        f"{found.value_usd:,.0f} usd" if found.value_usd else "", found.locator, found.excerpt,
    )  # fmt: skip


def _preliminary(found: Preliminary) -> Sequence[str]:
    from hashpivot.guidance import range_text

    return (
        found.measure.replace("_", " "), str(found.start or ""), str(found.end),
        range_text(found.low, found.high), found.locator, found.excerpt,
    )  # fmt: skip


def _flag(flag: Flag) -> Sequence[str]:
    named = "" if flag.name == flag.kind else flag.name
    return flag.kind.replace("_", " "), named, str(flag.count), flag.locator, flag.excerpt


def _print(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(name, overflow="fold", ratio=1 if name == "Excerpt" else None)
    for row in rows:
        table.add_row(*(Text(_inert(cell)) for cell in row))
    if not table.row_count:
        click.echo(f"{title}: none found")
        return
    out = console()
    out.print(Text(title, style="bold"))
    out.print(table)


def _inert(text: str) -> str:
    """The text without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() else " " for char in text)
