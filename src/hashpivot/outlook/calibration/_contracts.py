"""A company's announced AI contracts as inputs: rate, start, capex, each with where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from typing import Any

from hashpivot.core import Line, Quarter
from hashpivot.ledger import Contract, View

from ..inputs import ASSUMED, USD_PER_MW_QUARTER, AiContract, ContractKind, Origins, assumed, of_figure
from ._base import BaseQuarter
from ._margins import LineMargin, line_margin
from ._recurring import line_parts
from .ai_record import (
    USUAL_SPREAD,
    Begun,
    StartRecord,
    contract_origin,
    credited,
    deal_of,
    earned_by_quarter,
    evidence_of,
    own_capex,
    rent_of_deal,
    rents_of_vintage,
    start_record,
    tenant_chance,
)

HALL_USD_PER_MW = 10e6
"""Capex of a critical megawatt of data hall without machines, assumed where none is announced."""

CLOUD_RETURN = 0.12
"""Yearly return at which a cloud contract's gross profit pays for its GPUs and data halls, assumed: a
contract that both sides signed neither loses money nor earns much more than capital costs."""

TERM_YEARS = {"colocation": 15.0, "cloud": 5.0}
"""Assumed where no term is announced: as long as those announced."""

RAMP_QUARTERS, BUILD_QUARTERS = 4, 4

MOST_OVERDUE = 40
NO_REPORT_YET = "no report since that start"
"""Of a contract whose announced start is past: nobody has seen whether it came."""

START_AFTER_QUARTERS = 6
"""Quarters from the announcement to the start, assumed where no start is announced."""

TOLD_SPREAD = 0.1
"""Assumed, in logs: value over term is a mean. Escalators of up to 3% a year put the first years up to a
fifth below it; options and power that some values hold put others above."""

LINES = {"colocation": Line.AI_COLOCATION, "cloud": Line.AI_CLOUD}


@dataclass(frozen=True, slots=True)
class Rate:
    """What a contract brings.

    Args:
        usd: A quarter, once ramped up; the company's share.
        origin: Where that came from.
        critical_mw: The company's share of the megawatts, 0 if not told.
        usd_per_kw_month: Rent, if the dollars were inputs by it, else 0.
        spread: Standard deviation of its log: between contracts, if it is theirs.
    """

    usd: float
    origin: str
    critical_mw: float
    usd_per_kw_month: float = 0.0
    spread: float = TOLD_SPREAD

    def without(self, usd: float) -> Rate:
        """The same rent on what is left of the contract after so many dollars a quarter."""
        left = 1 - usd / self.usd if self.usd else 1.0
        return replace(self, usd=self.usd - usd, critical_mw=self.critical_mw * left)


@dataclass(frozen=True, slots=True)
class RunningHalls:
    """What colocation revenue stands for where the outlook begins.

    Args:
        critical_mw: Megawatts of contracts begun that it pays for.
        contracted_usd: What it pays for them, dollars a quarter.
        unexplained_usd: Dollars a quarter beyond the full rates of all contracts begun, and beyond what was
            earned before they began.
    """

    critical_mw: float
    contracted_usd: float
    unexplained_usd: float


def calibrate_contracts(
    base: BaseQuarter, view: View, day: date, origins: Origins
) -> tuple[tuple[AiContract, ...], RunningHalls]:
    """Contracts in force on a day not yet at full revenue in the latest quarter, and what runs then.

    A contract that had begun by then counts with what its full revenue exceeds its part of the line's
    (`credited`), and so do its critical megawatts.
    """
    announced, starts = view.contracts(base.ticker, day), start_record(view, day)
    lines = {kind: _line_begun(base, view, day, kind, announced) for kind in LINES}
    running_mw, contracts = 0.0, []
    for number, contract in enumerate(announced):
        rate, (start, start_origin) = _rate(contract, view, day), _start(contract)
        full, age, told, line = rate, 0, start, lines[contract.kind]
        if start <= base.begins:
            taken = line.parts.get(number, 0.0)
            age = base.begins.since(start) + 1
            rate, start = rate.without(taken), base.begins + 1
            running_mw += full.critical_mw - rate.critical_mw if contract.kind == "colocation" else 0.0
            start_origin += f"; {_how_far(line.reported_since(told), taken, base)}"
        if rate.usd > 0:
            margin = line_margin(base, LINES[contract.kind])
            overdue = _overdue_quarters(line.reported, told, rate.usd < full.usd)
            seen = rate.usd < full.usd and line.reported_since(told)
            stage = Stage(rate.usd / full.usd, age, overdue, seen)
            made = _contract(contract, number, rate, stage, start, start_origin, margin, origins)
            values: dict[str, Any] = _tenant(made, stage, view, day, starts, origins)
            values |= _still_to_spend(made, stage, Quarter.containing(day + timedelta(1)), origins)
            values |= _as_spent_before(contract, made, stage, values["capex_usd"], view, full, origins)
            contracts.append(replace(made, **values))
    halls = lines["colocation"]
    running = RunningHalls(running_mw, sum(halls.parts.values()), halls.unexplained_usd)
    return tuple(contracts), running


@dataclass(frozen=True, slots=True)
class LineBegun:
    """What contracts begun bring to a line where the outlook begins.

    Args:
        parts: Dollars a quarter by number of contract.
        unexplained_usd: What neither they nor business older than they explain.
        reported: Last quarter of which a report tells what the line earned; None if none does.
    """

    parts: dict[int, float]
    unexplained_usd: float
    reported: Quarter | None

    def reported_since(self, start: Quarter) -> bool:
        """True if a report tells of a start's quarter or a later one."""
        return self.reported is not None and self.reported >= start


