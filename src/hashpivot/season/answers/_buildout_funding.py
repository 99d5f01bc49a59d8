"""What must be built for the contracts, and what of it is paid for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Missing, Quarter, not_in_ledger
from hashpivot.guidance import Stance, Target
from hashpivot.ledger import Contract, View

from ..texts import begins_after
from ._capital import liquidity_metric
from ._cash_flow import operating_with_sales
from ._implied_revenue import last_said, summed
from .base import ContractAmount, Formula, Metric, computed, of_figure, ratio, sum_of, times_four

_SAME = Decimal("0.01")
_FIRM = (Stance.CONTRACTED, Stance.GUIDED)


def build_metrics(
    view: View,
    network: NetworkHistory,
    ticker: str,
    quarter: Quarter,
    contracts: Sequence[Contract],
    said: Sequence[Target],
) -> tuple[Metric, ...]:
    """Megawatts and dollars still to be built after the quarter, and the money at hand for it.

    Args:
        view: Figures.
        network: For the price of bitcoin sold.
        ticker: The company.
        quarter: The quarter.
        contracts: Those in force.
        said: Targets, due ones included: what the last text no longer names may have been paid.
    """
    later = [contract for contract in contracts if begins_after(contract, quarter.end)]
    cost = _capex(later, _to_come(said, "capex", _FIRM, quarter))
    year = _year_of(_operating(view, network, ticker, quarter))
    agreed = _to_come(said, "financing", (Stance.CONTRACTED,), quarter)
    money = _funding(liquidity_metric(view, ticker, quarter), agreed, year)
    cover = ratio(
        "funding_to_build_ratio", money[-1], cost, "funding of a year / capital expenditure to come"
    )
    return _megawatts(contracts, later), cost, *money, cover


def _megawatts(contracts: Sequence[Contract], later: Sequence[Contract]) -> Metric:
    """Critical IT of contracts that begin after the quarter; what is energized is no figure in filings."""
    name = "contracts_to_begin_critical_it_mw"
    method = "critical IT of contracts announced to begin after the quarter; of others the ramp is not known"
    sized = [c for c in contracts if c.attributable_mw_critical_it and begins_after(c, date.min) is not None]
    if not sized:
        why = (
            "no contract with both critical IT and a start is known"
            if contracts
            else "no AI contract is known"
        )
        return Metric(name, not_in_ledger(why), (), method)
    amounts = tuple(
        amount for c in later if (amount := ContractAmount(c, "attributable_mw_critical_it")).value
    )
    return computed(name, Formula(sum_of, amounts), (), method) if amounts else Metric(name, 0.0, (), method)


def _to_come(
    said: Sequence[Target], metric: str, stances: Sequence[Stance], quarter: Quarter
) -> list[Decimal]:
    """Amounts that fall due after the quarter, from the last text that states any, each once.

    An amount that is the sum of the others replaces them.
    """
    last = last_said([target for target in said if target.stance in stances], metric)
    amounts: list[Decimal] = []
    for target in last:
        amount = target.threshold if target.due and target.due > quarter.end else None
        if amount and not any(_alike(amount, other) for other in amounts):
            amounts.append(amount)
    whole = max(amounts, default=Decimal(0))
    parts = sum(amounts, Decimal(0)) - whole
    return [whole] if parts and _alike(whole, parts) else amounts


def _capex(later: Sequence[Contract], due: Sequence[Decimal]) -> Metric:
    """Announced cost of contracts to come, and capital expenditure contracted or guided with a due date."""
    name = "contracts_and_targets_to_build_usd"
    method = "announced cost of contracts that begin later + capital expenditure contracted or guided last"
    amounts = [c.capex_usd * c.share for c in later if c.capex_usd]
    for amount in due:
        if not any(_alike(amount, other) for other in amounts):
            amounts.append(amount)
    if not amounts:
        return Metric(
            name, not_in_ledger("no cost to build and no dated capital expenditure is told"), (), method
        )
    return Metric(name, float(sum(amounts)), (), method)


def _funding(
    liquidity: Metric, agreed: Sequence[Decimal], year: Metric
) -> tuple[Metric, Metric, Metric, Metric]:
    """Liquidity, financing under contract, a year of operating cash flow, and all of it."""
    none = not_in_ledger("no financing under contract is told")
    financing = Metric(
        "targets_financing_contracted_usd",
        float(sum(agreed)) if agreed else none,
        (),
        "financing under contract said last, due after the quarter",
    )
    if isinstance(liquidity.value, Missing):
        whole = Metric("funding_usd", liquidity.value, (), _FUNDING)
    else:
        whole = summed("funding_usd", (liquidity, financing, year), _FUNDING)
    return liquidity, financing, year, whole


def _operating(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> Metric:
    """With the proceeds of bitcoin sold; as reported, which is no more, where they cannot be told."""
    adjusted = operating_with_sales(view, network, ticker, quarter)
    if not isinstance(adjusted.value, Missing):
        return adjusted
    reported = view.company_measure(ticker, quarter, "operating_cash_flow")
    return of_figure("operating_cash_flow_usd", reported)


def _year_of(operating: Metric) -> Metric:
    name, method = "operating_cash_flow_year_usd", "4 x the quarter's, with bitcoin sales if known"
    if isinstance(operating.value, Missing):
        return Metric(name, operating.value, operating.figures, method)
    return computed(name, Formula(times_four, (operating,)), operating.figures, method)


_FUNDING = "liquidity + financing under contract + a year of operating cash flow, as far as known"


def _alike(one: Decimal, two: Decimal) -> bool:
    return abs(one - two) <= _SAME * max(one, two)
