"""Why an outlook begins where it does: from the last reported quarter to the first projected one.

Medians of lines do not add up to the median of their total. So a quarter that is not reported is shown by the
middle of its paths: the mean of each line over the twentieth of them whose total is nearest the median.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Figure, Line, Missing, NoData, NowcastDraws, Quarter, not_in_ledger
from hashpivot.ledger import QuarterLines, View

from ..calibration import Calibration
from ..run import Outlook

CENT = 2
MIDDLE = 20
"""One in so many paths: those whose total is nearest the median."""
AI = (Line.AI_COLOCATION, Line.AI_CLOUD)
UNATTRIBUTED = "unattributed"
Basis = Literal["reported", "nowcast", "outlook"]
Amounts = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Pay:
    """What the network pays: US dollars a bitcoin, and per PH/s a day."""

    price_usd: float
    hashprice_usd_ph_day: float


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
    """Revenue of one quarter on the way, in US dollars.

    Args:
        quarter: The quarter.
        basis: `reported`, `nowcast` or `outlook`.
        total_usd: Total; the median unless reported.
        lines_usd: By line, and `unattributed` for what a report gives to none. Unless reported, means over
            the paths in the middle.
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
        steps: Days, network, price and fleet of mining, ramps, other lines, one-offs that end, remainder:
            the median less the mean of the paths in the middle.
        split_by: The quarter by whose lines the revenue that the report gives to none is split: the first
            after it that holds all lines of the projected one. None if there is nothing to split.
    """

    quarters: tuple[RevenueQuarter, ...]
    steps: tuple[RevenueStep, ...]
    split_by: Quarter | None = None

    def to_dict(self) -> dict[str, Any]:
        """`{"from", "to", "from_usd", "to_usd", "split_by", "steps", "quarters"}`."""
        first, last = self.quarters[0], self.quarters[-1]
        return {
            "from": str(first.quarter),
            "to": str(last.quarter),
            "from_usd": round(first.total_usd, CENT),
            "to_usd": round(last.total_usd, CENT),
            "split_by": str(self.split_by) if self.split_by else None,
            "steps": [step.to_dict() for step in self.steps],
            "quarters": [quarter.to_dict() for quarter in self.quarters],
        }


def reconcile(
    view: View, network: NetworkHistory, calibration: Calibration, found: Outlook
) -> RevenueReconciliation | Missing:
    """The steps from the last reported quarter to an outlook's first, or why there are none.

    Args:
        view: The figures.
        network: The network up to the outlook's start.
        calibration: The case's, with its nowcast.
        found: The outlook.

    Raises:
        StoreError: If the outlook's paths cannot be read.
    """
    ticker, first = found.case.inputs.ticker, found.quarters[0]
    reported = _last_report(view, ticker, first)
    if reported is None:
        return not_in_ledger(f"no total revenue of {ticker} before {first} is known")
    before = _reported(reported)
    after, pay = _projected(found)
    way = (*_nowcast(calibration.nowcast, reported.quarter), after)
    following = next(each for each in way if each.lines_usd.keys() >= after.lines_usd.keys())
    whole = _split(before.lines_usd, following.lines_usd)
    steps = list(_steps(reported, whole, after, network, pay))
    left = after.total_usd - before.total_usd - sum(step.usd for step in steps)
    steps.append(RevenueStep("remainder", "median less the mean of the paths around it", left))
    split_by = following.quarter if whole != before.lines_usd else None
    return RevenueReconciliation((before, *way), tuple(steps), split_by)


def _last_report(view: View, ticker: str, first: Quarter) -> QuarterLines | None:
    known = (view.quarter_lines(ticker, q) for q in reversed(list(view.quarters(ticker))) if q < first)
    return next((lines for lines in known if isinstance(lines.total_revenue, Figure)), None)


def _reported(lines: QuarterLines) -> RevenueQuarter:
    total = float(lines.total_revenue.value) if isinstance(lines.total_revenue, Figure) else 0.0
    amounts = {str(line): float(figure.value) for line, figure in lines.revenue.items() if figure.value}
    rest = total - sum(amounts.values())
    return RevenueQuarter(
        lines.quarter, "reported", total, amounts | ({UNATTRIBUTED: rest} if abs(rest) >= 1 else {})
    )


def _split(reported: Mapping[str, float], following: Mapping[str, float]) -> Mapping[str, float]:
    """A report's lines; what it gives to none goes to the lines it does not name, as they stand later."""
    unnamed = {line: usd for line, usd in following.items() if usd > 0 and line not in reported}
    rest, whole = reported.get(UNATTRIBUTED, 0.0), sum(unnamed.values())
    if rest <= 0 or not whole:
        return reported
    named = {line: usd for line, usd in reported.items() if line != UNATTRIBUTED}
    return {**named, **{line: rest * usd / whole for line, usd in unnamed.items()}}


def _projected(found: Outlook) -> tuple[RevenueQuarter, _Pay]:
    """The first quarter, and what the network pays on the paths in the middle."""
    total = found.rows.row("revenue_usd", 0)
    middle = _middle(total)
    means = {line: float(found.rows.row(f"lines.{line}", 0)[middle].mean()) for line in Line}
    lines = {str(line): usd for line, usd in means.items() if usd}
    price, hashprice = (
        float(found.rows.row(name, 0)[middle].mean()) for name in ("price_usd", "hashprice_usd_ph_day")
    )
    quarter = RevenueQuarter(found.quarters[0], "outlook", float(np.median(total)), lines)
    return quarter, _Pay(price, hashprice)


def _nowcast(draws: NowcastDraws | None, reported: Quarter) -> Iterator[RevenueQuarter]:
    """The quarters nowcast after the report."""
    for each in draws.quarters if draws else ():
        if each.quarter > reported:
            middle = _middle(each.total_usd)
            lines = {str(line): float(usd[middle].mean()) for line, usd in each.lines_usd.items()}
            yield RevenueQuarter(each.quarter, "nowcast", float(np.median(each.total_usd)), lines)


def _middle(total: NDArray[np.floating]) -> NDArray[np.intp]:
    """The paths whose total is nearest the median: one in `MIDDLE`, as many above as below."""
    order = np.argsort(total, kind="stable")
    outside = (len(order) - max(1, len(order) // MIDDLE)) // 2
    return order[outside : len(order) - outside]


def _steps(
    reported: QuarterLines,
    before: Mapping[str, float],
    after: RevenueQuarter,
    network: NetworkHistory,
    pay: _Pay,
) -> Iterator[RevenueStep]:
    """Steps of mining, AI lines, others and what ends; together the change of the lines."""
    mined = before.get(Line.SELF_MINING, 0.0), after.lines_usd.get(Line.SELF_MINING, 0.0)
    if min(mined) > 0:
        yield from _mining(reported, mined, after.quarter, network, pay)
    elif any(mined):
        yield RevenueStep("fleet", "mining, which one of the quarters does not hold", mined[1] - mined[0])
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
    pay: _Pay,
) -> Iterator[RevenueStep]:
    """Days, network, price and fleet, by the logarithmic mean (LMDI), so that they add up exactly."""
    early, late = mined
    try:
        then = network.over(reported.start, reported.end)
    except NoData:
        then = None
    if then is None:
        yield RevenueStep("fleet", "mining, market and fleet together", late - early)
        return
    days = log(quarter.days / then.days)
    dearer = log(pay.price_usd / then.mean_price_usd)
    paid = log(pay.hashprice_usd_ph_day / then.mean_hashprice_usd_per_ph_day)
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
