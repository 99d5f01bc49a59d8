"""The season's HTML page: one self-contained file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

from hashpivot.core import InvalidInput, write_text

from ..shared import (
    PageBody,
    PageHead,
    SeasonReport,
    TraceAddress,
    clean,
    linked_parts,
    render_body,
    render_page,
)
from ._season_page import SeasonPage, season_page

_TEMPLATE = "season.html.j2"


def render_html(report: SeasonReport) -> str:
    """Render the page of a season as text.

    The page needs no script and loads nothing; text from filings is escaped, and only http and https
    addresses become links. The same report gives the same page to the last byte.

    Args:
        report: The season with what it is compared with: `Desk.season_report`.

    Raises:
        InvalidInput: If it is a season without its report.
    """
    if not isinstance(report, SeasonReport):
        raise InvalidInput(
            f"a page needs a season's report, not {type(report).__name__}",
            hint='write render_html(desk.season_report("2024Q4"))',
        )
    head, page = season_page(report)
    return render_page(_TEMPLATE, head, page)


def season_bodies(
    report: SeasonReport, address_of: Callable[[str], str], trace_of: TraceAddress | None = None
) -> dict[str, PageBody]:
    """Render the page of a season in parts, to be served: the summary, and each company.

    The nowcast is no part: it has a page of its own.

    Args:
        report: As `render_html`; its nowcast is not shown.
        address_of: Address of the part of a company, by ticker; of the summary for an empty text.
        trace_of: Address of the trace of some figures, where numbers lead; if not given, each company has
            its evidence on its part.

    Returns:
        The parts by ticker; the summary under an empty text.
    """
    head, page = season_page(report, trace_of)
    summary = replace(page, companies=[], sections=("summary", "method"))
    panels = {panel.name: panel.chart for panel in page.panels if panel.chart}
    parts = {"": render_body(_TEMPLATE, head, summary, charts=panels)}
    tickers = {clean(company.ticker): company.ticker for company in report.season.companies}
    for shown in page.companies:
        alone = replace(page, lede=[], companies=[shown], sections=())
        parts[tickers[shown.ticker]] = render_body(
            _TEMPLATE, _head_of(shown.ticker, shown.name, head, page), alone, charts=shown.charts
        )
    linked = linked_parts({escape(address_of(name)): part for name, part in parts.items()})
    return dict(zip(parts, linked.values(), strict=True))


def _head_of(ticker: str, name: str, head: PageHead, page: SeasonPage) -> PageHead:
    """The head of one company's part."""
    title = f"{name} in {page.quarter}: four answers and their evidence"
    return replace(head, name=f"{ticker} {page.quarter}", title=title, lede="", meta=head.meta[:1])


def write_html(report: SeasonReport, path: str | Path) -> Path:
    """Write the page to a file, whole or not at all, and return the file's path.

    Raises:
        InvalidInput: As `render_html`.
        UnwritableFile: If `path` is a folder or cannot be written; what it held before is untouched.
    """
    return write_text(render_html(report), Path(path))
