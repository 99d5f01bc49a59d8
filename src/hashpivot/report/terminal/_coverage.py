"""Coverage on the terminal: the matrix, the reports to get, and how far each company's reports reach."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from hashpivot.core import Quarter
from hashpivot.coverage import (
    CELL_PARTS,
    CompanyCoverage,
    Coverage,
    Hole,
    QuarterCoverage,
    gives_words,
    share_words,
    unlock_words,
    with_others_words,
)

from ..shared import TextTable
from ._console import add_column, add_row, new_table, print_line, print_table, print_words, show_table, styled

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_SHOWN = 12
"""Reports to get that are shown; `--missing` lists all."""
_FEW = 3
"""Companies up to which a sentence says how far the reports of each reach."""
_TICKER = 5
_BESIDE = _TICKER + 31  # columns of a row that are no quarter: ticker and the next report
_WIDE = 100  # columns from which what a report gives is shown too
_STYLES = {"A": "", "B": "", "C": "dim"}


def print_coverage(coverage: Coverage, console: Console) -> None:
    """Print the matrix of miners, the shares held, the reports to get first, and what is folded away."""
    shown, folded = _unfolded(coverage.companies)
    pages = list(_pages(coverage.window, console.width))
    for quarters in pages:
        _print_matrix(shown, quarters, console, last=quarters is pages[-1])
    print_words(console, _LEGEND)
    shares = (f"{part.heading.lower()} {share_words(coverage, part)}" for part in CELL_PARTS)
    print_words(console, f"Held of the quarters owed: {', '.join(shares)}")
    if folded:
        names = ", ".join(company.ticker for company in folded)
        print_words(console, f"Not shown: {names} (name one to see it)")
    if len(shown) <= _FEW:
        for company in shown:
            print_words(console, _sentence(str(company.newest)))
    _print_holes(coverage.holes, console)


def missing_text(holes: Sequence[Hole]) -> str:
    """The reports to get, one a line, as `hashpivot fetch` takes them."""
    return "\n".join(hole.fetch for hole in holes)


def _unfolded(
    companies: Sequence[CompanyCoverage],
) -> tuple[list[CompanyCoverage], list[CompanyCoverage]]:
    """Miners that owe or show something, and all others; all companies if there is no such miner."""
    shown = [c for c in companies if c.role == "miner" and any(q.owed or q.held for q in c.quarters)]
    if not shown or len(companies) <= _FEW:
        return list(companies), []
    return shown, [company for company in companies if company not in shown]


def _pages(window: Sequence[Quarter], width: int) -> Iterator[Sequence[Quarter]]:
    """The window in as many pieces as the terminal is too narrow for."""
    most = max(1, (width - _BESIDE) // (len(CELL_PARTS) + 2))
    for first in range(0, len(window), most):
        yield window[first : first + most]


def _print_matrix(
    companies: Sequence[CompanyCoverage], quarters: Sequence[Quarter], console: Console, *, last: bool
) -> None:
    table = new_table(padding=(0, 1, 0, 0))
    for name in ("", *map(str, quarters)):
        add_column(table, name, no_wrap=True, min_width=len(CELL_PARTS) if name else _TICKER)
    add_column(table, "Next report, due" if last else "")
    for company in companies:
        cells = [_cell(cell) for cell in company.quarters if cell.quarter in quarters]
        add_row(table, (company.ticker, *cells, _next(company) if last else ""))
    show_table(console, table, f"Coverage {quarters[0]} to {quarters[-1]}")


def coverage_table(coverage: Coverage) -> TextTable:
    """The matrix of miners, a letter for each part held."""
    shown, folded = _unfolded(coverage.companies)
    rows = tuple(
        (company.ticker, *(_cell(cell).plain for cell in company.quarters), _next(company))
        for company in shown
    )
    names = ", ".join(company.ticker for company in folded)
    notes = (_LEGEND, f"Not shown: {names}" if names else "")
    title = f"Coverage {coverage.window[0]} to {coverage.window[-1]}"
    header = ("", *map(str, coverage.window), "Next report, due")
    return TextTable(title, header, rows, left=len(header), notes=notes)


def holes_table(holes: Sequence[Hole], most: int) -> TextTable:
    """The reports to get, most answers first.

    Args:
        holes: All of them.
        most: How many are shown.
    """
    columns = _hole_columns()
    rows = tuple(tuple(write(hole) for write in columns.values()) for hole in holes[:most])
    title = f"Reports to get, {len(holes)}, most answers first"
    return TextTable(title, tuple(columns), rows, left=len(columns))


_LEGEND = (
    ", ".join(f"{part.letter} {part.heading.lower()}" for part in CELL_PARTS)
    + "; small letters: from secondary sources only; · owed and not held; blank: not owed"
)


def _cell(cell: QuarterCoverage) -> Text:
    text = styled("")
    for part in CELL_PARTS:
        held = cell.holdings[part]
        if held:
            letter = part.letter.lower() if held.best == "C" else part.letter
            text.append(letter, style=_STYLES.get(held.best, ""))
        else:
            text.append("·" if cell.owed else " ", style="dim")
    return text


def _next(company: CompanyCoverage) -> str:
    newest = company.newest
    if not newest.expected:
        return ""
    return f"{'/'.join(newest.expected.forms)} {newest.expected.quarter}, {newest.due}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def _print_holes(holes: Sequence[Hole], console: Console) -> None:
    if not holes:
        print_line(console, "No report that is due would unlock an answer.")
        return
    columns = _hole_columns()
    header = list(columns)[: len(columns) if console.width >= _WIDE else 2]
    rows = [[columns[name](hole) for name in header] for hole in holes[:_SHOWN]]
    title = f"Reports to get, {len(holes)}, most answers first"
    print_table(console, title, header, rows, left=len(header))
    if len(holes) > _SHOWN:
        print_line(console, f"{len(holes) - _SHOWN} more: hashpivot coverage --missing")


def _hole_columns() -> dict[str, Callable[[Hole], str]]:
    return {
        "Report to get": lambda hole: hole.fetch,
        "Unlocks": unlock_words,
        "With others": with_others_words,
        "Gives": gives_words,
    }
