"""Calibration: every input of a company's outlook from the bundled figures, with where it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, NowcastDraws, Quarter, short_repr
from hashpivot.ledger import Contract, View

from ..inputs import (
    ASSUMED,
    ON_FACTS,
    AiContract,
    Chips,
    CompanyInputs,
    Origins,
    RunRateLines,
    Solvency,
    assumed,
    of_figure,
)
from ..record import PROPORTIONAL, FleetChange, line_noise, orders_elasticity
from ._ai import calibrate_cloud, calibrate_colocation
from ._base import BaseQuarter, base_of, check_reports
from ._carry import carry_cash
from ._contracts import calibrate_contracts, input_name, tells_rate
from ._conversions import calibrate_conversions
from ._finance import calibrate_finance, old_flows
from ._levels import DrawnLevels
from ._mining import base_ehs, calibrate_mining, fleet_fall, mining_mixes
from .remarks import (
    CONSOLIDATED,
    age_of_flows,
    age_of_lines,
    left_out,
    mining_remarks,
    mixed_line,
    new_debt,
    no_contracts,
    unverified,
)

STEADY = (
    (Line.HOSTING, "hosting_usd"),
    (Line.ENGINEERING, "engineering_usd"),
    (Line.POWER, "power_usd"),
    (Line.OTHER, "other_usd"),
)
CHIP_COST_SHARE = 0.75
"""Assumed: a quarter of a machine's price is gross profit."""

USUAL_MARGIN = 0.2
"""Gross margin of the run-rate lines, assumed where no cost of them is disclosed."""


@short_repr
@dataclass(frozen=True)
class Calibration:
    """A company's inputs with their origins.

    Args:
        inputs: The inputs.
        origins: Origin by key.
        quarter: Latest quarter known by line, on which they stand.
        as_of: Last day of the market's history.
        announced: The company's AI contracts in force on that day, as announced.
        solvency: On what cash, debt and shares stand.
        base_ehs: Hash rate that the mining revenue of `quarter` stands for.
        begins: The quarter whose revenue by line the outlook begins with: the running one if its nowcast was
            handed over, else `quarter`.
        nowcast: The quarters not yet reported, if they could be drawn.
        not_drawn: Why they could not; empty if they were, or nobody asked.
        fleet_fall: The large fall of the hash rate it mined with, if the last year had one.
        mining_mixes: What reports put on the line of self-mining together; empty if that is mining alone.
        old: Quarters of overheads and the like that are older than a balance sheet may be, by key.
    """

    inputs: CompanyInputs
    origins: Origins
    quarter: Quarter
    as_of: date
    announced: tuple[Contract, ...] = ()
    solvency: Solvency = ON_FACTS
    base_ehs: float = 0.0
    begins: Quarter | None = None
    nowcast: NowcastDraws | None = None
    not_drawn: str = ""
    fleet_fall: FleetChange | None = None
    mining_mixes: str = ""
    old: Mapping[str, Quarter] = field(default_factory=dict)

    @property
    def remarks(self) -> list[str]:
        """What a reader must know before believing anything."""
        start = Quarter.containing(self.as_of + timedelta(days=1))
        begun = f"It begins with the figures of {self.quarter}, not with a nowcast: {self.not_drawn}."
        said = (
            mixed_line(self.mining_mixes, self.quarter),
            age_of_lines(self.quarter, start),
            begun if self.not_drawn else "",
            age_of_flows({key: of for key, of in self.old.items() if self.origins[key] != "user"}, start),
            unverified(self._new_contracts()),
            left_out([each.counterparty for each in self.announced if not tells_rate(each)]),
            "" if self.announced else no_contracts(self.inputs.ticker),
            *mining_remarks(self.inputs, self.fleet_fall),
            self.solvency.carried,
            new_debt(self.inputs.finance),
            CONSOLIDATED,
        )
        return [words for words in said if words]

    def _new_contracts(self) -> list[AiContract]:
        """Contracts of the ledger that the inputs hold, extensions apart."""
        names = {input_name(each, place) for place, each in enumerate(self.announced) if not each.extends}
        return [each for each in self.inputs.contracts if each.name in names]


def calibrate(
    view: View, network: NetworkHistory, ticker: str, drawn: DrawnLevels | None = None
) -> Calibration:
    """The inputs of a company from what a view knows.

    Args:
        view: The figures.
        network: Its last day is the day of the calibration.
        ticker: The company.
        drawn: Levels of the running quarter, if its nowcast was handed over.

    Raises:
        NoData: If no quarter of the company is known by line, or it was acquired.
    """
    check_reports(view, ticker, network.last_day)
    base, origins = base_of(view, ticker, drawn), Origins()
    finance, solvency, debt = calibrate_finance(base, network, origins)
    contracts, running = calibrate_contracts(base, view, network.last_day, origins)
    mining = calibrate_mining(base, network, origins)
    inputs = CompanyInputs(
        ticker,
        mining,
        _steady(base, origins),
        calibrate_cloud(base, view, network.last_day, contracts, origins),
        calibrate_colocation(base, view, network.last_day, running, contracts, origins),
        _chips(base, network, origins),
        finance,
        (*contracts, *calibrate_conversions(base, network.last_day, mining, origins)),
        debt=debt,
    )
    totals = drawn.totals_usd if drawn else {}
    inputs, solvency = carry_cash(inputs, solvency, base, network, totals, origins)
    announced = view.contracts(ticker, network.last_day)
    return Calibration(
        inputs, origins, base.quarter, network.last_day, announced,
        base_ehs=base_ehs(base, network), begins=base.begins,
        solvency=replace(solvency, assumed=_assumed_capex(contracts, origins)),
        fleet_fall=fleet_fall(base, network),
        mining_mixes=mining_mixes(base), old=old_flows(base, network, origins),
    )  # fmt: skip


