"""Building one company's nowcast: lines, total, gross profit, adjusted EBITDA, bitcoin, bridge, inputs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from hashpivot.core import Figure, Line, Missing, not_derivable

from ..hash_rate import EvidenceKind
from ..network import Floats
from ..parts import (
    Estimate,
    Step,
    gross_profit_draws,
    mining_steps,
)
from ._context import CompanyQuarter
from ._ebitda import adjusted_ebitda, ebitda_basis, treasury_of
from ._line_draws import CompanyDraws
from ._results import CompanyNowcast, LineNowcast, NowcastInput
from ._site_power import extra_power_usd, power_inputs

RECENT_DAYS = 200
"""Days before a quarter's end from which operating figures are listed among its inputs."""
NO_EBITDA = "the total it reports is of another kind than the lines that are nowcast"
NEAR_DAYS = 45
"""Days between a quarter's end and a reported hash rate that stands for it; as far as fiscal quarters are."""


def company_nowcast(drawn: CompanyDraws, reported: Figure | None = None) -> CompanyNowcast | Missing:
    """Return the nowcast of one company's quarter, or why there is none.

    Args:
        drawn: Draws of its lines.
        reported: The quarter's total revenue, if it has been reported since.
    """
    context, information, draws = drawn.context, drawn.context.information, drawn.total()
    if draws is None:
        return not_derivable(_why_nothing(context))

    def seed(name: str) -> int:
        return information.seed(context.ticker, context.quarter, name)

    lines = {line.line: line.draws for line in drawn.lines}
    extra = extra_power_usd(context)
    extra_usd = 0.0 if isinstance(extra, Missing) else extra
    profits = gross_profit_draws(lines, context.base, drawn.hashes(), context.ahead, seed("cost"), extra_usd)
    profit = _whole_profit(profits)
    treasury = treasury_of(context)
    turnover = context.levels.turnover if context.levels else None
    holdings = None if isinstance(treasury, Missing) else treasury.holdings
    ebitda = not_derivable(NO_EBITDA) if turnover else _estimate(adjusted_ebitda(drawn, treasury))
    return CompanyNowcast(
        ticker=context.ticker,
        quarter=context.quarter,
        as_of=information.as_of,
        start=context.start,
        end=context.end,
        level=str(context.level),
        total=Estimate.of(draws),
        total_basis=_total_basis(drawn),
        rest_usd=drawn.rest_usd,
        lines=tuple(LineNowcast(line.line, Estimate.of(line.draws), line.basis) for line in drawn.lines),
        gross_profit={line: _estimate(profit) for line, profit in profits.items()},
        total_gross_profit=_estimate(profit),
        adjusted_ebitda=ebitda,
        ebitda_basis="" if isinstance(ebitda, Missing) else ebitda_basis(context),
        fair_value_change=treasury if isinstance(treasury, Missing) else Estimate.of(treasury.draws),
        bridge=tuple(_bridge(drawn, float(np.median(draws)))),
        inputs=tuple(_inputs(context, holdings)),
        excluded=(
            *information.excluded(context.ticker),
            *(context.posterior.excluded if context.posterior else ()),
        ),
        last=last_total(context),
        reported=None if turnover else reported,
        turnover=turnover,
    )


def _estimate(draws: Floats | Missing) -> Estimate | Missing:
    return draws if isinstance(draws, Missing) else Estimate.of(draws)


def _why_nothing(context: CompanyQuarter) -> str:
    quarters = [q for q in context.information.view.quarters(context.ticker) if q < context.quarter]
    if not quarters:
        return f"no revenue before it and no recent bitcoin mined are known on {context.information.as_of}"
    if context.levels:
        return f"no line of the last known quarter, {context.levels.quarter}, has positive revenue"
    return f"the last known quarter is {quarters[-1]}, too long before {context.quarter}"


def _whole_profit(profits: Mapping[Line, Floats | Missing]) -> Floats | Missing:
    missing = next((p for p in profits.values() if isinstance(p, Missing)), None)
    if missing is not None:
        return missing
    return np.asarray(np.sum([p for p in profits.values() if not isinstance(p, Missing)], axis=0))


def last_total(context: CompanyQuarter) -> Figure | None:
    """The latest reported total before the quarter."""
    view, quarters = context.information.view, reversed(context.reported_quarters)
    totals = (view.quarter_lines(context.ticker, quarter).total_revenue for quarter in quarters)
    return next((total for total in totals if isinstance(total, Figure)), None)