def _line_begun(
    base: BaseQuarter, view: View, day: date, kind: str, announced: Sequence[Contract]
) -> LineBegun:
    begun = []
    for number, contract in enumerate(announced):
        last, _ = _start(contract)
        if contract.kind == kind and last <= base.begins:
            first = Quarter.containing(contract.starts[0]) if contract.starts else last
            begun.append(Begun(number, first, last, _rate(contract, view, day).usd))
    earned = earned_by_quarter(view, base.ticker, LINES[kind])
    parts, left = credited(begun, earned, line_parts(base, LINES[kind]).recurring_usd)
    return LineBegun(parts, left, max(earned, default=None))


def _how_far(reported: bool, taken: float, base: BaseQuarter) -> str:
    """What is known of a contract whose announced start is not ahead."""
    part = f"{taken:,.0f} USD of its rate already in {base.begins}" if taken else f"nothing in {base.begins}"
    if reported:
        return f"begun, {part}" if taken else part
    return f"{NO_REPORT_YET}; by the nowcast {part}"


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a contract has come where the outlook begins.

    Args:
        left: Share of its rate that is not in the line's revenue.
        age: Quarters of its term that are over.
        overdue: Quarters it waits beyond its announced start, or beyond its ramp if some of it has come.
        seen: True if a report shows some of its rate.
    """

    left: float
    age: int
    overdue: int
    seen: bool


def input_name(contract: Contract, number: int) -> str:
    """Name of the input that stands for a company's contract, the first being number 0."""
    return f"{contract.counterparty} [{number + 1}]"


def tells_rate(contract: Contract) -> bool:
    """True if value or megawatts are told: without either, nothing can be projected of it."""
    return bool(contract.contract_value_usd or contract.mw_critical_it)


def _overdue_quarters(reported: Quarter | None, start: Quarter, partly: bool) -> int:
    """Reported quarters since an announced start, less those of a ramp begun: a nowcast shows no delay."""
    over = 0 if reported is None else reported.since(start) + 1
    return min(MOST_OVERDUE, max(0, over - RAMP_QUARTERS if partly else over))


