"""A company's overheads, balance and funding from its figures; what they do not give is None."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Missing, Quarter
from hashpivot.ledger import View

from ..inputs import AbsentInput, Debt, Finance, Origins, Solvency, assumed, of_figure
from ._balance import BALANCE_QUARTERS, BalanceFacts, calibrate_debt
from ._base import BaseQuarter
from ._treasury import calibrate_treasury

INTEREST = 0.06
"""A year, assumed where interest and debt are not both reported: usual of recent converts and notes."""

TAX_RATE = 0.21
"""Federal corporate rate of the United States, IRC section 11(b); states and other countries differ."""

CASH_KEPT_SHARE = 0.25
"""Minimum cash over a quarter's revenue, assumed."""

DEBT_TO_EQUITY = 0.5
"""Judged: companies on record that could still issue notes owed less than this over book equity."""

MACHINE_DAYS = 505.0
"""Median asking price per TH over hashprice per TH, 2021 and 2022 (`python -m tools write machines`)."""

_FLOWS = {
    "finance.sga_usd": "selling_general_administrative",
    "finance.depreciation_usd": "depreciation_amortization",
    "finance.stock_pay_usd": "stock_based_compensation",
}


def calibrate_finance(
    base: BaseQuarter, network: NetworkHistory, origins: Origins
) -> tuple[Finance, Solvency, tuple[Debt, ...]]:
    """Overheads, balance sheet and funding at the latest quarter known of each, None if not known; debt."""
    facts = BalanceFacts(base, network, origins)
    overheads, absent = _overheads(facts)
    balance, solvency = facts.balance()
    solvency = replace(solvency, absent=(*solvency.absent, *absent))
    inputs: dict[str, Any] = overheads | balance | _share_price(base, balance["shares"], origins)
    inputs |= _issuance(facts) | _income(facts, base)
    inputs |= _debt_limit(facts, balance["debt_usd"] or 0.0, inputs["equity_usd"])
    inputs |= calibrate_treasury(base, facts.start, origins)
    why = "lenders refinance what cash does not repay"
    inputs |= origins.take("finance", assumed(why), refinance_share=Finance().refinance_share)
    least = CASH_KEPT_SHARE * base.revenue
    inputs |= origins.take("finance", assumed("a quarter of a quarter's revenue"), minimum_cash_usd=least)
    inputs |= _interest(base, origins) | _depreciation(facts)
    plain = Finance()
    why = "usual of recent converts and notes, of project loans, and of miners that fund a pivot"
    inputs |= origins.take(
        "finance", assumed(why), new_interest=INTEREST, debt_share=plain.debt_share,
        share_beta=plain.share_beta,
    )  # fmt: skip
    why = (
        "no receivables, payables, deposits or tenants' capex are in the ledger: paid at once, by the company"
    )
    inputs |= origins.take(
        "finance", assumed(why), receivable_days=0.0, payable_days=0.0, prepaid_quarters=0.0,
        tenant_capex_share=0.0,
    )  # fmt: skip
    why = "no loan against bitcoin is in the ledger: none is taken"
    inputs |= origins.take(
        "finance", assumed(why), treasury_ltv=plain.treasury_ltv, treasury_interest=plain.treasury_interest
    )
    why = "project loans of the balance sheet are in its debt; none drawn since is in the ledger"
    inputs |= origins.take("finance", why, loans_usd=0.0)
    inputs |= origins.take("finance", assumed("asking prices of 2021 and 2022"), machine_days=MACHINE_DAYS)
    finance = Finance(**inputs)
    return finance, solvency, calibrate_debt(facts, finance.debt_usd, finance.interest)


