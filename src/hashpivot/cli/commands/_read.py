"""`hashpivot read`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..shared import (
    complain,
    filed_option,
    files_argument,
    json_option,
    print_json,
    print_preliminary,
    print_statements,
    print_table,
    ticker_option,
    with_progress,
)

if TYPE_CHECKING:
    from hashpivot.lines import PeriodReading, Reading

    from ..._document import Document

_EPILOG = """
\b
Examples:
  hashpivot read riot-20240630x10q.htm
  hashpivot read *.htm.gz --json
  hashpivot read call.txt --statements --ticker RIOT --filed 2025-10-30
"""


@click.command("read", epilog=_EPILOG)
@files_argument
@click.option(
    "--statements",
    is_flag=True,
    help="Show targets, contracts and risks its text states, each with its place.",
)
@filed_option
@ticker_option
@json_option
def command(
    files: tuple[Path, ...], statements: bool, filed: date | None, ticker: str, as_json: bool
) -> None:
    """What one or more filings say, by line and period. Nothing is stored.

    Of a monthly or quarterly production update the operating figures are shown.

    FILE is inline XBRL (.htm), an XBRL instance (.xml) or an EDGAR full submission (.txt), each also as .gz;
    with --ticker and --filed also a text without figures, such as a transcript.
    """
    from hashpivot.core import HashpivotError

    answers: list[dict[str, Any]] = []
    failed = False
    for path in with_progress(files, "Reading"):
        try:
            document = _read(path, statements, filed, ticker)
        except HashpivotError as error:
            failed = True
            answers.append({"source": {"file": str(path)}, "error": error.to_dict()})
            complain(error)
            continue
        answers.append(_to_dict(document, statements))
        if not as_json:
            _print(document, statements)
    if as_json:
        print_json({"readings": answers})
    if failed:
        raise SystemExit(1)


def _read(path: Path, statements: bool, filed: date | None, ticker: str) -> Document:
    """The file; its text too if it is asked for, or if there is no income statement to show."""
    from ..._document import Document, read_document, read_figures

    figures = None if statements else read_figures(path, ticker=ticker, filed=filed)
    if figures is None or not figures.periods:
        return read_document(path, ticker=ticker, filed=filed)
    return Document(figures, None)


def _to_dict(document: Document, statements: bool) -> dict[str, Any]:
    said = document.statements
    answer = document.reading.to_dict()
    if said is None:
        return answer
    told = said.to_dict()
    if statements:
        return answer | {"statements": told}
    return answer | ({"preliminary": told["preliminary"]} if told["preliminary"] else {})


def _print(document: Document, statements: bool) -> None:
    reading = document.reading
    name = reading.company.get("name") or reading.file
    click.echo(f"{name}  {reading.source.form}  period end {reading.document_period_end or 'not stated'}")
    for period in reading.periods:
        _print_period(period)
    if not reading.periods:
        _print_figures(reading)
    said = document.statements
    if said is not None and statements:
        print_statements(said)
    elif said is not None and said.preliminary:
        print_preliminary(said.preliminary)
    for warning in reading.warnings:
        click.echo(f"  warning: {warning}")


def _print_figures(reading: Reading) -> None:
    """What a file without income statement says, such as a production update; the latest first."""
    rows = [
        (figure.measure, figure.period, figure.label, f"{figure.value:,f}", figure.unit, figure.locator)
        for figure in sorted(reading.figures(), key=lambda figure: figure.end, reverse=True)
    ]
    if rows:
        print_table("Figures", ("Measure", "Period", "Label", "Value", "Unit", "Where"), rows, left=3)


def _print_period(period: PeriodReading) -> None:
    quarter = f" = {period.quarter}" if period.quarter else ""
    parts = (("revenue", period.revenue.rows), ("cost of revenue", period.cost.rows if period.cost else ()))
    rows = [
        (measure, str(row.target), row.label, f"{row.value:,.0f}", row.fact.locator)
        for measure, found in parts
        for row in found
    ]
    if period.revenue.eliminations:
        rows.append(("revenue", "", "eliminations", f"{period.revenue.eliminations:,.0f}", ""))
    if not period.revenue.ties:
        rows.append(("revenue", "", "unattributed", f"{period.revenue.unattributed:,.0f}", ""))
    ties = "ties" if period.revenue.ties else "does not tie"
    rows.append(("revenue", "", "total", f"{period.total_revenue:,.0f}", ties))
    title = f"{period.start} to {period.end}, {period.months} months{quarter}"
    print_table(title, ("Measure", "Line", "Label", "USD", "Where"), rows, left=3)
