"""A company's announced AI contracts as inputs: rate, start, capex, each with where it came from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

from hashpivot.core import Line, Quarter
from hashpivot.ledger import Contract, View

from ..inputs import USD_PER_MW_QUARTER, AiContract, ContractKind, Origins, assumed
from ._base import BaseQuarter
from ._margins import LineMargin, line_margin
from ._recurring import line_parts
from ._rents import rent_of_deal, rents_of_vintage

HALL_USD_PER_MW = 10e6
"""Capex of a critical megawatt of data hall without machines, assumed where none is announced."""

CLOUD_RETURN = 0.12
"""Yearly return at which a cloud contract's gross profit pays for its GPUs and data halls, assumed: a
contract that both sides signed neither loses money nor earns much more than capital costs."""

TERM_YEARS = {"colocation": 15.0, "cloud": 5.0}
"""Assumed where no term is announced: as long as those announced."""

RAMP_QUARTERS = 4

START_AFTER_QUARTERS = 6
"""Quarters from the announcement to the start, assumed where no start is announced."""

LINES = {"colocation": Line.AI_COLOCATION, "cloud": Line.AI_CLOUD}


@dataclass(frozen=True, slots=True)
class Rate:
    """What a contract brings.

    Args:
        usd: A quarter, once ramped up; the company's share.
        origin: Where that came from.
        critical_mw: The company's share of the megawatts, 0 if not told.
        usd_per_kw_month: Rent, if the dollars were inputs by it, else 0.
        spread: Standard deviation of its log, if it is other contracts'.
    """

    usd: float
    origin: str
    critical_mw: float
    usd_per_kw_month: float = 0.0
    spread: float = 0.0

    def without(self, usd: float) -> Rate:
        """The same rent on what is left of the contract after so many dollars a quarter."""
        left = 1 - usd / self.usd if self.usd else 1.0
        return replace(self, usd=self.usd - usd, critical_mw=self.critical_mw * left)


def calibrate_contracts(
    base: BaseQuarter, view: View, day: date, origins: Origins
) -> tuple[tuple[AiContract, ...], float]:
    """Contracts in force on a day not yet at full revenue in the latest quarter, and megawatts running then.

    A contract that had begun by then counts with what its full revenue exceeds the line's revenue; of several
    such, the line's revenue is set against the oldest first, and so are the critical megawatts that run.
    """
    announced = view.contracts(base.ticker, day)
    revenue = {kind: _line_revenue(base, line) for kind, line in LINES.items()}
    running_mw, contracts = 0.0, []
    for number, contract in enumerate(announced):
        rate, (start, start_origin) = _rate(contract, view, day), _start(contract)
        full, age = rate, 0
        if start <= base.begins:
            taken = min(rate.usd, revenue[contract.kind])
            revenue[contract.kind] -= taken
            age = base.begins.since(start) + 1
            rate, start = rate.without(taken), base.begins + 1
            running_mw += full.critical_mw - rate.critical_mw if contract.kind == "colocation" else 0.0
            start_origin = f"contract, begun; {taken:,.0f} USD of its rate already in {base.begins}"
        if rate.usd > 0:
            left = rate.usd / full.usd
            margin = line_margin(base, LINES[contract.kind])
            made = _contract(contract, number, rate, left, start, start_origin, age, margin, origins)
            contracts.append(made)
    return tuple(contracts), running_mw


def _contract(
    contract: Contract, number: int, rate: Rate, left: float, start: Quarter, start_origin: str,
    age: int, margin: LineMargin, origins: Origins,
) -> AiContract:  # fmt: skip
    name = f"{contract.counterparty} [{number + 1}]"
    section, where = f"contracts.{name}", f"contract {contract.url}"
    kind: ContractKind = "colocation" if contract.kind == "colocation" else "cloud"
    values = origins.take(section, where, kind=kind, pricing="signed") | _rate_inputs(rate, section, origins)
    values |= origins.take(section, where if rate.critical_mw else "not told", critical_mw=rate.critical_mw)
    values |= origins.take(section, start_origin, start=start)
    years = contract.term_years
    whole = round(float(years or TERM_YEARS[kind]) * 4)
    term_origin = where if years else assumed("term not told; as long as those announced")
    gone = f"; {age} quarters of it are over" if age else ""
    term = origins.take(section, term_origin + gone, term_quarters=max(1, whole - age))
    values |= _overdue(age, left, section, origins)
    capex, capex_origin = _capex(contract, rate.usd / left, whole, margin)
    if left < 1:
        capex_origin = f"{capex_origin}; {left:.0%} of it, as of its rate"
    values |= term | origins.take(section, capex_origin, capex_usd=capex * left)
    return AiContract(name=name, **values, **_assumptions(margin, section, origins))


def _overdue(age: int, left: float, section: str, origins: Origins) -> dict[str, int]:
    """Quarters a contract waits beyond its announced start, or beyond its ramp if some of it has come."""
    late = max(0, age - RAMP_QUARTERS) if left < 1 else age
    why = f"announced start {age} quarters ago, {left:.0%} of the rate not in the line's revenue"
    return origins.take(section, why if late else "start or ramp is not over", overdue_quarters=min(40, late))


def _rate_inputs(rate: Rate, section: str, origins: Origins) -> dict[str, Any]:
    given, other = "usd_per_quarter", "usd_per_kw_month"
    if rate.usd_per_kw_month:
        given, other = other, given
    inputs = origins.take(section, rate.origin, **{given: rate.usd_per_kw_month or rate.usd})
    inputs |= origins.take(section, f"{given} tells the rate", **{other: 0.0})
    why = "standard deviation of logs between contracts that tell their rent" if rate.spread else "rate told"
    return inputs | origins.take(section, why, rate_spread=rate.spread)


def _assumptions(margin: LineMargin, section: str, origins: Origins) -> dict[str, Any]:
    """What no announcement tells."""
    ramp = "four quarters from first revenue to full, built in the four before; usual of announced ramps"
    inputs = origins.take(section, assumed(ramp), ramp_quarters=RAMP_QUARTERS, build_quarters=4)
    inputs |= origins.take(section, f"{margin.origin}; as the line's", margin=margin.margin)
    for why, values in (
        ("not told; the rate is the mean over the term", {"escalator": 0.0}),
        ("not told whether mining gives way", {"converts_mw": 0.0}),
        ("signed tenants come", {"tenant_chance": 1.0}),
        ("not told whether the tenant pays its power", {"passthrough_usd_per_mwh": 0.0}),
        ("no one-off revenue is told", {"fitout_usd": 0.0, "fitout_margin": 0.0}),
    ):
        inputs |= origins.take(section, assumed(why), **values)
    return inputs


def _rate(contract: Contract, view: View, day: date) -> Rate:
    """The contract's rate: its own, its deal's by megawatts, or that of other contracts by megawatts."""
    where, megawatts = f"contract {contract.url}", float(contract.attributable_mw_critical_it or 0)
    deal = rent_of_deal(contract, view, day) if contract.value_from else None
    if deal and megawatts:
        usd_per_kw_month, stage = deal
        origin = f"{where}: megawatts x rent of the same deal as told {stage.known}, contract {stage.url}"
        return _by_megawatts(megawatts, usd_per_kw_month, origin)
    if contract.quarterly_usd:
        return Rate(float(contract.quarterly_usd), f"{where}: value / term / 4", megawatts)
    if not megawatts:
        return Rate(0.0, f"{where}: neither value nor megawatts are told", 0.0)
    if contract.kind == "cloud":
        usual, cases = _usual_cloud_rate(view, day)
        how = f"median of {cases} contracts that tell their value"
        return Rate(megawatts * usual / 4, f"{where}: megawatts x {usual:,.0f} USD a year, {how}", megawatts)
    rents = rents_of_vintage(view, day, contract.known)
    return replace(
        _by_megawatts(megawatts, rents.median, f"{where}: megawatts; rent not told, {rents.origin}"),
        spread=rents.spread,
    )


def _by_megawatts(megawatts: float, usd_per_kw_month: float, origin: str) -> Rate:
    usd = megawatts * usd_per_kw_month * USD_PER_MW_QUARTER
    return Rate(usd, origin, megawatts, usd_per_kw_month)


def _usual_cloud_rate(view: View, day: date) -> tuple[float, int]:
    rates = [
        float(c.contract_value_usd / c.mw_critical_it / c.term_years)
        for c in view.contracts(day=day)
        if c.kind == "cloud" and c.contract_value_usd and c.mw_critical_it and c.term_years
    ]
    return (median(rates), len(rates)) if rates else (0.0, 0)


def _start(contract: Contract) -> tuple[Quarter, str]:
    """The last quarter of the announced start, or six quarters after the announcement if none is told."""
    where = f"contract {contract.url}"
    if contract.starts:
        first, last = map(Quarter.containing, contract.starts)
        return last, where if first == last else f"{where}: last quarter of {contract.start}"
    why = f"no start is told; {START_AFTER_QUARTERS} quarters after the announcement"
    return Quarter.containing(contract.known) + START_AFTER_QUARTERS, assumed(why)


def _capex(contract: Contract, usd: float, quarters: int, margin: LineMargin) -> tuple[float, str]:
    """What a contract costs to build: as announced, else by its gross profit or its megawatts."""
    if contract.capex_usd:
        return float(contract.capex_usd * contract.share), f"contract {contract.url}"
    if contract.kind == "cloud":
        rate = CLOUD_RETURN / 4
        years_worth = (1 - (1 + rate) ** -quarters) / rate
        why = f"GPUs and halls cost what its gross profit is worth at {CLOUD_RETURN:.0%} a year"
        return max(0.0, margin.margin) * usd * years_worth, assumed(why)
    critical = float(contract.attributable_mw_critical_it or 0)
    return HALL_USD_PER_MW * critical, assumed("10 million USD per critical MW of a hall without machines")


def _line_revenue(base: BaseQuarter, line: Line) -> float:
    """What recurs of a line's revenue: fit-out and costs passed on are no rent of a contract."""
    return line_parts(base, line).recurring_usd