def old_flows(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> dict[str, Quarter]:
    """The quarter of each flow of the whole company that is taken although no balance sheet so old would be.

    Args:
        base: The company.
        network: Its last day is the day before the outlook's first.
        origins: For inputs that stand on no figure.
    """
    facts, found = BalanceFacts(base, network, Origins()), {}
    for key, measure in _FLOWS.items():
        figure = facts.flow(measure)
        if not isinstance(figure, Figure) or not origins.get(key, "").startswith("figure"):
            continue
        quarter = Quarter.of_period_end(figure.end)
        if facts.start.since(quarter) > BALANCE_QUARTERS:
            found[key] = quarter
    return found


@lru_cache(maxsize=4)
def financing_record(view: View) -> str:
    """How often the record tells what share of financing was debt: debt at both ends, and the flow."""
    found = [(ticker, quarter) for ticker in view.tickers() for quarter in _financed_quarters(view, ticker)]
    companies = len({ticker for ticker, _ in found})
    return f"{len(found)} quarters of {companies} companies tell what share of financing was debt: too few"


def _financed_quarters(view: View, ticker: str) -> list[Quarter]:
    def known(quarter: Quarter, measure: str) -> bool:
        return isinstance(view.company_measure(ticker, quarter, measure), Figure)

    return [
        quarter
        for quarter in view.quarters(ticker)
        if known(quarter, "financing_cash_flow") and known(quarter, "debt") and known(quarter - 1, "debt")
    ]


def _overheads(facts: BalanceFacts) -> tuple[dict[str, float | None], list[AbsentInput]]:
    """SG&A less stock-based pay, and R&D; up to two years old, their age told."""
    origins = facts.origins
    sga, stock = facts.flow("selling_general_administrative"), facts.flow("stock_based_compensation")
    research = facts.flow("research_development")
    inputs: dict[str, float | None] = (
        origins.take(
            "finance",
            assumed("none: no report in the ledger gives any apart from other overheads"),
            rd_usd=0.0,
        )
        if isinstance(research, Missing)
        else origins.take("finance", _aged(facts, research), rd_usd=max(0.0, float(research.value)))
    )
    if isinstance(sga, Missing):
        return inputs | {"sga_usd": None}, [AbsentInput("finance.sga_usd", sga)]
    paid = stock if isinstance(stock, Figure) and stock.quarter == sga.quarter else None
    usd = float(sga.value) - (float(paid.value) if paid else 0.0)
    origin = _aged(facts, *filter(None, (sga, paid)), how="less stock-based pay" if paid else "")
    return inputs | origins.take("finance", origin, sga_usd=max(0.0, usd)), []


def _aged(facts: BalanceFacts, *figures: Figure, how: str = "") -> str:
    """Origin in figures, with their age."""
    return of_figure(*figures, how=", ".join(filter(None, (how, facts.age(figures[0])))))


def _income(facts: BalanceFacts, base: BaseQuarter) -> dict[str, float | None]:
    """Stock-based pay where overheads are without it, tax, and equity of the balance sheet."""
    origins, stock = facts.origins, facts.flow("stock_based_compensation")
    sga = facts.flow("selling_general_administrative")
    inputs: dict[str, float | None] = {"equity_usd": None}
    if isinstance(stock, Figure) and isinstance(sga, Figure) and stock.quarter == sga.quarter:
        inputs |= origins.take("finance", _aged(facts, stock), stock_pay_usd=max(0.0, float(stock.value)))
    else:
        why = "none beside overheads: no report in the ledger tells them apart, so it is in them"
        inputs |= origins.take("finance", assumed(why), stock_pay_usd=0.0)
    inputs |= origins.take("finance", assumed("the federal rate of the United States"), tax_rate=TAX_RATE)
    why = "none before the start; the ledger holds no tax notes"
    inputs |= origins.take("finance", assumed(why), loss_carryforward_usd=0.0)
    equity = facts.recent("stockholders_equity")
    if isinstance(equity, Figure):
        inputs |= origins.take("finance", of_figure(equity), equity_usd=float(equity.value))
    return inputs


def _debt_limit(facts: BalanceFacts, owed_usd: float, equity_usd: float | None) -> dict[str, float]:
    """A gap is met by debt up to half of book equity, then by shares; none where equity is not known."""
    record = financing_record(facts.base.view)
    if equity_usd is None or DEBT_TO_EQUITY * equity_usd <= owed_usd:
        why = f"no new corporate debt beyond what is owed; {record}"
        return facts.origins.take("finance", assumed(why), debt_limit_usd=owed_usd)
    why = f"a gap is met by debt up to half of book equity, then by shares; {record}"
    limit = DEBT_TO_EQUITY * equity_usd
    return facts.origins.take("finance", assumed(why), debt_limit_usd=limit)


def _issuance(facts: BalanceFacts) -> dict[str, float]:
    """Shares can be sold at the pace of the last quarter known; none where no sale is."""
    sold = facts.flow("share_issuance_proceeds")
    if isinstance(sold, Missing):
        why = assumed("no sale of shares in the last two years is in the ledger")
        return facts.origins.take("finance", why, equity_limit_usd=0.0)
    return facts.origins.take("finance", _aged(facts, sold), equity_limit_usd=max(0.0, float(sold.value)))


def _interest(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    """Interest expense of a quarter over the mean debt at its ends, if the ledger has all three."""
    paid = base.latest("interest_expense")
    if paid is not None and paid.quarter is not None:
        ends = [_debt(base, paid.quarter - 1), _debt(base, paid.quarter)]
        debts = [debt for debt in ends if debt is not None]
        owed = sum(float(debt.value) for debt in debts) / 2
        if len(debts) == len(ends) and owed > 0 and 0 <= float(paid.value) * 4 <= owed / 2:
            how = "4 x interest / mean debt at the quarter's ends"
            return origins.take(
                "finance", of_figure(paid, *debts, how=how), interest=float(paid.value) * 4 / owed
            )
    why = "not in the ledger; usual of recent converts and notes"
    return origins.take("finance", assumed(why), interest=INTEREST)


def _debt(base: BaseQuarter, quarter: Quarter) -> Figure | None:
    debt = base.view.company_measure(base.ticker, quarter, "debt")
    return debt if isinstance(debt, Figure) else None


def _depreciation(facts: BalanceFacts) -> dict[str, float | None]:
    plain, origins = Finance(), facts.origins
    figure = facts.flow("depreciation_amortization")
    inputs: dict[str, float | None] = {"depreciation_usd": None}
    if isinstance(figure, Figure):
        value = max(0.0, float(figure.value))
        inputs = origins.take("finance", _aged(facts, figure), depreciation_usd=value)
    why = "property of machines, halls and land, on average half written off"
    inputs |= origins.take("finance", assumed(why), property_years=plain.property_years)
    return inputs | origins.take(
        "finance", assumed("written off a year before they are renewed"), machine_years=plain.machine_years
    )


def _share_price(base: BaseQuarter, shares: float | None, origins: Origins) -> dict[str, float]:
    """Book equity per share, for the ledger holds no share prices."""
    equity = base.latest("stockholders_equity")
    if not shares or equity is None or equity.value <= 0:
        why = "no share count and positive book equity are in the ledger; enter the market's price"
        return origins.take("finance", assumed(why), share_price_usd=0.0)
    why = f"book equity per share ({equity.id}), for the ledger holds no share prices"
    return origins.take("finance", assumed(why), share_price_usd=float(equity.value) / shares)
