"""Amounts asked for in people's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hashpivot.core import (
    AskedPeriod,
    Companies,
    Company,
    Figure,
    Line,
    Measure,
    Missing,
    Quarter,
    Tabular,
    UnknownCompany,
    read_measure,
    read_period,
    search_companies,
)
from hashpivot.ledger import View

_NEAR_SHOWN = 5
_LATEST_WITHIN = 8  # quarters; a balance older than two years is not what `latest` means


@dataclass(frozen=True)
class AskedAmount:
    """One amount asked for.

    Args:
        address: Its address, whether or not there is a figure.
        measure: The measure.
        line: The line of business; None for the company as a whole.
        period: The period.
        amount: The figure, or why there is none.
    """

    address: str
    measure: Measure
    line: Line | None
    period: AskedPeriod
    amount: Figure | Missing


@dataclass(frozen=True, repr=False)
class AskedAmounts(Tabular):
    """What was asked for: one amount, or one a line where the words may mean several.

    Args:
        company: The company.
        amounts: The amounts.
    """

    company: Company
    amounts: tuple[AskedAmount, ...]

    def __repr__(self) -> str:
        return f"AskedAmounts({', '.join(asked.address for asked in self.amounts)})"

    def __iter__(self) -> Iterator[AskedAmount]:
        return iter(self.amounts)

    def records(self) -> list[dict[str, Any]]:
        """One row an amount: its address, value and unit, or why there is none."""
        return [
            {
                "address": asked.address,
                "value": None,
                "unit": asked.measure.unit,
                "missing": str(asked.amount),
            }
            if isinstance(asked.amount, Missing)
            else {
                "address": asked.address,
                "value": float(asked.amount.value),
                "unit": asked.amount.unit,
                "missing": "",
            }
            for asked in self.amounts
        ]


def certain_company(companies: Companies, text: str) -> Company:
    """Return the company a text means beyond doubt.

    Raises:
        UnknownCompany: If it means none or may mean several, with those it may mean.
    """
    matches = search_companies(companies, text)
    if matches and matches[0].certain:
        return matches[0].company
    if not matches:
        return companies.find(text)
    near = " or ".join(f"{m.company.ticker} ({m.company.name})" for m in matches[:_NEAR_SHOWN])
    raise UnknownCompany(f"no company is called {text!r}", hint=f"did you mean {near}?")


def asked_period(view: View, company: Company, text: str) -> AskedPeriod:
    """Return the period that a text means for a company.

    Raises:
        InvalidInput: If it is none, with the ways to write one.
    """
    return read_period(text, company.calendar, _newest(view, company.ticker))


def _newest(view: View, ticker: str) -> Quarter | None:
    """The newest quarter with revenue of a company; else that of any figure of it, or of another company."""
    quarters = view.quarters(ticker) or [Quarter.of_period_end(figure.end) for figure in view.figures(ticker)]
    if not quarters:
        quarters = [quarter for other in view.tickers() for quarter in view.quarters(other)[-1:]]
    return max(quarters, default=None)


def asked_amounts(view: View, company: Company, measure: str, period: str, line: str = "") -> AskedAmounts:
    """Return a measure of a company in a period, or why it is not there.

    Where the words may mean several lines, those that have a figure; all of them if none has.

    Raises:
        InvalidInput: If measure, line or period cannot be read, with what is near.
    """
    asked = read_measure(measure, line)
    when = asked_period(view, company, period)
    amounts = [_amount(view, company, asked.measure, of, when) for of in asked.lines or (None,)]
    known = [each for each in amounts if isinstance(each.amount, Figure)]
    return AskedAmounts(company, tuple(known or amounts))


def _amount(
    view: View, company: Company, measure: Measure, line: Line | None, when: AskedPeriod
) -> AskedAmount:
    if not when.latest:
        return _of_period(view, company, measure, line, when)
    newest = Quarter.of_period_end(when.end)
    # a balance or an operating update may be newer than the newest revenue
    tries = [newest + 1, *(newest - back for back in range(_LATEST_WITHIN))]
    asked = (_of_period(view, company, measure, line, _at(company, quarter)) for quarter in tries)
    known = next((each for each in asked if isinstance(each.amount, Figure)), None)
    return known or _of_period(view, company, measure, line, when)


def _at(company: Company, quarter: Quarter) -> AskedPeriod:
    start, end = company.calendar.bounds(quarter)
    reading = f"the newest quarter it is known of: {quarter}"
    return AskedPeriod(start, end, quarter, company.calendar.label(start, end), reading=reading)


def _of_period(
    view: View, company: Company, measure: Measure, line: Line | None, when: AskedPeriod
) -> AskedAmount:
    address = f"{company.ticker}/{_period(measure, when)}/{measure.name}/{line or 'total'}"
    return AskedAmount(address, measure, line, when, view.amount(address))


def _period(measure: Measure, when: AskedPeriod) -> str:
    """The period as the address has it: of a balance the end of what was asked for."""
    if measure.flow or when.instant:
        return when.label
    quarter = when.quarter
    if quarter is None and when.fiscal.startswith(("FY", "6M", "9M", "TP")):
        quarter = Quarter.of_period_end(when.end)
    return str(quarter) if quarter else when.end.isoformat()
