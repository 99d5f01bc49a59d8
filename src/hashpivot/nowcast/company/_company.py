"""One company's nowcast: lines, total, gross profit, adjusted EBITDA, bitcoin held, bridge and inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from hashpivot.core import Figure, Keyed, Line, Missing, Quarter, Tabular

from ..hash_rate import Kind, SetAside
from ..network import Floats
from ..parts import (
    Estimate,
    Step,
    ebitda_bridge,
    ebitda_draws,
    fair_value_draws,
    gross_profit_draws,
    mining_steps,
    rounded,
)
from ._lines import CompanyDraws
from ._quarter import CompanyQuarter
from ._site_power import dearer_usd, power_inputs

RECENT_DAYS = 200
NEAR_DAYS = 45


@dataclass(frozen=True, slots=True)
class LineNowcast:
    """One line: its estimate, and in words what it stands on."""

    line: Line
    estimate: Estimate
    basis: str

    def to_dict(self) -> dict[str, Any]:
        """`{"line", "median_usd", "p10_usd", "p90_usd", "basis"}`."""
        return {"line": str(self.line), **self.estimate.to_dict(), "basis": self.basis}


@dataclass(frozen=True, slots=True)
class Input:
    """Something a nowcast stands on.

    Args:
        name: What it is.
        value: Its value, in the unit the name gives.
        source: A figure id that `hashpivot trace` takes, a URL, or in words where it comes from.
    """

    name: str
    value: float | str
    source: str

    def to_dict(self) -> dict[str, Any]:
        """`{"name", "value", "source"}`."""
        return {"name": self.name, "value": self.value, "source": self.source}


@dataclass(frozen=True, repr=False)
class CompanyNowcast(Tabular, Keyed[LineNowcast]):
    """What a company is about to report: a mapping of lines of business to their nowcasts.

    Args:
        ticker: The company.
        quarter: The quarter.
        as_of: Nothing known later was used.
        start: First day of its fiscal quarter.
        end: Last day.
        level: `updates`, `hashrate` or `network`.
        total: All revenue.
        lines: Revenue by line.
        gross_profit: By line, or why not.
        total_gross_profit: Of all lines, or why not.
        adjusted_ebitda: Or why not.
        fair_value_change: Of bitcoin held, or why not.
        bridge: Steps from the last reported total to the nowcast's median; empty if none is known.
        inputs: What it stands on.
        set_aside: Figures not used, with the reason.
        last: The last reported total revenue, if any.
        reported: The quarter's total revenue, if it has been reported since.
    """

    row_key = "line"

    ticker: str
    quarter: Quarter
    as_of: date
    start: date
    end: date
    level: str
    total: Estimate
    lines: tuple[LineNowcast, ...]
    gross_profit: Mapping[Line, Estimate | Missing]
    total_gross_profit: Estimate | Missing
    adjusted_ebitda: Estimate | Missing
    fair_value_change: Estimate | Missing
    bridge: tuple[Step, ...]
    inputs: tuple[Input, ...]
    set_aside: tuple[SetAside, ...]
    last: Figure | None
    reported: Figure | None = None

    def __repr__(self) -> str:
        median, low, high = (
            round(usd) for usd in (self.total.median_usd, self.total.p10_usd, self.total.p90_usd)
        )
        return f"CompanyNowcast({self.ticker} {self.quarter}: {median:,} USD, 80% in {low:,} to {high:,})"

    def records(self) -> list[dict[str, Any]]:
        """One row a line: its estimate, and in words what it stands on."""
        return [line.to_dict() for line in self.lines]

    def _members(self) -> dict[str, LineNowcast]:
        return {str(line.line): line for line in self.lines}

    def _key_noun(self) -> str:
        return f"line of {self.ticker} in {self.quarter} is called"

    @property
    def surprise(self) -> float | None:
        """Reported revenue over the nowcast's median, less one; None if not reported yet."""
        return float(self.reported.value) / self.total.median_usd - 1 if self.reported else None

    def line(self, line: Line) -> LineNowcast | None:
        """The nowcast of one line."""
        return next((each for each in self.lines if each.line == line), None)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of one company."""
        return {
            "ticker": self.ticker,
            "as_of": self.as_of.isoformat(),
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "level": self.level,
            "last": self._last(),
            "total": self.total.to_dict(),
            "lines": [line.to_dict() for line in self.lines],
            "gross_profit": {
                "total": _shown(self.total_gross_profit),
                "lines": [{"line": str(k), **_shown(v)} for k, v in self.gross_profit.items()],
            },
            "adjusted_ebitda": _shown(self.adjusted_ebitda),
            "fair_value_change_bitcoin": _shown(self.fair_value_change),
            "bridge": [{"name": step.name, "usd": rounded(step.usd)} for step in self.bridge],
            "inputs": [each.to_dict() for each in self.inputs],
            "set_aside": [{"figure": each.figure.id, "reason": each.reason} for each in self.set_aside],
            "reported": self._reported(),
        }

    def _last(self) -> dict[str, Any] | None:
        if not self.last:
            return None
        return {
            "quarter": str(self.last.quarter),
            "total_usd": round(float(self.last.value)),
            "figure": self.last.id,
        }

    def _reported(self) -> dict[str, Any] | None:
        if not self.reported:
            return None
        value = float(self.reported.value)
        return {
            "total_usd": round(value),
            "figure": self.reported.id,
            "known": self.reported.known.isoformat(),
            "surprise": self.surprise,
            "inside_80": self.total.holds(value),
        }


def company_nowcast(drawn: CompanyDraws, reported: Figure | None = None) -> CompanyNowcast | Missing:
    """The nowcast of one company's quarter, or why there is none."""
    held, known, draws = drawn.held, drawn.held.known, drawn.total()
    if draws is None:
        return Missing(_why_nothing(held))

    def seed(name: str) -> int:
        return known.seed(held.ticker, held.quarter, name)

    lines = {line.line: line.draws for line in drawn.lines}
    dearer = dearer_usd(held)
    more = 0.0 if isinstance(dearer, Missing) else dearer
    profits = gross_profit_draws(lines, held.base, drawn.hashes(), held.ahead, seed("cost"), more)
    profit = _whole_profit(profits)
    treasury = fair_value_draws(known.view, held.ticker, known.market, held.start, held.end, seed("bitcoin"))
    fair, holdings = (None, None) if isinstance(treasury, Missing) else (treasury.draws, treasury.held)
    return CompanyNowcast(
        ticker=held.ticker,
        quarter=held.quarter,
        as_of=known.as_of,
        start=held.start,
        end=held.end,
        level=str(held.level),
        total=Estimate.of(draws),
        lines=tuple(LineNowcast(line.line, Estimate.of(line.draws), line.basis) for line in drawn.lines),
        gross_profit={line: _estimate(profit) for line, profit in profits.items()},
        total_gross_profit=_estimate(profit),
        adjusted_ebitda=_estimate(_ebitda(held, profit, fair, seed("ebitda"))),
        fair_value_change=treasury if isinstance(treasury, Missing) else Estimate.of(treasury.draws),
        bridge=tuple(_bridge(drawn, float(np.median(draws)))),
        inputs=tuple(_inputs(held, holdings)),
        set_aside=(*known.set_aside(held.ticker), *(held.path.set_aside if held.path else ())),
        last=_base_total(held),
        reported=reported,
    )


