"""Question 1: do AI or chips bring meaningful revenue yet?"""

from __future__ import annotations

from hashpivot.core import Figure, Missing, Quarter
from hashpivot.ledger import QuarterLines, TieStatus, View

from ..texts import preliminary_results
from ._business_mix import MIXED, revenue, share
from ._recurring import not_recurring_words, recurring_metrics
from .base import (
    NOT_JUDGED,
    Answer,
    Formula,
    Inputs,
    Metric,
    computed,
    input_of,
    inputs_of,
    judge,
    not_judged_headline,
    of_figure,
    relative_change,
    times_four,
)


def revenue_answer(view: View, ticker: str, quarter: Quarter) -> Answer:
    """Shares, growth and run-rate of AI and chips in the quarter's revenue."""
    now = view.quarter_lines(ticker, quarter)
    year_ago = view.quarter_lines(ticker, quarter - 4)
    before = view.quarter_lines(ticker, quarter - 1)
    whole = of_figure("total_revenue_usd", now.total_revenue)
    pivot = revenue(now, "ai", "chips")
    pivot_share = share(now, "ai", "chips")
    recurring = recurring_metrics(now, pivot, whole)
    judged = recurring[-1] if recurring else pivot_share
    metrics = (
        whole,
        relative_change("revenue_growth_yoy", whole, of_figure("total_revenue_usd", year_ago.total_revenue)),
        relative_change("revenue_growth_qoq", whole, of_figure("total_revenue_usd", before.total_revenue)),
        revenue(now, "mining"),
        revenue(now, "ai"),
        revenue(now, "chips"),
        revenue(now, "other"),
        share(now, "ai"),
        share(now, "chips"),
        pivot_share,
        relative_change("ai_chips_growth_yoy", pivot, revenue(year_ago, "ai", "chips")),
        relative_change("ai_chips_growth_qoq", pivot, revenue(before, "ai", "chips")),
        _run_rate(pivot),
        *recurring,
    )
    verdict = revenue_verdict(judged.value)
    inputs = inputs_of(view, "revenue", (input_of(pivot), input_of(whole)))
    headline = _headline(verdict, pivot_share, judged, inputs, now, least=pivot_share.at_least)
    notes = (*_notes(now, whole), *preliminary_results(view, ticker, quarter, "total_revenue"))
    return Answer("revenue", verdict, headline, metrics, notes=notes, inputs=inputs, judged=judged)


def revenue_verdict(share: object) -> str:
    """By the AI and chip share of revenue, the recurring one where it is known apart.

    `meaningful` from 10%, `emerging` from 2%, `trace` above 0, `none`, or `not_judged`.
    """
    if not isinstance(share, (int, float)):
        return NOT_JUDGED
    return judge("revenue", share, "trace" if share > 0 else "none")


def _headline(
    verdict: str, share: Metric, judged: Metric, inputs: Inputs, lines: QuarterLines, *, least: bool
) -> str:
    missing = next((m.value for m in (share, judged) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return not_judged_headline(inputs, because=missing.reason if inputs.enough else "")
    if verdict == "none" and not share.value:
        return "No revenue from AI or chips."
    apart = "" if judged is share else f", {judged.value:.1%} without {not_recurring_words(lines)}"
    return f"AI and chips bring {'at least ' if least else ''}{share.value:.1%} of revenue{apart}: {verdict}."


def _run_rate(pivot: Metric) -> Metric:
    method = "4 x the quarter's AI and chip revenue"
    name = "ai_chips_run_rate_usd"
    if isinstance(pivot.value, Missing):
        return Metric(name, pivot.value, pivot.figures, method)
    return computed(name, Formula(times_four, (pivot,)), pivot.figures, method)


def _notes(lines: QuarterLines, whole: Metric) -> tuple[str, ...]:
    """Amounts that keep the shares from adding up to one."""
    notes = []
    if lines.tie_status == TieStatus.SUM:
        notes.append("total revenue is the sum of the lines: no total stands beside them")
    if isinstance(lines.eliminations, Figure) and lines.eliminations.value:
        notes.append(f"shares are before eliminations of {lines.eliminations.value:,.0f} USD")
    notes += sorted({figure.note for figure in lines.revenue.values() if MIXED in figure.note})
    left = lines.unattributed
    if (
        isinstance(left, Figure)
        and isinstance(whole.value, (int, float))
        and abs(left.value) > abs(whole.value) / 200
    ):
        notes.append(f"{left.value:,.0f} USD of the total are not attributed to a line")
    return tuple(notes)
