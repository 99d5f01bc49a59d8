"""The three statements in one column: means over the paths in the middle, so that rows add up."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..inputs import CompanyInputs
from ..run import RowStore, amount_over, constants

MIDDLE = 0.2
"""Judged: a fifth of all paths is enough for means, and near enough to the median."""

CENT = 2

Amounts = dict[str, float | None]


def central_paths(rows: RowStore, quarters: int) -> NDArray[np.int64]:
    """The paths in the middle by EBITDA of all quarters together; by gross profit where that is not known.

    Raises:
        StoreError: If the paths, kept in a temporary file when they are many, cannot be read.
    """
    steps = range(quarters)
    earned = amount_over(rows, "adjusted_ebitda_usd", steps)
    if not np.isfinite(earned).all():
        earned = amount_over(rows, "gross_profit_usd", steps)
    order, half = np.argsort(earned, kind="stable"), rows.paths / 2
    reach = max(0.5, MIDDLE / 2 * rows.paths)
    return order[int(half - reach) : max(int(half - reach) + 1, int(half + reach))]


def statement_over(
    rows: RowStore, inputs: CompanyInputs, steps: Sequence[int], paths: NDArray[np.int64]
) -> Amounts:
    """Income, cash flow and balance sheet of consecutive quarters: means over some paths, to the cent.

    Each total is the sum of its rows: `revenue_usd` less `cost_of_revenue_usd` is `gross_profit_usd`, and so
    on to `net_income_usd`, from there to `cash_change_usd`; assets are liabilities and equity. None where a
    quantity is not known. Bitcoin stands at the quarter's mean price; what equity and debt leave beside it
    and cash is property and other assets less other liabilities. Bitcoin and shares are those at the end,
    on the same paths; free cash flow a share is over them.

    Raises:
        StoreError: As `central_paths`.
    """

    def mean(name: str) -> float:
        return _mean(amount_over(rows, name, steps)[paths])

    def sums(*parts: tuple[int, float]) -> float:
        return sum(sign * number for sign, number in parts)

    overheads, stock = (_number(usd) * len(steps) for usd in constants(inputs).values())
    revenue, gross, ebitda = mean("revenue_usd"), mean("gross_profit_usd"), mean("adjusted_ebitda_usd")
    interest, capitalised, tax = mean("interest_usd"), mean("capitalised_interest_usd"), mean("tax_usd")
    capex, free = mean("capex_usd"), mean("free_cash_flow_usd")
    paid = 0.0 if not isfinite(tax) and isfinite(free) else tax
    change = mean("cash_usd") - _opening(rows, "cash_usd", _number(inputs.finance.cash_usd), steps, paths)
    unpaid = mean("shortfall_usd") - _opening(rows, "shortfall_usd", 0.0, steps, paths)
    held = _mean(rows.row("bitcoin", steps[-1])[paths] * rows.row("price_usd", steps[-1])[paths])
    balance = {name: mean(name) for name in ("cash_usd", "shortfall_usd", "debt_usd", "equity_usd")}
    counts = {name: mean(name) for name in ("bitcoin", "shares", "diluted_shares")}
    shares = counts["shares"]
    owed = balance["shortfall_usd"] + balance["debt_usd"] + balance["equity_usd"]
    found = {
        "revenue_usd": revenue,
        "cost_of_revenue_usd": revenue - gross,
        "gross_profit_usd": gross,
        "overheads_usd": overheads,
        "adjusted_ebitda_usd": ebitda,
        "depreciation_usd": mean("depreciation_usd"),
        "stock_pay_usd": stock,
        "operating_income_usd": mean("operating_income_usd"),
        "interest_expense_usd": interest - _number(capitalised, 0.0),
        "fair_value_change_usd": mean("fair_value_change_usd"),
        "pretax_income_usd": mean("pretax_income_usd"),
        "tax_usd": tax,
        "net_income_usd": mean("net_income_usd"),
        "interest_paid_usd": interest,
        "capex_usd": capex,
        "other_cash_usd": sums((1, free), (-1, ebitda), (1, interest), (1, paid), (1, capex)),
        "free_cash_flow_usd": free,
        "unpaid_usd": unpaid,
        "free_cash_flow_per_share_usd": free / shares if shares else float("nan"),
        "financing_usd": change - unpaid - free,
        "cash_change_usd": change,
        "bitcoin_value_usd": held,
        "property_net_usd": owed - balance["cash_usd"] - held,
        **balance,
        **counts,
    }
    return {name: round(value, CENT) + 0.0 if isfinite(value) else None for name, value in found.items()}


def _opening(
    rows: RowStore, name: str, first: float, steps: Sequence[int], paths: NDArray[np.int64]
) -> float:
    """An amount of a day at the start of the first of some quarters; that of the outlook's start is given."""
    return _mean(rows.row(name, steps[0] - 1)[paths]) if steps[0] else first


def _mean(values: NDArray[Any]) -> float:
    return float(values.mean(dtype=np.float64))


def _number(value: float | None, otherwise: float = float("nan")) -> float:
    return otherwise if value is None or not isfinite(value) else value
