"""`hashpivot read`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ._common import complain, files_argument, json_option, print_json, print_table, with_progress

if TYPE_CHECKING:
    from hashpivot.lines import PeriodReading, Reading

_EPILOG = """
\b
Examples:
  hashpivot read riot-20240630x10q.htm
  hashpivot read *.htm.gz --json
"""


@click.command("read", epilog=_EPILOG)
@files_argument
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> None:
    """What one or more filings say, by line and period. Nothing is stored.

    FILE is inline XBRL (.htm), an XBRL instance (.xml) or an EDGAR full submission (.txt), each also as .gz.
    """
    from hashpivot.core import HashpivotError
    from hashpivot.lines import read

    answers: list[dict[str, Any]] = []
    failed = False
    for path in with_progress(files, "Reading"):
        try:
            reading = read(path)
        except HashpivotError as error:
            failed = True
            answers.append({"source": {"file": str(path)}, "error": error.to_dict()})
            complain(error)
            continue
        answers.append(reading.to_dict())
        if not as_json:
            _print(reading)
    if as_json:
        print_json({"readings": answers})
    if failed:
        raise SystemExit(1)


def _print(reading: Reading) -> None:
    name = reading.company.get("name") or reading.file
    click.echo(f"{name}  {reading.source.form}  period end {reading.document_period_end or 'not stated'}")
    for period in reading.periods:
        _print_period(period)
    for warning in reading.warnings:
        click.echo(f"  warning: {warning}")


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
