"""What a file says in figures, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hashpivot.lines import PeriodReading, Reading

from ._console import print_line, print_table

if TYPE_CHECKING:
    from rich.console import Console


def print_reading(reading: Reading, console: Console) -> None:
    """Print the lines of every period; of a file without periods, its figures.

    Warnings are not printed, since a document's text may be shown before them: `print_warnings`.
    """
    name = reading.company.get("name") or reading.file
    end = reading.document_period_end or "not stated"
    print_line(console, f"{name}  {reading.source.form}  period end {end}")
    for period in reading.periods:
        _print_period(period, console)
    if not reading.periods:
        _print_figures(reading, console)


def print_warnings(reading: Reading, console: Console) -> None:
    """Print what could not be read as it should, one line each."""
    for warning in reading.warnings:
        print_line(console, f"  warning: {warning}")


def _print_figures(reading: Reading, console: Console) -> None:
    """Print what a file without income statement says, such as a production update; the latest first."""
    rows = [
        (figure.measure, figure.period, figure.label, f"{figure.value:,f}", figure.unit, str(figure.locator))
        for figure in sorted(reading.figures(), key=lambda figure: figure.end, reverse=True)
    ]
    if rows:
        header = ("Measure", "Period", "Label", "Value", "Unit", "Where")
        print_table(console, "Figures", header, rows, left=3)


def _print_period(period: PeriodReading, console: Console) -> None:
    quarter = f" = {period.quarter}" if period.quarter else ""
    parts = (("revenue", period.revenue.rows), ("cost of revenue", period.cost.rows if period.cost else ()))
    rows = [
        (measure, str(row.target), row.label, f"{row.value:,.0f}", str(row.fact.locator))
        for measure, attributed in parts
        for row in attributed
    ]
    if period.revenue.eliminations:
        rows.append(("revenue", "", "eliminations", f"{period.revenue.eliminations:,.0f}", ""))
    if not period.revenue.ties:
        rows.append(("revenue", "", "unattributed", f"{period.revenue.unattributed:,.0f}", ""))
    ties = "ties" if period.revenue.ties else "does not tie"
    rows.append(("revenue", "", "total", f"{period.total_revenue:,.0f}", ties))
    title = f"{period.start} to {period.end}, {period.months} months{quarter}"
    print_table(console, title, ("Measure", "Line", "Label", "USD", "Where"), rows, left=3)
