"""Quarterly revenue that contracts and targets imply, each stance on top of the firmer ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from hashpivot.core import Line, Missing, not_in_ledger
from hashpivot.guidance import Stance, Target, Verdict
from hashpivot.ledger import Contract, View

from ..texts import TrackedTarget
from .base import ContractAmount, Formula, Metric, computed, spread_over_terms, sum_of

FRESH = timedelta(days=400)
"""Time for which a target counts if it is not repeated: a year of reports and a late one."""

_DECIDED = (Verdict.MET, Verdict.LATE, Verdict.MISSED, Verdict.WITHDRAWN)
_YEAR = Decimal("365.25")
_SCOPES = ("", *(line for line in Line if line.group == "ai"))
_NAMES = {
    Stance.CONTRACTED: "targets_contracted_quarterly_revenue_usd",
    Stance.GUIDED: "targets_guided_quarterly_revenue_usd",
    Stance.ASPIRATION: "targets_aspired_quarterly_revenue_usd",
}
_METHODS = {
    Stance.CONTRACTED: "what targets call contracted, as far as it exceeds the contracts known",
    Stance.GUIDED: "what is guided, as far as it exceeds what is contracted",
    Stance.ASPIRATION: "what is hoped for, as far as it exceeds what is contracted and guided",
}


def fresh_targets(view: View, ticker: str, day: date) -> list[Target]:
    """Targets stated in the 400 days before a day."""
    return [target for target in view.targets(ticker, day) if day - FRESH <= target.said_on]


def open_targets(targets: Sequence[Target], day: date, made: Sequence[TrackedTarget]) -> list[Target]:
    """Those that are not yet due, reached, missed or withdrawn."""
    decided = {_terms(p.judged.target) for p in made if p.judged.verdict in _DECIDED}
    return [
        target
        for target in targets
        if (target.due is None or target.due > day) and _terms(target) not in decided
    ]


def implied_quarterly(contracts: Sequence[Contract]) -> Metric:
    """The company's share of announced value spread evenly over the announced term."""
    name, method = "contracted_quarterly_revenue_usd", "sum of contract value / (4 x term in years)"
    amounts = tuple(
        ContractAmount(contract, field)
        for contract in contracts
        if contract.quarterly_usd
        for field in ("attributable_value_usd", "term_years")
    )
    if not amounts:
        return Metric(name, not_in_ledger("no contract with both value and term is known"), (), method)
    return computed(name, Formula(spread_over_terms, amounts), (), method)


def on_top(contracted: Metric, targets: Sequence[Target]) -> tuple[Metric, ...]:
    """What targets of each stance imply beyond all that is firmer, firmest first.

    A stated level contains what is contracted already, so only what exceeds it is added: nothing
    counts twice.
    """
    reached = float(contracted.value) if isinstance(contracted.value, (int, float)) else 0.0
    metrics = []
    for stance in Stance:
        level = _level([t for t in targets if t.stance is stance and t.scope in _SCOPES])
        none = not_in_ledger(
            f"no {stance.value} target of annualised revenue, or of contract value with a term"
        )
        beyond = none if level is None else max(0.0, float(level) - reached)
        metrics.append(Metric(_NAMES[stance], beyond, (), _METHODS[stance]))
        reached = reached if level is None else max(reached, float(level))
    return tuple(metrics)


def summed(name: str, parts: Sequence[Metric], method: str) -> Metric:
    """The parts that are known, together; missing if none is."""
    known = tuple(metric for metric in parts if not isinstance(metric.value, (Missing, str)))
    if not known:
        return Metric(name, parts[0].value, (), method)
    figures = [figure for metric in known for figure in metric.figures]
    return computed(name, Formula(sum_of, known), figures, method)


def _level(targets: Sequence[Target]) -> Decimal | None:
    """Dollars a quarter: the larger of the last annualised level and the contract values stated last."""
    levels = [t.threshold / 4 for t in last_said(targets, "annualised_revenue") if t.threshold]
    deals = {(t.threshold, t.due): t for t in last_said(targets, "contract_value")}
    spread = [
        amount * _YEAR / 4 / (due - target.said_on).days
        for (amount, due), target in deals.items()
        if amount and due
    ]
    found = [*([max(levels)] if levels else []), *([sum(spread, Decimal(0))] if spread else [])]
    return max(found, default=None)


def last_said(targets: Sequence[Target], metric: str) -> list[Target]:
    """The targets of a metric in the last text that has any."""
    of_metric = [target for target in targets if target.metric == metric]
    last = max((target.said_on for target in of_metric), default=None)
    return [target for target in of_metric if target.said_on == last]


def _terms(target: Target) -> tuple[object, ...]:
    return target.metric, target.low, target.high, target.due
