"""Filers that data sets tell of, on the terminal, and the tables a page shows too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from hashpivot.discover import (
    LIMITS,
    Category,
    ContractedAmount,
    Discovery,
    Filer,
    LineAmount,
    LineEvidence,
)

from ..shared import TextTable
from ..terminal import DASH, print_text_table, print_words

if TYPE_CHECKING:
    from rich.console import Console

_MOST_PROBLEMS = 5
_COARSE = 1_000_000


def print_discovery(
    discovery: Discovery, filers: Sequence[Filer], left_out: Mapping[str, int], console: Console
) -> None:
    """Print filers by category, the evidence of each line, and what the data sets cannot show.

    Args:
        discovery: All that was found.
        filers: Those to show.
        left_out: How many others there are of each category.
        console: Where.
    """
    print_words(console, discovery_words(discovery, filers), "bold")
    for table in (*filer_tables(filers), *evidence_tables(filers), *contract_tables(filers)):
        print_text_table(console, table)
    for words in discovery_notes(discovery, filers, left_out):
        print_words(console, words)


def discovery_words(discovery: Discovery, filers: Sequence[Filer]) -> str:
    """What was found, in one sentence."""
    filings = sum(one.filings for one in discovery.sets)
    read = f"{filings:,} filings in {len(discovery.sets)} data set{'s' * (len(discovery.sets) != 1)}"
    pivoting = [filer for filer in filers if filer.category is Category.PIVOTING]
    if not pivoting:
        return f"No filer is pivoting in {read}"
    new = sum(1 for filer in pivoting if not filer.listed_as)
    are = "filer is" if len(pivoting) == 1 else "filers are"
    return f"{len(pivoting)} {are} pivoting in {read}; {new or 'none'} of them listed by nobody"


def filer_tables(filers: Sequence[Filer]) -> tuple[TextTable, ...]:
    """The filers of each category, best evidence first."""
    header = ("CIK", "Filer", "Followed", "First seen", "Period", "Of revenue", "Growth", "Amount")
    return tuple(
        TextTable(category.heading, header, tuple(_row(filer) for filer in members), left=5)
        for category in Category
        if (members := [filer for filer in filers if filer.category is category])
    )


def evidence_tables(filers: Sequence[Filer]) -> tuple[TextTable, ...]:
    """Every line with the row of the filing it stands in."""
    header = ("Filer", "Line", "First seen", "Newest", "Amount", "Row", "Filing", "Tag")
    rows = tuple(_evidence(filer, one) for filer in filers for one in filer.lines)
    return (TextTable("Evidence", header, rows, left=len(header)),) if rows else ()


def contract_tables(filers: Sequence[Filer]) -> tuple[TextTable, ...]:
    """AI hosting that is contracted and not yet earned."""
    header = ("Filer", "At the end of", "Amount", "Row", "Filing", "Tag")
    rows = tuple(_contract(filer, one) for filer in filers for one in filer.contracts)
    return (
        (TextTable("AI hosting contracted, not yet earned", header, rows, left=len(header)),) if rows else ()
    )


def discovery_notes(
    discovery: Discovery, filers: Sequence[Filer], left_out: Mapping[str, int]
) -> tuple[str, ...]:
    """What is not shown, what was left out, what the data sets cannot show, and how to follow a filer."""
    others = [f"{count} of {Category(name).heading}" for name, count in left_out.items()]
    problems = [*discovery.problems, *(f"{one.name}: {text}" for one in filers for text in one.problems)]
    more = len(problems) - _MOST_PROBLEMS
    new = next((filer for filer in filers if not filer.listed_as), None)
    return (
        *([f"Not shown: {', '.join(others)}; --all shows them."] if others else []),
        *(f"{problem}." for problem in problems[:_MOST_PROBLEMS]),
        *([f"{more} more such lines are in --json."] if more > 0 else []),
        *LIMITS,
        *([f"Follow one: the same command with --follow {new.cik}={new.symbol or 'TICKER'}"] if new else []),
    )


def _row(filer: Filer) -> tuple[str, ...]:
    quiet = "" if filer.is_recent else " (nothing in the last year)"
    return (
        filer.cik,
        filer.name,
        filer.listed_as or "no",
        str(filer.pivot_quarter),
        f"{filer.current[0].period}{quiet}",
        _percent(filer.current_share),
        _percent(filer.growth, "+"),
        _money(filer.current_value, filer.current[0].currency),
    )


def _evidence(filer: Filer, one: LineEvidence) -> tuple[str, ...]:
    latest = one.latest
    return (
        filer.name,
        one.line.heading,
        str(one.first.quarter),
        latest.period,
        _money(latest.value, latest.currency),
        latest.label + (f" ({latest.note})" if latest.note else ""),
        f"{latest.form} {latest.accession}",
        _tag(latest),
    )


def _contract(filer: Filer, one: ContractedAmount) -> tuple[str, ...]:
    return (
        filer.name,
        str(one.quarter),
        _money(one.value, one.currency),
        one.label,
        f"{one.form} {one.accession}",
        _tag(one),
    )


def _tag(amount: LineAmount | ContractedAmount) -> str:
    return f"{amount.tag} {amount.segments}".strip().rstrip(";")


def _percent(share: float | None, sign: str = "") -> str:
    return DASH if share is None else f"{share:{sign}.1%}"


def _money(value: Decimal, currency: str) -> str:
    """In millions, or in units where a tenth of a million would be too coarse."""
    return f"{value:,.0f} {currency}" if abs(value) < _COARSE else f"{value / 1_000_000:,.1f}m {currency}"
