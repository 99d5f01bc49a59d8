"""Cash between the balance sheet's day and the outlook's start: what the quarters in between brought."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Quarter

from ..company import CompanyModel
from ..inputs import CompanyInputs, Origins, Solvency
from ..market import MarketQuarter
from ._base import BaseQuarter

RECENT_DAYS = 30
"""Days whose mean price and hashprice stand for those of now: a month evens out what days do by chance."""


@dataclass(frozen=True, slots=True)
class CarriedQuarter:
    """A quarter between balance sheet and start.

    Args:
        quarter: The quarter.
        revenue_usd: As reported, or the nowcast's median; None if neither is known.
        basis: `reported` or `nowcast`.
        capex_known: True if its capital expenditure is in the ledger, and thus off cash already.
    """

    quarter: Quarter
    revenue_usd: float | None
    basis: str
    capex_known: bool


def carry_cash(
    inputs: CompanyInputs, solvency: Solvency, base: BaseQuarter, network: NetworkHistory,
    nowcast_usd: Mapping[Quarter, float], origins: Origins,
) -> tuple[CompanyInputs, Solvency]:  # fmt: skip
    """Cash with what the quarters after the balance sheet brought, and a sentence on it.

    Each brought its revenue at the gross margin the model has at today's price and hashprice, less overheads
    and interest; bitcoin mined and kept is held, not cash. Shares sold and capital expenditure are in cash as
    far as the ledger has them.

    Args:
        inputs: The company; as they are if its balance is not known.
        solvency: Says of which day its cash is.
        base: Its figures.
        network: Its last day is the day before the outlook.
        nowcast_usd: Median revenue of quarters not reported, if they were drawn.
        origins: Takes how cash was carried.
    """
    finance, start = inputs.finance, Quarter.containing(network.last_day + timedelta(days=1))
    if not finance.funding_known or solvency.as_of is None or finance.cash_usd is None:
        return inputs, solvency
    first = Quarter.of_period_end(solvency.as_of) + 1
    quarters = (
        [_carried(base, each, nowcast_usd) for each in first.through(start - 1)] if first < start else []
    )
    if not quarters:
        return inputs, solvency
    terms = _terms(inputs, start, network)
    fixed = (inputs.overheads_usd or 0.0) + (finance.debt_usd or 0.0) * finance.interest / 4
    revenue = [each.revenue_usd for each in quarters if each.revenue_usd is not None]
    brought = sum(usd * (terms.margin - terms.kept) - fixed for usd in revenue)
    cash = finance.cash_usd + brought
    words = _words(quarters, brought, terms, fixed, cash < 0)
    origins["finance.cash_usd"] = f"{origins['finance.cash_usd']}; {words}"
    changed = {"cash_usd": max(0.0, cash)}
    if not _counted_later(base, solvency.as_of) and finance.bitcoin is not None:
        kept = sum(revenue) * terms.kept / terms.price_usd
        changed["bitcoin"] = finance.bitcoin + kept
        origins["finance.bitcoin"] = f"{origins['finance.bitcoin']}; {kept:,.0f} mined and kept since"
    carried = f"Cash of {solvency.as_of} is carried to the start: {words}."
    return replace(inputs, finance=replace(finance, **changed)), replace(solvency, carried=carried)


def _counted_later(base: BaseQuarter, day: date) -> bool:
    """True if bitcoin held was counted after a day: what was kept until then is in it."""
    held = base.newest("bitcoin_held")
    return held is not None and held.end > day


def _carried(base: BaseQuarter, quarter: Quarter, nowcast_usd: Mapping[Quarter, float]) -> CarriedQuarter:
    reported = base.view.company_measure(base.ticker, quarter, "total_revenue")
    spent = isinstance(base.view.company_measure(base.ticker, quarter, "capital_expenditure"), Figure)
    if isinstance(reported, Figure):
        return CarriedQuarter(quarter, float(reported.value), "reported", spent)
    return CarriedQuarter(quarter, nowcast_usd.get(quarter), "nowcast", spent)


@dataclass(frozen=True, slots=True)
class CarryTerms:
    """What a dollar of revenue brings: gross profit, and bitcoin kept; and the price of bitcoin."""

    margin: float
    kept: float
    price_usd: float


def _terms(inputs: CompanyInputs, start: Quarter, network: NetworkHistory) -> CarryTerms:
    """Those of the first quarter without surprises, at the price and hashprice of the last month."""
    recent = network.over(network.last_day - timedelta(days=RECENT_DAYS - 1), network.last_day)
    market = MarketQuarter.of_means(start, recent.mean_price_usd, recent.mean_hashprice_usd_per_ph_day)
    unfunded = replace(inputs, finance=replace(inputs.finance, cash_usd=None), debt=())
    flows = CompanyModel(unfunded, start, recent.mean_price_usd).quarter(0, market).flows
    revenue, profit = sum(flows.revenue.values()), sum(flows.profit.values())
    kept = flows.revenue[Line.SELF_MINING] * (1 - inputs.finance.sold_share)
    if not revenue:
        return CarryTerms(0.0, 0.0, recent.mean_price_usd)
    return CarryTerms(float(profit / revenue), float(kept / revenue), recent.mean_price_usd)


def _words(
    quarters: list[CarriedQuarter], brought: float, terms: CarryTerms, fixed: float, below: bool
) -> str:
    known = [each for each in quarters if each.revenue_usd is not None]
    said = []
    if known:
        parts = ", ".join(
            f"{each.quarter} ({each.basis} revenue {_millions(each.revenue_usd or 0.0)}m)" for each in known
        )
        word = "brought" if brought >= 0 else "took"
        kept = f", {terms.kept:.0%} of revenue kept as bitcoin" if terms.kept else ""
        said.append(
            f"{parts} {word} {_millions(abs(brought))}m at a gross margin of {terms.margin:.0%}{kept}, "
            f"overheads and interest of {_millions(fixed)}m a quarter"
        )
    unknown = [str(each.quarter) for each in quarters if each.revenue_usd is None]
    if unknown:
        said.append(f"revenue of {', '.join(unknown)} is not known, and what it brought is not in it")
    unspent = [str(each.quarter) for each in quarters if not each.capex_known]
    if unspent:
        said.append(f"capital expenditure of {', '.join(unspent)} is not known and not taken off")
    if below:
        said.append("it would be below zero and is held there: money raised since is not known")
    return "; ".join(said)


def _millions(usd: float) -> str:
    return f"{usd / 1e6:,.0f}"