def _total_basis(drawn: CompanyDraws) -> str:
    """What the total is, in words."""
    context, levels = drawn.context, drawn.context.levels
    if levels and levels.turnover:
        turnover = float(levels.turnover.value) / 1e6
        return (
            f"the lines named, not comparable with the total revenue it reports ({turnover:,.1f} million in "
            f"{levels.turnover.quarter}), which is mostly of another kind, such as turnover of trading"
        )
    if context.whole or (len(drawn.lines) == 1 and levels and not context.lines_shown):
        return "total level only: the company's lines are not known"
    later = levels is not None and context.base is not None and levels.quarter != context.base.quarter
    if later and levels and context.base and context.base.revenue:
        return f"its lines of {context.base.quarter}, fitted to its total of {levels.quarter}"
    return "its lines"


def _bridge(drawn: CompanyDraws, median: float) -> list[Step]:
    """From the last reported total to the nowcast; the steps between the two ends add up exactly."""
    context, levels = drawn.context, drawn.context.levels
    if levels is None or levels.total is None:
        return []
    last = float(levels.total.value)
    start, end = context.information.view.company_statements(context.ticker).bounds(levels.quarter)
    steps = [Step("from", last)]
    before = {line: level.usd for line, level in levels.lines.items()}
    if context.whole:
        before = {Line.SELF_MINING: last}
    for line in drawn.lines:
        early, late = before.pop(line.line, 0.0), float(np.median(line.draws))
        if line.line is Line.SELF_MINING and early > 0:
            steps += mining_steps(
                context.information.market,
                (start, end, early),
                (context.start, context.end, late),
                _rates(context, end),
            )
        else:
            steps.append(Step(str(line.line), late - early))
    steps += [Step(str(gone), -early) for gone, early in before.items() if early]
    left = median - sum(step.usd for step in steps)
    return [*steps, Step("sum_of_medians", left), Step("to", median)]


def _rates(context: CompanyQuarter, before: date) -> tuple[float, float] | None:
    """Reported hash rates beside the end of a quarter before and of this one, of one kind."""
    for kind in (EvidenceKind.AVERAGE, EvidenceKind.PERIOD_END):
        rates = [(e.end, np.exp(e.log_ehs)) for e in context.evidence if e.kind is kind]
        ends = [
            min((((day - end).days ** 2, rate) for day, rate in rates), default=None)
            for end in (before, context.end)
        ]
        if all(end is not None and end[0] <= NEAR_DAYS**2 for end in ends):
            first, last = (float(end[1]) for end in ends if end)
            return first, last
    return None


def _inputs(context: CompanyQuarter, holdings: Figure | None) -> list[NowcastInput]:
    information, base = context.information, context.base
    days = information.days
    network = f"network history to {days.last}"
    inputs = [
        NowcastInput("price_usd", round(float(days.price_usd[-1]), 2), network),
        NowcastInput("difficulty", float(days.difficulty[-1]), network),
        NowcastInput(
            "fees_btc_per_block", round(float(days.fees_btc[-30:].mean()), 4), network + ", mean of 30 days"
        ),
        NowcastInput(
            "monthly_growth",
            round(information.growth[context.kind], 4),
            f"fleets of companies of its kind ({context.kind}) over the last two years",
        ),
    ]
    if base:
        total = last_total(context)
        later = total is not None and total.quarter != base.quarter
        figures = [*base.revenue.values(), *([total] if total and (later or not base.revenue) else [])]
        inputs += [
            NowcastInput(f"last_{f.line or 'total'}_revenue_usd", float(f.value), f.id) for f in figures
        ]
    recent = (
        [e for e in context.posterior.used if (context.end - e.end).days <= RECENT_DAYS]
        if context.posterior
        else []
    )
    inputs += [
        NowcastInput(f"{e.kind}_{e.figure.period}", float(e.figure.value), e.figure.id)
        for e in sorted(recent, key=lambda e: (e.end, e.kind))
        if e.kind not in (EvidenceKind.REVENUE, EvidenceKind.TOTAL)
    ]
    for line in (Line.AI_CLOUD, Line.AI_COLOCATION):
        inputs += [
            NowcastInput(f"contract_{c.counterparty}", float(c.attributable_value_usd or 0), c.url)
            for c in context.contracts(line)
        ]
    inputs += [
        NowcastInput(name, round(value, 4), "months given of its sites")
        for name, value in power_inputs(context)
    ]
    if holdings:
        inputs.append(NowcastInput("bitcoin_held_btc", float(holdings.value), holdings.id))
    return inputs
