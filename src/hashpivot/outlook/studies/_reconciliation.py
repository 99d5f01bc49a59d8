"""Why an outlook begins where it does: from the last reported quarter to the first projected one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Any, Literal

import numpy as np

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, NoData, Quarter, not_in_ledger
from hashpivot.ledger import QuarterLines, View

from ..calibration import Calibration
from ..run import CompanyResults, MarketResults, OutlookSummary

CENT = 2
AI = (Line.AI_COLOCATION, Line.AI_CLOUD)
UNATTRIBUTED = "unattributed"
Basis = Literal["reported", "nowcast", "outlook"]
Amounts = dict[str, float]


@dataclass(frozen=True, slots=True)
class RevenueStep:
    """One step: its key, what it is in words, and US dollars."""

    key: str
    name: str
    usd: float

    def to_dict(self) -> dict[str, Any]:
        """`{"key", "name", "usd"}`, to the cent."""
        return {"key": self.key, "name": self.name, "usd": round(self.usd, CENT)}


@dataclass(frozen=True, slots=True)
class RevenueQuarter:
    """Revenue of one quarter on the way, in US dollars; medians unless reported.

    Args:
        quarter: The quarter.
        basis: `reported`, `nowcast` or `outlook`.
        total_usd: Total; medians of lines do not add up to it.
        lines_usd: By line, and `unattributed` for what a report gives to none.
    """

    quarter: Quarter
    basis: Basis
    total_usd: float
    lines_usd: Mapping[str, float]

    def to_dict(self) -> dict[str, Any]:
        """`{"quarter", "basis", "total_usd", "lines_usd"}`, to the cent."""
        lines = {line: round(usd, CENT) for line, usd in self.lines_usd.items()}
        total = round(self.total_usd, CENT)
        return {"quarter": str(self.quarter), "basis": self.basis, "total_usd": total, "lines_usd": lines}


@dataclass(frozen=True, slots=True)
class RevenueReconciliation:
    """From the last reported total to the first projected quarter's median; the steps add up exactly.

    Args:
        quarters: The reported quarter, those nowcast after it, and the first projected one.
        steps: Days, network, price and fleet of mining, ramps, other lines, one-offs that end, remainder.
    """

    quarters: tuple[RevenueQuarter, ...]
    steps: tuple[RevenueStep, ...]

    def to_dict(self) -> dict[str, Any]:
        """`{"from", "to", "from_usd", "to_usd", "steps", "quarters"}`."""
        first, last = self.quarters[0], self.quarters[-1]
        return {
            "from": str(first.quarter),
            "to": str(last.quarter),
            "from_usd": round(first.total_usd, CENT),
            "to_usd": round(last.total_usd, CENT),
            "steps": [step.to_dict() for step in self.steps],
            "quarters": [quarter.to_dict() for quarter in self.quarters],
        }


def reconcile(
    view: View, network: NetworkHistory, calibration: Calibration, found: OutlookSummary
) -> RevenueReconciliation | Missing:
    """The steps from the last reported quarter to an outlook's first, or why there are none.

    Args:
        view: The figures.
        network: The network up to the outlook's start.
        calibration: The case's, with its nowcast.
        found: The outlook.
    """
    last, market = found.quarters[0], found.market[0]
    reported = _last_report(view, found.ticker, last.quarter)
    if reported is None:
        return not_in_ledger(f"no total revenue of {found.ticker} before {last.quarter} is known")
    before = _reported(reported, _after(last))
    after = RevenueQuarter(last.quarter, "outlook", last.revenue_usd.p50 or 0.0, _after(last))
    steps = list(_steps(reported, before.lines_usd, after, network, market))
    left = after.total_usd - before.total_usd - sum(step.usd for step in steps)
    steps.append(RevenueStep("remainder", "medians of lines do not add up", left))
    return RevenueReconciliation((before, *_nowcast(calibration, reported.quarter), after), tuple(steps))


def _last_report(view: View, ticker: str, first: Quarter) -> QuarterLines | None:
    known = (view.quarter_lines(ticker, q) for q in reversed(list(view.quarters(ticker))) if q < first)
    return next((lines for lines in known if isinstance(lines.total_revenue, Figure)), None)


def _after(first: CompanyResults) -> Amounts:
    return {str(line): spread.p50 for line, spread in first.lines.items() if spread.p50}


def _reported(lines: QuarterLines, after: Mapping[str, float]) -> RevenueQuarter:
    """The report; a total without lines is that of the one line that is projected, if it is one."""
    total = float(lines.total_revenue.value) if isinstance(lines.total_revenue, Figure) else 0.0
    amounts = {str(line): float(figure.value) for line, figure in lines.revenue.items() if figure.value}
    if not amounts and len(after) == 1:
        return RevenueQuarter(lines.quarter, "reported", total, {next(iter(after)): total})
    rest = total - sum(amounts.values())
    return RevenueQuarter(
        lines.quarter, "reported", total, amounts | ({UNATTRIBUTED: rest} if abs(rest) >= 1 else {})
    )


def _nowcast(calibration: Calibration, reported: Quarter) -> Iterator[RevenueQuarter]:
    """The quarters nowcast after the report."""
    for each in calibration.nowcast.quarters if calibration.nowcast else ():
        if each.quarter > reported:
            lines = {str(line): float(np.median(usd)) for line, usd in each.lines_usd.items()}
            yield RevenueQuarter(each.quarter, "nowcast", float(np.median(each.total_usd)), lines)


def _steps(
    reported: QuarterLines,
    before: Mapping[str, float],
    after: RevenueQuarter,
    network: NetworkHistory,
    market: MarketResults,
) -> Iterator[RevenueStep]:
    """Steps of mining, AI lines, others and what ends; together the change of the lines' medians."""
    mined = before.get(Line.SELF_MINING, 0.0), after.lines_usd.get(Line.SELF_MINING, 0.0)
    if min(mined) > 0:
        yield from _mining(reported, mined, after.quarter, network, market)
    elif any(mined):
        yield RevenueStep(
            "fleet", "mining, which one of the quarters does not split off", mined[1] - mined[0]
        )
    for line in AI:
        change = after.lines_usd.get(line, 0.0) - before.get(line, 0.0)
        if change:
            yield RevenueStep(f"ramp_{line}", f"{line.heading}: contracts and ramps", change)
    others = [line for line in Line if line not in (Line.SELF_MINING, *AI, Line.OTHER)]
    for line in others:
        early, late = before.get(line, 0.0), after.lines_usd.get(line, 0.0)
        if early and not late:
            yield RevenueStep(f"one_off_{line}", f"{line.heading}: not carried on", -early)
        elif late - early:
            yield RevenueStep(f"line_{line}", line.heading, late - early)
    early = before.get(Line.OTHER, 0.0) + before.get(UNATTRIBUTED, 0.0)
    late = after.lines_usd.get(Line.OTHER, 0.0)
    if early and not late:
        yield RevenueStep("one_off_other", "other and unattributed revenue: not carried on", -early)
    elif late - early:
        yield RevenueStep("line_other", "other and unattributed revenue", late - early)


def _mining(
    reported: QuarterLines,
    mined: tuple[float, float],
    quarter: Quarter,
    network: NetworkHistory,
    market: MarketResults,
) -> Iterator[RevenueStep]:
    """Days, network, price and fleet, by the logarithmic mean (LMDI), so that they add up exactly."""
    early, late = mined
    price, hashprice = market.price_usd.p50, market.hashprice_usd_ph_day.p50
    try:
        then = network.over(reported.start, reported.end)
    except NoData:
        then = None
    if then is None or not price or not hashprice:
        yield RevenueStep("fleet", "mining, market and fleet together", late - early)
        return
    days = log(quarter.days / then.days)
    dearer = log(price / then.mean_price_usd)
    paid = log(hashprice / then.mean_hashprice_usd_per_ph_day)
    grown = log(late / early) - days - paid
    whole = log(late / early)
    weight = (late - early) / whole if whole else late
    for key, name, factor in (
        ("days", "mining: days", days),
        ("network", "mining: difficulty, subsidy and fees", paid - dearer),
        ("price", "mining: price of bitcoin", dearer),
        ("fleet", "mining: fleet, by its effective hash rate", grown),
    ):
        yield RevenueStep(key, name, weight * factor)
