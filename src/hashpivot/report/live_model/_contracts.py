"""The sheet of announced contracts: what the ledger holds, and the yearly rate as a formula."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hashpivot.core import not_disclosed
from hashpivot.formula import Term
from hashpivot.ledger import Contract

from ..shared import clean
from ..workbook import DECIMAL, MONEY, SHARE, Sheet, SourcedNumber

_HEADS = (
    "Customer", "Kind", "Announced", "Start", "Value, USD", "Years", "Critical MW", "Company's share",
    "USD a year", "USD a quarter", "USD per kW-month", " Where it was read",
)  # fmt: skip
_HEAD, _VALUE, _YEARS, _MW, _SHARE, _YEAR, _LAST = 3, 4, 5, 6, 7, 8, 11
_KW_MONTHS = 12_000
_UNTOLD = not_disclosed("the announcement does not say")


def contracts_sheet(page: Sheet, ticker: str, contracts: Sequence[Contract]) -> None:
    """Fill the sheet with the contracts in force, or say that there is none."""
    page.text(0, 0, f"Contracts of {ticker} as announced", bold=True, font_size=14)
    words = "Blue: as announced. Black: formulas. What the outlook makes of each stands on the sheet Inputs."
    page.text(1, 0, words, font_color="#7F7F7F")
    page.band(_HEAD, _HEADS, len(_HEADS), numbers=range(_VALUE, _LAST))
    page.layout([48, 12, 12, 12, 18, 14, 14, 16, 16, 16, 18, 76], freeze=(_HEAD + 1, 1))
    for row, contract in enumerate(contracts, _HEAD + 1):
        _contract(page, row, contract)
    if not contracts:
        page.text(_HEAD + 1, 0, "none in force")


def _contract(page: Sheet, row: int, contract: Contract) -> None:
    page.link(row, 0, contract.counterparty, contract.url)
    words = (contract.kind, contract.announced, contract.start or "not told")
    for column, word in enumerate(words, 1):
        page.text(row, column, word)
    value = _told(page, row, _VALUE, contract.contract_value_usd, contract, MONEY)
    years = _told(page, row, _YEARS, contract.term_years, contract, DECIMAL)
    megawatts = _told(page, row, _MW, contract.mw_critical_it, contract, DECIMAL)
    share = _told(page, row, _SHARE, contract.share, contract, SHARE)
    if value and years and share:
        yearly = value * share / years
        page.formula(row, _YEAR, yearly, MONEY)
        cell = Term(page.at(row, _YEAR), yearly.value)
        page.formula(row, _YEAR + 1, cell / Term("4", 4), MONEY)
        if megawatts and contract.kind == "colocation":
            page.formula(row, _YEAR + 2, cell / (megawatts * share * _KW_MONTHS), DECIMAL)
    page.link(row, _LAST, clean(contract.url, 80), contract.url, indent=1)


def _told(
    page: Sheet, row: int, column: int, amount: Decimal | None, contract: Contract, form: str
) -> Term | None:
    if not amount:
        page.missing(row, column, _UNTOLD)
        return None
    note = f"{contract.counterparty}, announced {contract.announced}: {contract.url}"
    page.number(row, column, SourcedNumber(float(amount), contract.url, note), form)
    return Term(page.at(row, column), float(amount))
