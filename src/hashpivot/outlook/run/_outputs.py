"""The outputs of an outlook, on every path of a shard."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..company import LINES, CompanyPaths
from ..inputs import CompanyInputs
from ..market import MarketPaths

AMOUNTS = {
    "revenue_usd": "revenue_usd",
    "gross_profit_usd": "gross_profit_usd",
    "adjusted_ebitda_usd": "ebitda_usd",
    "depreciation_usd": "depreciation_usd",
    "operating_income_usd": "operating_income_usd",
    "interest_usd": "interest_usd",
    "capitalised_interest_usd": "capitalised_usd",
    "pretax_income_usd": "pretax_income_usd",
    "fair_value_change_usd": "fair_value_usd",
    "tax_usd": "tax_usd",
    "net_income_usd": "net_income_usd",
    "capex_usd": "capex_usd",
    "free_cash_flow_usd": "free_cash_usd",
    "equity_usd": "equity_usd",
    "cash_usd": "cash_usd",
    "debt_usd": "debt_usd",
    "bitcoin": "bitcoin",
    "debt_due_usd": "debt_due_usd",
    "funding_gap_usd": "funding_gap_usd",
    "shares": "shares",
    "diluted_shares": "diluted_shares",
    "shortfall_usd": "shortfall_usd",
    "leverage": "leverage",
    "effective_lines": "effective_lines",
    "mining_mw": "mining_mw",
}
"""Amounts of a company's quarter: the name of each output, and of the attribute of `CompanyPaths` it is."""

NO_CENTS = frozenset({"leverage", "effective_lines", "mining_mw"})
"""Amounts no sum has to tie to: kept in single precision, in half the room."""

CONSTANTS = ("overheads_usd", "stock_pay_usd")
"""Amounts that are the same on all paths."""

LINE_ROWS = {line: f"lines.{line.value}" for line in LINES}
YEAR_PROFITS = {line: f"year_profits.{line.value}" for line in LINES}
COVENANT_BREACH = "covenant_breach"
"""A row there is only where a covenant is recorded."""
UNVERIFIED = "unverified_usd"
"""A row there is only where a contract ahead is not verified."""
YEAR_EBITDA = "year_ebitda_usd"
LAST_YEAR = 4
"""Quarters of the last year."""


def constants(inputs: CompanyInputs) -> dict[str, float | None]:
    """`CONSTANTS` of a quarter; None where overheads are not known."""
    overheads = inputs.overheads_usd
    return {
        "overheads_usd": overheads,
        "stock_pay_usd": None if overheads is None else inputs.finance.stock_pay_usd,
    }


def output_rows(market: MarketPaths, company: CompanyPaths) -> dict[str, NDArray[Any]]:
    """The outputs of a shard, by name; shape `(quarters, paths)`, year and halving `(1, paths)`."""
    even, breach = company.breakeven_hashprice_usd.astype(np.float32), company.covenant_breach
    unverified = company.unverified_usd
    return {
        "price_usd": market.price_usd,
        "hashprice_usd_ph_day": market.hashprice_usd_per_ph_day,
        "hash_rate_ehs": market.hash_rate_ehs,
        "halving_day": market.halving_day[None],
        **{name: _amount(company, name) for name in AMOUNTS},
        **{name: company.lines_usd[LINES.index(line)] for line, name in LINE_ROWS.items()},
        **({} if breach is None else {COVENANT_BREACH: breach}),
        **({} if unverified is None else {UNVERIFIED: unverified}),
        "breakeven_hashprice_usd_ph_day": even,
        "breakeven_price_usd": even / market.hashprice_usd_per_ph_day * market.price_usd,
        **{name: _year(company.profits_usd[LINES.index(line)]) for line, name in YEAR_PROFITS.items()},
        YEAR_EBITDA: _year(company.ebitda_usd),
    }


def _amount(company: CompanyPaths, name: str) -> NDArray[Any]:
    found: NDArray[Any] = getattr(company, AMOUNTS[name])
    return found.astype(np.float32) if name in NO_CENTS else found


def _year(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sum over the last year, shape `(1, paths)`."""
    total: NDArray[np.float64] = values[-LAST_YEAR:].sum(axis=0, keepdims=True)
    return total
