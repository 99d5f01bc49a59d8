"""An outlook as a workbook: inputs live, quantiles as values."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from hashpivot.core import write_bytes
from hashpivot.ledger import View
from hashpivot.outlook import (
    Calibration,
    Outlook,
    OutlookCase,
    OutlookSummary,
    listed_inputs,
    with_numbers,
)

from ..workbook import Book
from ._contracts import contracts_sheet
from ._inputs import InputCells
from ._live_sheet import LiveMarket, live_sheet
from ._results import answers_sheet, lines_sheet, market_sheet

_COMPARED = {
    "revenue_usd": "Revenue, median",
    "gross_profit_usd": "Gross profit, median",
    "adjusted_ebitda_usd": "Adjusted EBITDA, median",
    "cash_usd": "Cash, median",
}


def outlook_workbook(found: Outlook, calibration: Calibration, view: View | None = None) -> bytes:
    """An outlook as an Excel workbook.

    Sheets: answers, a live model in formulas, every input with its origin, contracts, lines, market. The
    same outlook gives the same bytes.

    Args:
        found: The outlook.
        calibration: Its inputs' origins.
        view: Finds the filings of figures that inputs come from; without it only their ids are shown.

    Raises:
        FormulaError: If a formula of the live model cannot be written.
    """
    return workbook_of(found.case, found.summary, calibration, view)


def write_outlook_workbook(
    found: Outlook, calibration: Calibration, path: Path, view: View | None = None
) -> Path:
    """Write `outlook_workbook` to a file, whole or not at all.

    Raises:
        UnwritableFile: If the file cannot be written; what it held before is untouched.
    """
    return write_bytes(outlook_workbook(found, calibration, view), path)


def workbook_of(
    case: OutlookCase, results: OutlookSummary, calibration: Calibration, view: View | None = None
) -> bytes:
    """The workbook of a case and of its results."""
    case = _distinct(case)
    ticker, day = case.inputs.ticker, case.start.as_of
    book = Book(f"Outlook of {ticker}", day)
    pages = {name: book.page(name) for name in ("Outlook", "Live", "Inputs", "Contracts", "Lines", "Market")}
    answers = answers_sheet(book, pages["Outlook"], results)
    lines_sheet(pages["Lines"], results)
    market = market_sheet(book, pages["Market"], results)
    inputs = InputCells(pages["Inputs"], listed_inputs(case, calibration.origins))
    contracts_sheet(pages["Contracts"], ticker, calibration.announced)
    quarters = [row.quarter for row in results.quarters]
    cells = LiveMarket(
        quarters,
        lambda step: market.cell("hashprice_usd_ph_day", "p50", step),
        lambda step: market.cell("price_usd", "p50", step),
        case.start.price_usd,
    )
    steps = range(len(quarters))
    compared = {
        key: title for key, title in _COMPARED.items() if getattr(results.quarters[0], key).p50 is not None
    }
    medians = {title: [answers.cell(key, "p50", step) for step in steps] for key, title in compared.items()}
    formulas = live_sheet(pages["Live"], case, with_numbers(case.inputs, inputs.term), cells, medians)
    inputs.write(f"Inputs of {ticker}, scenario {results.scenario}", formulas, view)
    return book.close()


def _distinct(case: OutlookCase) -> OutlookCase:
    """The case with contracts of one name told apart, as their cells must be."""
    count: Counter[str] = Counter()
    contracts = []
    for contract in case.inputs.contracts:
        count[contract.name] += 1
        again = count[contract.name]
        contracts.append(replace(contract, name=f"{contract.name} #{again}") if again > 1 else contract)
    return replace(case, inputs=replace(case.inputs, contracts=tuple(contracts)))
