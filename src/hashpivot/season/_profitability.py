"""Question 2: do the new lines offset the squeezed mining margin, and is the business more diversified?"""

from __future__ import annotations

from hashpivot.bitcoin import NetworkHistory, halvings
from hashpivot.core import GROUPS, Figure, Missing, Quarter
from hashpivot.ledger import QuarterLines, View

from ._answer import NOT_DISCLOSED, Answer, Metric, ratio
from ._groups import gross_profit, revenue
from ._stability import history_of, sensitivity, volatility

PARTLY = 0.25
"""Offset ratio from which the squeeze counts as partly offset."""


def base_quarter(quarter: Quarter, network: NetworkHistory) -> Quarter | None:
    """The last whole quarter before the latest halving that took place before `quarter` ended."""
    past = [h.day for h in halvings(network) if not h.estimated and h.day <= quarter.end]
    return Quarter.containing(past[-1]) - 1 if past else None


def profitability_answer(
    view: View, network: NetworkHistory, ticker: str, quarter: Quarter, base: Quarter
) -> Answer:
    """Gross profit by group, the offset since `base`, diversification and stability."""
    now, then = view.quarter_lines(ticker, quarter), view.quarter_lines(ticker, base)
    profits = [gross_profit(now, group) for group in GROUPS]
    margins = [
        ratio(
            f"{group}_gross_margin_share",
            gross_profit(now, group),
            revenue(now, group),
            "gross profit / revenue",
        )
        for group in GROUPS
    ]
    mining = _change("mining_gross_profit_change_usd", now, then, "mining")
    pivot = _change("ai_chips_gross_profit_change_usd", now, then, "ai", "chips")
    offset = _offset(mining, pivot)
    metrics = (
        *profits,
        *margins,
        Metric("base_quarter", str(base), method="last whole quarter before the latest halving"),
        mining,
        pivot,
        offset,
        _effective_lines("effective_lines", now),
        _effective_lines("effective_lines_at_base", then),
        *_steadiness(view, network, ticker, quarter),
    )
    verdict = "before_halving" if base < view.quarters(ticker)[0] else profitability_verdict(mining, offset)
    return Answer(
        "profitability", verdict, _headline(verdict, base, offset), metrics, notes=_notes(now, then)
    )


def profitability_verdict(mining: Metric, offset: Metric) -> str:
    """`not_squeezed` if mining gross profit did not fall, else by the offset ratio.

    `offset` from 1, `partly_offset` from 0.25, `not_offset` below, `not_disclosed` if it cannot be computed.
    """
    if isinstance(mining.value, (int, float)) and mining.value >= 0:
        return "not_squeezed"
    if not isinstance(offset.value, (int, float)):
        return NOT_DISCLOSED
    return "offset" if offset.value >= 1 else "partly_offset" if offset.value >= PARTLY else "not_offset"


def _change(name: str, now: QuarterLines, then: QuarterLines, *groups: str) -> Metric:
    """Gross profit now less at the base."""
    after, before = gross_profit(now, *groups), gross_profit(then, *groups)
    method = f"gross profit in {now.quarter} less in {then.quarter}"
    for metric, quarter in ((after, now.quarter), (before, then.quarter)):
        if isinstance(metric.value, Missing):
            return Metric(name, Missing(f"{quarter}: {metric.value.reason}", metric.value.code), (), method)
    value = float(after.value) - float(before.value)  # type: ignore[arg-type]
    return Metric(name, value, (*after.figures, *before.figures), method)


def _offset(mining: Metric, pivot: Metric) -> Metric:
    name, method = (
        "offset_ratio",
        "change in AI and chip gross profit / minus the change in mining gross profit",
    )
    missing = next((m.value for m in (mining, pivot) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    assert isinstance(mining.value, float) and isinstance(pivot.value, float)
    figures = (*mining.figures, *pivot.figures)
    if mining.value >= 0:
        return Metric(name, Missing("mining gross profit did not fall", "not_applicable"), figures, method)
    return Metric(name, pivot.value / -mining.value, figures, method)


def _effective_lines(name: str, lines: QuarterLines) -> Metric:
    """1 / sum of squared shares of the lines (inverse Herfindahl-Hirschman index)."""
    method = "1 / sum of squared revenue shares of the lines"
    figures = tuple(figure for figure in lines.revenue.values() if figure.value > 0)
    if not figures or not lines.ties:
        reason = "the lines do not add up to the total" if figures else "no revenue by line is known"
        return Metric(name, lines.missing.get("revenue") or Missing(reason), (), method)
    amounts = [float(figure.value) for figure in figures]
    return Metric(name, sum(amounts) ** 2 / sum(amount**2 for amount in amounts), figures, method)


def _steadiness(view: View, network: NetworkHistory, ticker: str, quarter: Quarter) -> list[Metric]:
    histories = {name: history_of(view, ticker, quarter, *groups) for name, groups in _SERIES.items()}
    return [
        metric
        for name, history in histories.items()
        for metric in (
            volatility(f"{name}_revenue_volatility", history),
            sensitivity(f"{name}_hashprice_sensitivity", history, network),
        )
    ]


_SERIES: dict[str, tuple[str, ...]] = {"total": (), "mining": ("mining",), "ai_chips": ("ai", "chips")}


def _headline(verdict: str, base: Quarter, offset: Metric) -> str:
    if verdict == "before_halving":
        return f"No figures reach back to {base}, before the latest halving: there is nothing to offset yet."
    if verdict == "not_squeezed":
        return f"Mining gross profit is not below that of {base}."
    if isinstance(offset.value, Missing):
        return f"Not disclosed: {offset.value.reason}."
    return f"AI and chips make up for {float(offset.value):.0%} of the mining gross profit lost since {base}."


def _notes(now: QuarterLines, then: QuarterLines) -> tuple[str, ...]:
    """Whether cost of revenue carries depreciation, and whether that changed."""
    said = [
        {figure.note for figure in lines.cost.values() if isinstance(figure, Figure) and figure.note}
        for lines in (now, then)
    ]
    notes = [f"cost of revenue {' and '.join(sorted(said[0]))}"] if said[0] else []
    if said[0] and said[1] and said[0] != said[1]:
        notes.append(f"in {then.quarter} it {' and '.join(sorted(said[1]))}: the change is not like for like")
    return tuple(notes)
