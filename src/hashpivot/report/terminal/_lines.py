"""A company's lines of business on the terminal, and what was restated of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from hashpivot.core import Absence, Figure, Kind, Line, Missing
from hashpivot.ledger import QuarterLines, Restatement

from ..shared import TextTable, absence_words
from ._console import DASH, print_line, print_text_table

if TYPE_CHECKING:
    from rich.console import Console

_MILLION = 1_000_000
_COUNTED = Absence.NOT_DERIVABLE
"""The kind of absence whose reasons are printed; the others are counted."""


def print_lines(
    ticker: str,
    quarters: Sequence[QuarterLines],
    console: Console,
    gaps: Mapping[str, Missing] = MappingProxyType({}),
    notes: Sequence[str] = (),
) -> None:
    """Print revenue and gross profit by line, a row a quarter; derived amounts carry a star.

    Args:
        ticker: The company.
        quarters: Its quarters; none prints no table.
        console: Where.
        gaps: Why amounts are missing, by address; those of whole quarters are printed.
        notes: Sentences on what does not add up.
    """
    if quarters:
        for table in lines_tables(ticker, quarters):
            print_text_table(console, table)
        print_line(console, f"{DASH} absent; --json says for each why.")
    whole = {
        address: why for address, why in gaps.items() if address.count("/") == 2 and why.code == _COUNTED
    }
    counted = absence_words(gaps.values())
    if counted:
        print_line(
            console, f"– {counted}; hashpivot coverage {ticker} lists the reports that would give them"
        )
    if whole:
        print_line(console, f"{ticker}: quarters that cannot be derived")
    for address, why in whole.items():
        if not (address.endswith("/revenue") and f"{address[:-7]}total_revenue" in whole):
            print_line(console, f"  {why.reason}")
    for note in notes:
        print_line(console, f"  note: {note}")


def lines_tables(ticker: str, quarters: Sequence[QuarterLines]) -> tuple[TextTable, ...]:
    """Revenue and gross profit by line, a row a quarter; one without any line has a note in place of rows."""
    tables = []
    for measure, title in (("revenue", "Revenue"), ("gross_profit", "Gross profit")):
        used = [line for line in Line if any(line in getattr(q, measure) for q in quarters)]
        if measure == "gross_profit" and not used:
            none = "Gross profit: no cost of revenue by line is in the ledger."
            tables.append(TextTable(title, (), (), notes=(none,)))
            continue
        header = ("Quarter", *(line.heading for line in used), *(("Total",) if measure == "revenue" else ()))
        rows = tuple(tuple(_row(quarter, measure, used)) for quarter in quarters)
        tables.append(TextTable(f"{ticker}: {title}, USD million (* derived)", header, rows))
    return tuple(tables)


def print_restated(ticker: str, restatements: Sequence[Restatement], console: Console) -> None:
    """Print amounts that were reported again otherwise: first and latest value, each with its day."""
    print_text_table(console, restated_table(ticker, restatements))


def restated_table(ticker: str, restatements: Sequence[Restatement]) -> TextTable:
    """Amounts that were reported again otherwise: first and latest value, each with its day."""
    header = ("Quarter", "Measure", "Line", "First", "known", "Now", "known", "Change")
    rows = tuple(
        (
            str(restated.quarter),
            restated.latest.measure.replace("_", " "),
            str(restated.latest.line or "total"),
            f"{restated.first.value / _MILLION:,.1f}",
            str(restated.first.known),
            f"{restated.latest.value / _MILLION:,.1f}",
            str(restated.latest.known),
            f"{(restated.latest.value - restated.first.value) / _MILLION:+,.1f}",
        )
        for restated in restatements
    )
    none = "No quarterly amount has changed by more than its rounding since it was first reported."
    title = f"{ticker}: amounts reported again otherwise, USD million"
    return TextTable(title, header, rows, left=3, notes=() if rows else (none,))


def _row(quarter: QuarterLines, measure: str, used: list[Line]) -> list[str]:
    by_line = getattr(quarter, measure)
    cells = [_cell(by_line.get(line)) for line in used]
    return [str(quarter.quarter), *cells, *([_cell(quarter.total_revenue)] if measure == "revenue" else [])]


def _cell(figure: Figure | Missing | None) -> str:
    if not isinstance(figure, Figure):
        return "" if figure is None else DASH
    star = "*" if figure.kind is Kind.DERIVED and figure.measure != "gross_profit" else ""
    return f"{figure.value / _MILLION:,.1f}{star}"