def _contract(
    contract: Contract, number: int, rate: Rate, stage: Stage, start: Quarter, start_origin: str,
    margin: LineMargin, origins: Origins,
) -> AiContract:  # fmt: skip
    name = input_name(contract, number)
    section, where = f"contracts.{name}", contract_origin(contract)
    kind: ContractKind = "colocation" if contract.kind == "colocation" else "cloud"
    values = origins.take(section, where, kind=kind, pricing="signed") | _rate_inputs(rate, section, origins)
    values |= origins.take(section, where, evidence=evidence_of(contract))
    values |= origins.take(section, where if rate.critical_mw else "not told", critical_mw=rate.critical_mw)
    values |= origins.take(section, start_origin, start=start)
    years = contract.term_years
    whole = round(float(years or TERM_YEARS[kind]) * 4)
    term_origin = where if years else assumed("term not told; as long as those announced")
    gone = f"; {stage.age} quarters of it are over" if stage.age else ""
    values |= origins.take(section, term_origin + gone, term_quarters=max(1, whole - stage.age))
    why = f"{stage.left:.0%} of the rate is not in the line's revenue" if stage.overdue else "not over"
    values |= origins.take(section, f"announced start or ramp: {why}", overdue_quarters=stage.overdue)
    capex, capex_origin = _capex(contract, rate.usd / stage.left, whole, margin)
    values |= origins.take(section, capex_origin, capex_usd=capex)
    return AiContract(name=name, **values, **_assumptions(margin, section, origins))


def _tenant(
    made: AiContract, stage: Stage, view: View, day: date, starts: StartRecord, origins: Origins
) -> dict[str, float]:
    """Probability that the tenant comes: 1 if a report shows part of the rate."""
    section = f"contracts.{made.name}"
    if stage.seen:
        return origins.take(section, "part of its rate is paid already", tenant_chance=1.0)
    chance, why = tenant_chance(view, day, starts, stage.overdue)
    return origins.take(section, why, tenant_chance=chance)


def _still_to_spend(made: AiContract, stage: Stage, first: Quarter, origins: Origins) -> dict[str, float]:
    """What is still to be spent of a contract's cost from the first quarter of the outlook on.

    Halls come in equal steps, each built in the quarters before it. Of a contract whose announced start is
    past, no more than what has not come, nor than what was left to be spent at that start.
    """
    ahead = 0 if stage.age else max(0, made.start.since(first))
    spent = sum(max(0.0, 1 - (ahead + step) / BUILD_QUARTERS) for step in range(RAMP_QUARTERS))
    share = min(stage.left, 1 - spent / RAMP_QUARTERS)
    why = f"{stage.left:.0%} of it has not come" if stage.age else f"quarters before its start: {ahead}"
    section = f"contracts.{made.name}"
    whole = f"{origins[f'{section}.capex_usd']}; {share:.0%} still to be spent, {why}"
    return origins.take(section, whole, capex_usd=made.capex_usd * share)


def _as_spent_before(
    contract: Contract, made: AiContract, stage: Stage, still_usd: float, view: View, full: Rate,
    origins: Origins,
) -> dict[str, float]:  # fmt: skip
    """The rest of a contract whose cost is not announced: its megawatts cost no more than those that came."""
    if stage.left == 1 or contract.kind != "colocation" or contract.capex_usd or not made.critical_mw:
        return {}
    first = min(each.known for each in view.announced_contracts if deal_of(each) == deal_of(contract))
    own = own_capex(view, contract.ticker, first, full.critical_mw / full.usd)
    if own is None or own.usd_per_mw >= HALL_USD_PER_MW:
        return {}
    section = f"contracts.{made.name}"
    how = (
        f"all capex since {first} over the megawatts of {own.quarter} is {own.usd_per_mw / 1e6:.1f} million "
        f"USD per MW, at most; in place of {HALL_USD_PER_MW / 1e6:.0f}"
    )
    origin = f"{origins[f'{section}.capex_usd']}; {of_figure(*own.figures, how=how)}"
    return origins.take(section, origin, capex_usd=still_usd * own.usd_per_mw / HALL_USD_PER_MW)


def _rate_inputs(rate: Rate, section: str, origins: Origins) -> dict[str, Any]:
    given, other = "usd_per_quarter", "usd_per_kw_month"
    if rate.usd_per_kw_month:
        given, other = other, given
    inputs = origins.take(section, rate.origin, **{given: rate.usd_per_kw_month or rate.usd})
    inputs |= origins.take(section, f"{given} tells the rate", **{other: 0.0})
    told = assumed("value over term is a mean; escalators of up to 3% a year put first years below it")
    others = "standard deviation of logs between contracts that tell their rent"
    why = told if rate.spread == TOLD_SPREAD else others
    return inputs | origins.take(section, why, rate_spread=rate.spread)


