"""Quarterly and annual reports of a generated company as inline XBRL."""

from __future__ import annotations

from collections.abc import Sequence

from hashpivot.core import Quarter

from ..pages import FactPeriod, InlineDocument
from ._amounts import PeriodAmounts
from ._generated_company import GeneratedCompany
from ._statement_rows import BALANCE_ROWS, CASH_FLOW_ROWS, PeriodRow, income_rows
from ._taxonomies import concept_of, dims_of

_Column = tuple[FactPeriod, PeriodAmounts]


def tagged_report(books: GeneratedCompany, quarter: Quarter, form: str) -> bytes:
    """Return the document of a report on a quarter, or on the fiscal year it ends.

    Args:
        books: The company; restating a quarter for an amendment.
        quarter: The calendar quarter.
        form: `10-Q`, `10-K/A`, `20-F`, ...
    """
    document = cover_page(books, quarter, form)
    return document.write(f"<p>{books.company.name}</p>{statements(document, books, quarter, form)}")


def cover_page(books: GeneratedCompany, quarter: Quarter, form: str) -> InlineDocument:
    """Return a document that so far has nothing but its cover's facts."""
    start, end = books.bounds(quarter)
    year_end = books.ends_year(quarter)
    number = len(books.quarters_of_year(quarter))
    cover = {
        "EntityRegistrantName": books.company.name,
        "DocumentType": form,
        "AmendmentFlag": "true" if form.endswith("/A") else "false",
        "TradingSymbol": books.company.ticker,
        "EntityCentralIndexKey": books.key.zfill(10),
        "DocumentPeriodEndDate": end.isoformat(),
        "DocumentFiscalPeriodFocus": "FY" if year_end else f"Q{number}",
    }
    return InlineDocument(cover, (books.year_start(quarter) if year_end else start, end))


def statements(document: InlineDocument, books: GeneratedCompany, quarter: Quarter, form: str) -> str:
    """Return the statements, with their facts in a document."""
    columns = [*_columns(books, quarter), *_columns(books, quarter - 4)]
    end = books.bounds(quarter)[1]
    income = _period_rows(document, income_rows(books.its_lines), columns, form)
    cash_flow = _period_rows(document, CASH_FLOW_ROWS, _longest(columns), form)
    at_end = books.balance(end)
    balance = "".join(
        f"<tr><td>{row.label}</td><td>$</td>"
        f"<td>{document.amount(concept_of(row.concept, form), (None, end), row.amount(at_end))}</td></tr>"
        for row in BALANCE_ROWS
    )
    shares = document.count("dei:EntityCommonStockSharesOutstanding", (None, end), at_end.shares)
    heads = "".join(f"<td></td><td>{start} to {last}</td>" for (start, last), _ in columns)
    return (
        f"<p>Shares outstanding: {shares}</p>"
        f"<p>Consolidated Statements of Operations</p><table><tr><td></td>{heads}</tr>{income}</table>"
        f"<p>Consolidated Balance Sheets</p><table>{balance}</table>"
        f"<p>Consolidated Statements of Cash Flows</p><table>{cash_flow}</table>"
    )


def _period_rows(
    document: InlineDocument, rows: Sequence[PeriodRow], columns: Sequence[_Column], form: str
) -> str:
    """Rows with a cell for each column."""
    lines = []
    for row in rows:
        concept, dims = concept_of(row.concept, form), dims_of(row.dims, form)
        facts = (document.amount(concept, period, row.amount(amounts), dims) for period, amounts in columns)
        lines.append(
            f"<tr><td>{row.label}</td>{''.join(f'<td>$</td><td>{fact}</td>' for fact in facts)}</tr>"
        )
    return "".join(lines)


def _columns(books: GeneratedCompany, quarter: Quarter) -> list[_Column]:
    """The columns a report has for a year: the quarter and the months so far; of a year, the year alone."""
    start, end = books.bounds(quarter)
    so_far = ((books.year_start(quarter), end), books.year_to_date(quarter))
    if books.ends_year(quarter):
        return [so_far]
    alone = ((start, end), books.quarter(quarter))
    return [alone] if alone[0] == so_far[0] else [alone, so_far]


def _longest(columns: Sequence[_Column]) -> list[_Column]:
    """The longest period of each year, which is what a cash flow statement has."""
    middle = len(columns) // 2
    return [max(half, key=lambda one: _days(one[0])) for half in (columns[:middle], columns[middle:])]


def _days(period: FactPeriod) -> int:
    start, end = period
    return (end - start).days if start else 0