def _estimate(draws: Floats | Missing) -> Estimate | Missing:
    return draws if isinstance(draws, Missing) else Estimate.of(draws)


def _why_nothing(held: CompanyQuarter) -> str:
    quarters = [q for q in held.known.view.quarters(held.ticker) if q < held.quarter]
    if not quarters:
        return f"no revenue before it and no recent bitcoin mined are known on {held.known.as_of}"
    if held.base:
        return f"no line of the last known quarter, {held.base.quarter}, has positive revenue"
    return f"the last known quarter is {quarters[-1]}, too long before {held.quarter}"


def _whole_profit(profits: Mapping[Line, Floats | Missing]) -> Floats | Missing:
    missing = next((p for p in profits.values() if isinstance(p, Missing)), None)
    if missing is not None:
        return missing
    return np.asarray(np.sum([p for p in profits.values() if not isinstance(p, Missing)], axis=0))


def _ebitda(
    held: CompanyQuarter, profit: Floats | Missing, fair: Floats | None, seed: int
) -> Floats | Missing:
    if isinstance(profit, Missing):
        return profit
    bridge = ebitda_bridge(held.known.view, held.ticker, held.quarter)
    return bridge if isinstance(bridge, Missing) else ebitda_draws(bridge, profit, fair, seed)


def _base_total(held: CompanyQuarter) -> Figure | None:
    total = held.base.total_revenue if held.base else None
    return total if isinstance(total, Figure) else None


