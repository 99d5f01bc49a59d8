"""What the season's answers need: the metrics a report can unlock, and the numbers each is computed from."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.core import Quarter, short_repr

BASE = "base"
"""The last whole quarter before the latest halving, which the offset looks back to."""

Step = int | str
"""How many quarters before the season's an operand stands: 0, 1 or 4, or `BASE`."""


@short_repr
@dataclass(frozen=True, slots=True)
class NeededNumber:
    """One number of one quarter.

    Args:
        measure: A name from `MEASURES`.
        quarter: The calendar quarter.
    """

    measure: str
    quarter: Quarter


@short_repr
@dataclass(frozen=True, slots=True)
class Need:
    """A metric of the season and what it is computed from.

    Args:
        question: `revenue`, `profitability`, `growth` or `execution`.
        metric: Its name in the season's JSON.
        terms: `(measure, step)` of each operand.
        decides: True if the question's verdict is judged by this metric alone.
        doubtful: True if it may stay absent with all its operands, so that no verdict can count on it.
    """

    question: str
    metric: str
    terms: tuple[tuple[str, Step], ...]
    decides: bool = False
    doubtful: bool = False

    def operands(self, quarter: Quarter, base: Quarter | None) -> tuple[NeededNumber, ...] | None:
        """Return the operands for a season; None if it looks back to a base and the season has none."""
        quarters = [quarter - step if isinstance(step, int) else base for _, step in self.terms]
        operands = zip((measure for measure, _ in self.terms), quarters, strict=True)
        known = tuple(NeededNumber(measure, of) for measure, of in operands if of)
        return known if len(known) == len(self.terms) else None


def _of_quarter(*measures: str) -> tuple[tuple[str, Step], ...]:
    return tuple((measure, 0) for measure in measures)


def _at_base(*measures: str) -> tuple[tuple[str, Step], ...]:
    return tuple((measure, BASE) for measure in measures)


def _change(measure: str, quarters: int) -> tuple[tuple[str, Step], ...]:
    return (measure, 0), (measure, quarters)


_TOTAL, _LINES, _COST = "total_revenue", "revenue", "cost_of_revenue"
_CASH_FLOW = ("operating_cash_flow", "capital_expenditure")
"""What cash flow checks need; of a miner also what its bitcoin sales brought, which is not always told."""

REVENUE = (_TOTAL, _LINES)
"""Measures one of which a company needs to be in a season."""

NEEDS = (
    Need("revenue", "total_revenue_usd", _of_quarter(_TOTAL)),
    Need("revenue", "ai_chips_share", _of_quarter(_LINES, _TOTAL), decides=True),
    Need("revenue", "revenue_growth_qoq", _change(_TOTAL, 1)),
    Need("revenue", "revenue_growth_yoy", _change(_TOTAL, 4)),
    Need("revenue", "ai_chips_growth_qoq", (*_change(_LINES, 1), *_change(_TOTAL, 1))),
    Need("revenue", "ai_chips_growth_yoy", (*_change(_LINES, 4), *_change(_TOTAL, 4))),
    Need("profitability", "effective_lines", _of_quarter(_LINES, _TOTAL)),
    Need("profitability", "effective_lines_at_base", _at_base(_LINES, _TOTAL)),
    Need("profitability", "mining_gross_profit_usd", _of_quarter(_LINES, _COST, _TOTAL)),
    Need(
        "profitability",
        "offset_ratio",
        (*_of_quarter(_LINES, _COST, _TOTAL), *_at_base(_LINES, _COST, _TOTAL)),
        decides=True,
    ),
    Need("growth", "contracted_to_revenue_ratio", _of_quarter(_TOTAL), decides=True),
    Need("growth", "obligation_to_revenue_ratio", _of_quarter("remaining_performance_obligation", _TOTAL)),
    Need("growth", "lease_payments_receivable_usd", _of_quarter("lease_payments_receivable")),
    Need("growth", "funding_usd", _of_quarter("cash")),
    Need("execution", "capex_cover_ratio", _of_quarter(*_CASH_FLOW), doubtful=True),
    Need("execution", "runway_quarters", _of_quarter("cash", *_CASH_FLOW), doubtful=True),
    Need("execution", "net_debt_to_revenue_ratio", _of_quarter("debt", "cash", _TOTAL)),
    Need("execution", "share_count_growth_yoy", _change("shares_outstanding", 4)),
    Need("execution", "customer_concentration_share", _of_quarter("customer_concentration")),
    Need("execution", "impairment_to_revenue_ratio", _of_quarter("impairment", _TOTAL)),
    Need("execution", "overhead_to_revenue_ratio", _of_quarter("selling_general_administrative", _TOTAL)),
    Need("execution", "overhead_growth_yoy", _change("selling_general_administrative", 4)),
    Need("execution", "research_development_growth_yoy", _change("research_development", 4)),
    Need("execution", "convertibles_to_liquidity_ratio", _of_quarter("convertible_notes", "cash")),
    Need("execution", "loss_making_revenue_share", _of_quarter(_LINES, _COST)),
)
"""The metrics that are counted; docs/methods/coverage.md is generated from them.

Where lines have to add up to the total, the total is an operand. Left out are metrics that repeat another
one's operands (run-rates, the groups' revenues and margins), those over nine quarters (volatility,
sensitivity), and those of contracts and targets, for which no report is due.
"""
