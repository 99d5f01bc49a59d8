"""A number with its source in one line, to copy."""

from __future__ import annotations

import re
from datetime import timedelta

from hashpivot.core import Company, Figure, LabelLocator, Source
from hashpivot.ledger import Trace

from ..shared import clean, figure_title, format_figure

_OPERAND = re.compile(r"\{(\d{1,3})\}")
_BETWEEN = {"-": "less", "+": "plus", "*": "times", "/": "divided by"}
_LONGEST_LABEL = 60
_ANNUAL = ("10-K", "20-F", "40-F")
_NOT_READ = {"B": " as a release gives it (grade B)", "C": " as a secondary page gives it (grade C)"}


def quote_of(trace: Trace, company: Company | None) -> str:
    """`$8,521,000, CORZ 2024Q4 Revenue, AI colocation, derived from 10-K FY2024 less 8-K FQ3 2025 (ADDRESS)`.

    Args:
        trace: The number's.
        company: Whose it is, for the fiscal names of its reports.
    """
    figure = trace.figure
    said = "derived from" if trace.operands else "reported in"
    what = f"{clean(figure.ticker)} {figure.period} {figure_title(figure)}"
    return f"{format_figure(figure)}, {what}, {said} {_sources(trace, company)} ({clean(figure.id)})"


def words_between(formula: str, operands: int) -> list[str]:
    """What stands before each operand of a formula, in words: `less`, `plus`; other formulas as written."""
    words = [""] * operands
    end = 0
    for found in _OPERAND.finditer(formula):
        number, text = int(found[1]), formula[end : found.start()].strip()
        end = found.end()
        if number < operands:
            words[number] = _BETWEEN.get(text, clean(text) if number else "")
    return words


def fiscal_period(figure: Figure, company: Company | None) -> str:
    """How the company calls a figure's period; empty if unknown or an instant."""
    return company.calendar.label(figure.start, figure.end) if company and figure.start else ""


def _sources(trace: Trace, company: Company | None) -> str:
    if not trace.operands:
        return _source(trace.source, trace.figure, company)
    words = words_between(trace.figure.formula, len(trace.operands))
    parts = [_sources(operand, company) for operand in trace.operands]
    if set(words[1:]) <= set(_BETWEEN.values()):
        return " ".join(f"{word} {part}".strip() for word, part in zip(words, parts, strict=True))
    return " and ".join(dict.fromkeys(parts))


def _source(source: Source | None, figure: Figure, company: Company | None) -> str:
    """`10-K FY2024 “Total HPC hosting revenue”`: form, fiscal period, row, who else gives it."""
    if source is None:
        return "no source"
    label = figure.locator.label if isinstance(figure.locator, LabelLocator) else figure.label
    row = f" “{clean(label, _LONGEST_LABEL)}”" if label else ""
    if not source.form:
        return f"{clean(source.title)}{row}"
    return f"{clean(source.form)} {_period(source, figure, company)}{row}{_NOT_READ.get(source.grade, '')}"


def _period(source: Source, figure: Figure, company: Company | None) -> str:
    """The fiscal period a report is on: an annual one's year, else its quarter; its end without a company."""
    end = source.period_end or figure.end
    if company is None:
        return end.isoformat()
    first, _ = company.calendar.year_of(end)
    begins = [first, *(day + timedelta(days=1) for day in company.calendar.quarter_ends(end))]
    quarter = max(day for day in begins if day <= end)
    return company.calendar.label(first if source.form.startswith(_ANNUAL) else quarter, end)