def _bridge(drawn: CompanyDraws, median: float) -> list[Step]:
    """From the last reported total to the nowcast; the steps between the two ends add up exactly."""
    held, lines = drawn.held, drawn.lines
    last, base = _base_total(held), held.base
    if last is None or base is None:
        return []
    steps = [Step("from", float(last.value))]
    before = {line: float(figure.value) for line, figure in base.revenue.items()}
    if held.whole:
        before = {Line.SELF_MINING: float(last.value)}
    elif not base.revenue:
        before = {line.line: float(last.value) for line in lines[:1]}
    for line in lines:
        early, late = before.pop(line.line, 0.0), float(np.median(line.draws))
        if line.line is Line.SELF_MINING and early > 0:
            steps += mining_steps(
                held.known.market, (base.start, base.end, early), (held.start, held.end, late), _rates(held)
            )
        else:
            steps.append(Step(str(line.line), late - early))
    steps += [Step(str(gone), -early) for gone, early in before.items() if early]
    left = median - sum(step.usd for step in steps)
    return [*steps, Step("sum_of_medians", left), Step("to", median)]


def _rates(held: CompanyQuarter) -> tuple[float, float] | None:
    """Reported hash rates beside the ends of the base quarter and of this one, of one kind."""
    base = held.base
    for kind in (Kind.AVERAGE, Kind.PERIOD_END):
        rates = [(e.end, np.exp(e.log_ehs)) for e in held.evidence if e.kind is kind]
        ends = [
            min((((day - end).days ** 2, rate) for day, rate in rates), default=None)
            for end in (base.end if base else held.start, held.end)
        ]
        if all(end is not None and end[0] <= NEAR_DAYS**2 for end in ends):
            first, last = (float(end[1]) for end in ends if end)
            return first, last
    return None


def _inputs(held: CompanyQuarter, holdings: Figure | None) -> list[Input]:
    known, base = held.known, held.base
    days = known.days
    network = f"bundled network history to {days.last}"
    found = [
        Input("price_usd", round(float(days.price_usd[-1]), 2), network),
        Input("difficulty", float(days.difficulty[-1]), network),
        Input(
            "fees_btc_per_block", round(float(days.fees_btc[-30:].mean()), 4), network + ", mean of 30 days"
        ),
        Input("monthly_growth", round(known.growth, 4), "fleets of all companies over the last two years"),
    ]
    if base:
        figures = [*base.revenue.values()] or [f for f in (_base_total(held),) if f]
        found += [Input(f"last_{f.line or 'total'}_revenue_usd", float(f.value), f.id) for f in figures]
    recent = [e for e in held.path.used if (held.end - e.end).days <= RECENT_DAYS] if held.path else []
    found += [
        Input(f"{e.kind}_{e.figure.period}", float(e.figure.value), e.figure.id)
        for e in sorted(recent, key=lambda e: (e.end, e.kind))
        if e.kind not in (Kind.REVENUE, Kind.TOTAL)
    ]
    for line in (Line.AI_CLOUD, Line.AI_COLOCATION):
        found += [
            Input(f"contract_{c.counterparty}", float(c.attributable_value_usd or 0), c.url)
            for c in held.contracts(line)
        ]
    found += [Input(name, round(value, 4), "months given of its sites") for name, value in power_inputs(held)]
    if holdings:
        found.append(Input("bitcoin_held_btc", float(holdings.value), holdings.id))
    return found


def _shown(value: Estimate | Missing) -> dict[str, Any]:
    if isinstance(value, Missing):
        return {"missing": value.code, "reason": value.reason}
    return value.to_dict()