def _assumed_capex(contracts: Sequence[AiContract], origins: Origins) -> tuple[str, ...]:
    """The key of what contracts cost to build, if that of one still to be built is not announced.

    Whether cash suffices then stands on an assumption, however well the balance sheet is known.
    """
    guessed = (
        origins[f"contracts.{each.name}.capex_usd"].startswith(ASSUMED)
        for each in contracts
        if each.capex_usd
    )
    return ("contracts.capex_usd",) if any(guessed) else ()


def _steady(base: BaseQuarter, origins: Origins) -> RunRateLines:
    inputs: dict[str, float] = {}
    for line, key in STEADY:
        level = base.level(line)
        origin = level.origin if level else f"no such revenue in {base.begins}"
        inputs |= origins.take("steady", origin, **{key: level.usd if level else 0.0})
    inputs |= _unattributed(base, origins)
    noise, cases = line_noise(base.view)
    why = f"track record: root mean square of {cases} quarterly log changes of companies' lines"
    inputs |= origins.take("steady", why, line_noise=noise)
    return RunRateLines(**inputs, **_steady_margin(base, origins))


def _unattributed(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    """Revenue no line claims: the total less its lines and eliminations."""
    if base.drawn:
        return origins.take("steady", f"{base.drawn.origin}: in other revenue", unattributed_usd=0.0)
    left = base.lines.unattributed
    if isinstance(left, Missing):
        return origins.take("steady", f"not derivable: {left.reason}", unattributed_usd=0.0)
    how = "total less lines and eliminations"
    usd = 0.0 if base.lines.ties else max(0.0, float(left.value))
    return origins.take("steady", of_figure(left, how=how), unattributed_usd=usd)


def _steady_margin(base: BaseQuarter, origins: Origins) -> dict[str, float]:
    profits = {line: base.lines.gross_profit.get(line) for line, _ in STEADY}
    disclosed = {line: profit for line, profit in profits.items() if isinstance(profit, Figure)}
    revenue = sum(float(base.lines.revenue[line].value) for line in disclosed)
    if revenue <= 0:
        return origins.take("steady", assumed("no cost of these lines is disclosed"), margin=USUAL_MARGIN)
    share = sum(float(profit.value) for profit in disclosed.values()) / revenue
    how = "gross profit / revenue of these lines together"
    return origins.take("steady", of_figure(*disclosed.values(), how=how), margin=max(-2.0, min(1.0, share)))


def _chips(base: BaseQuarter, network: NetworkHistory, origins: Origins) -> Chips:
    """A running chip business goes on at the hash rate its revenue stands for; else there is none."""
    level = base.level(Line.CHIPS)
    plain = {each.name: value for each in fields(Chips) if (value := each.default) is not None}
    if level is None or level.usd <= 0:
        return Chips(**origins.take("chips", f"no chip revenue in {base.begins}", **plain))
    inputs = origins.take(
        "chips", assumed("already selling: no tape-out is waited for, no market is closed"), **plain
    )
    inputs |= {"first_quarter": base.begins, "tape_out_success": 1.0, "ramp_quarters": 1}
    hashprice = _hashprice(base, network)
    usd_per_th = hashprice / 1_000 * inputs["price_days"]
    elasticity, pairs = orders_elasticity(base.view, network)
    why = (
        f"regression of {pairs} changes of companies' chip revenue on hashprice" if elasticity is not None
        else assumed(f"orders in proportion to the price of a TH; {pairs} changes on record are too few")
    )  # fmt: skip
    inputs |= origins.take("chips", why, orders_elasticity=PROPORTIONAL if elasticity is None else elasticity)
    inputs |= origins.take(
        "chips", f"the network's mean of {base.quarter}", reference_hashprice_usd_per_ph_day=hashprice
    )
    how = f"revenue / {usd_per_th:.2f} USD per TH ({inputs['price_days']:g} days of hashprice)"
    sold = level.usd / usd_per_th / 1e6
    inputs |= origins.take("chips", f"{level.origin}: {how}", sold_ehs=sold, first_quarter=base.begins)
    why = assumed("a quarter of the price is gross profit")
    return Chips(**inputs | origins.take("chips", why, cost_usd_per_th=CHIP_COST_SHARE * usd_per_th))


def _hashprice(base: BaseQuarter, network: NetworkHistory) -> float:
    """Mean hashprice of the quarter whose chip revenue the outlook begins with."""
    if base.drawn:
        eh_days = base.drawn.median_eh[Line.CHIPS] * 1_000 * base.begins.days
        return base.drawn.median_usd[Line.CHIPS] / eh_days
    return network.over(base.lines.start, base.lines.end).mean_hashprice_usd_per_ph_day
