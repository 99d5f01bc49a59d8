"""The coverage's HTML page: the matrix, the reports to get, how far each company's reports reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hashpivot.core import Quarter, write_text
from hashpivot.coverage import (
    CELL_PARTS,
    CompanyCoverage,
    Coverage,
    Hole,
    Part,
    QuarterCoverage,
    cell_words,
    gives_words,
    share_words,
    unlock_words,
    with_others_words,
)

from ..shared import PageBody, PageHead, clean, render_body, render_page

_SHOWN = 40
"""Reports to get that stand on the page; a command lists all."""


def render_coverage(coverage: Coverage) -> str:
    """Render the page as text: no script, nothing loaded, the same bytes each time.

    Args:
        coverage: The coverage.
    """
    return render_page("coverage.html.j2", coverage_head(coverage), _page(coverage), style="coverage.css")


def coverage_body(coverage: Coverage, address_of: Callable[[str], str]) -> PageBody:
    """Render what `render_coverage` does without its frame, to be served.

    Args:
        coverage: The coverage.
        address_of: Address of a company's page, by ticker.
    """
    page = _page(coverage)
    page["links"] = {row.ticker: address_of(row.ticker) for row in (*page["rows"], *page["others"])}
    return render_body("coverage.html.j2", coverage_head(coverage), page, style="coverage.css")


def write_coverage(coverage: Coverage, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_coverage(coverage), Path(path))


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One quarter of one company.

    Args:
        words: All that is held, for the tooltip.
        state: `owed` or `free`.
        marks: The grade of each part: `a`, `b`, `c`, or `none`.
    """

    words: str
    state: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One company.

    Args:
        ticker: The company.
        name: Its name.
        cells: Its quarters.
        total, lines: Quarters owed with a total, and with revenue by line: `7 of 9`.
        newest: How far its reports reach, in one sentence.
    """

    ticker: str
    name: str
    cells: tuple[MatrixCell, ...]
    total: str
    lines: str
    newest: str


def coverage_head(coverage: Coverage) -> PageHead:
    """Return what stands at the top of the page."""
    span = f"{coverage.window[0]} to {coverage.window[-1]}"
    return PageHead(
        page="Coverage",
        name=f"Coverage {span}: what the ledger holds",
        title=_title(coverage),
        lede=_lede(coverage),
        meta=(span, f"deadlines passed by {coverage.day}", "grades: A filing, B release, C secondary"),
    )


def _lede(coverage: Coverage) -> str:
    if not coverage.holes:
        return "No report that is due would unlock an answer."
    first = coverage.holes[0]
    return (
        f"{len(coverage.holes)} reports that are due were not read and would unlock answers. The first, "
        f"{clean(first.fetch)}, unlocks {unlock_words(first)}."
    )


def _page(coverage: Coverage) -> dict[str, Any]:
    miners = [company for company in coverage.companies if company.role == "miner"]
    reporting = [company for company in miners if any(cell.owed or cell.held for cell in company.quarters)]
    others = [company for company in coverage.companies if company not in reporting]
    return {
        "quarters": [_year_apart(quarter) for quarter in coverage.window],
        "parts": [part.heading for part in CELL_PARTS],
        "shares": [
            (part.heading, share_words(coverage, part), _percent(coverage, part)) for part in CELL_PARTS
        ],
        "rows": [_row(company) for company in reporting],
        "others": [_row(company) for company in others],
        "holes": [_hole(hole) for hole in coverage.holes[:_SHOWN]],
        "links": {},
        "more": max(0, len(coverage.holes) - _SHOWN),
    }


def _title(coverage: Coverage) -> str:
    total, owed = coverage.share(Part.TOTAL)
    lines, _ = coverage.share(Part.LINES)
    if not owed:
        return "No report is owed in these quarters"
    return f"{total / owed:.0%} of the quarters owed have a total, {lines / owed:.0%} revenue by line"


def _percent(coverage: Coverage, part: Part) -> str:
    held, owed = coverage.share(part)
    return f"{held / owed:.0%}" if owed else "–"


def _year_apart(quarter: Quarter) -> tuple[str, str]:
    """Year and quarter apart: a phone writes them below one another."""
    return str(quarter.year), f"Q{quarter.number}"


def _row(company: CompanyCoverage) -> MatrixRow:
    counts = {part: "{} of {}".format(*company.share(part)) for part in (Part.TOTAL, Part.LINES)}
    newest = str(company.newest)
    return MatrixRow(
        clean(company.ticker),
        clean(company.name),
        tuple(_cell(company.ticker, cell) for cell in company.quarters),
        counts[Part.TOTAL],
        counts[Part.LINES],
        clean(newest[:1].upper() + newest[1:]),
    )


def _cell(ticker: str, cell: QuarterCoverage) -> MatrixCell:
    marks = tuple(cell.holdings[part].best.lower() or "none" for part in CELL_PARTS)
    state = "owed" if cell.owed or cell.held else "free"
    return MatrixCell(clean(cell_words(ticker, cell)), state, marks)


def _hole(hole: Hole) -> dict[str, str]:
    return {
        "fetch": clean(hole.fetch),
        "fiscal": hole.report.fiscal,
        "due": hole.due.isoformat(),
        "gives": gives_words(hole),
        "unlocks": unlock_words(hole),
        "others": with_others_words(hole),
    }