def _assumptions(margin: LineMargin, section: str, origins: Origins) -> dict[str, Any]:
    """What no announcement tells."""
    ramp = "four quarters from first revenue to full, built in the four before; usual of announced ramps"
    inputs = origins.take(section, assumed(ramp), ramp_quarters=RAMP_QUARTERS, build_quarters=BUILD_QUARTERS)
    inputs |= origins.take(section, f"{margin.origin}; as the line's", margin=margin.margin)
    for why, values in (
        ("not told; the rate is the mean over the term", {"escalator": 0.0}),
        ("not told whether mining gives way", {"converts_mw": 0.0}),
        ("not told whether the tenant pays its power", {"passthrough_usd_per_mwh": 0.0}),
        ("no one-off revenue is told", {"fitout_usd": 0.0, "fitout_margin": 0.0}),
    ):
        inputs |= origins.take(section, assumed(why), **values)
    return inputs


def _rate(contract: Contract, view: View, day: date) -> Rate:
    """The contract's rate: its own, its deal's by megawatts, or that of other contracts by megawatts."""
    where, megawatts = contract_origin(contract), float(contract.attributable_mw_critical_it or 0)
    deal = rent_of_deal(contract, view, day) if contract.value_from else None
    if deal and megawatts:
        usd_per_kw_month, stage = deal
        origin = f"{where}: megawatts x rent of the same deal as told {stage.known}, {contract_origin(stage)}"
        return _by_megawatts(megawatts, usd_per_kw_month, origin)
    if contract.quarterly_usd:
        return Rate(float(contract.quarterly_usd), f"{where}: value / term / 4", megawatts)
    if not megawatts:
        return _by_value(contract, where)
    if contract.kind == "cloud":
        usual, cases = _usual_cloud_rate(view, day)
        how = f"median of {cases} contracts that tell their value"
        origin = f"{where}: megawatts x {usual:,.0f} USD a year, {how}"
        return Rate(megawatts * usual / 4, origin, megawatts, spread=USUAL_SPREAD)
    rents = rents_of_vintage(view, day, contract.known)
    return replace(
        _by_megawatts(megawatts, rents.median, f"{where}: megawatts; rent not told, {rents.origin}"),
        spread=rents.spread,
    )


def _by_value(contract: Contract, where: str) -> Rate:
    """The rate of a contract that tells no megawatts, over an assumed term; nothing without a value."""
    if contract.attributable_value_usd is None:
        return Rate(0.0, f"{where}: neither value nor megawatts are told", 0.0)
    years = TERM_YEARS[contract.kind]
    origin = f"{where}: value over {years:.0f} years, as the term is not told"
    return Rate(float(contract.attributable_value_usd) / (4 * years), origin, 0.0, spread=USUAL_SPREAD)


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
    where = contract_origin(contract)
    if contract.starts:
        first, last = map(Quarter.containing, contract.starts)
        return last, where if first == last else f"{where}: last quarter of {contract.start}"
    why = f"no start is told; {START_AFTER_QUARTERS} quarters after the announcement"
    return Quarter.containing(contract.known) + START_AFTER_QUARTERS, assumed(why)


def _capex(contract: Contract, usd: float, quarters: int, margin: LineMargin) -> tuple[float, str]:
    """What a contract costs to build: as announced, else by its gross profit or its megawatts."""
    if contract.capex_usd:
        return float(contract.capex_usd * contract.share), contract_origin(contract)
    if contract.kind == "cloud":
        rate = CLOUD_RETURN / 4
        years_worth = (1 - (1 + rate) ** -quarters) / rate
        itself = ", itself assumed," if margin.origin.startswith(ASSUMED) else ""
        why = (
            f"GPUs and halls cost what a margin of {margin.margin:.0%}{itself} is worth over "
            f"{quarters / 4:g} years at {CLOUD_RETURN:.0%} a year"
        )
        return max(0.0, margin.margin) * usd * years_worth, assumed(why)
    critical = float(contract.attributable_mw_critical_it or 0)
    return HALL_USD_PER_MW * critical, assumed("10 million USD per critical MW of a hall without machines")
