"""Question 2: do the new lines offset the squeezed mining margin, and is the business more diversified?"""

from __future__ import annotations

from hashpivot.bitcoin import NetworkHistory, halvings
from hashpivot.core import GROUPS, Missing, Quarter
from hashpivot.ledger import QuarterLines, View

from ._business_mix import effective_lines, gross_profit, margin
from ._offset_ratio import NO_BASE, gross_profit_change, offset_ratio
from ._stability import history_of, sensitivity, volatility
from .base import (
    NOT_JUDGED,
    Answer,
    Formula,
    Inputs,
    Metric,
    computed,
    input_of,
    inputs_of,
    itself,
    judge,
    not_judged_headline,
)


def base_quarter(quarter: Quarter, network: NetworkHistory) -> Quarter | None:
    """The last whole quarter before the latest halving that took place before `quarter` ended."""
    past = [h.day for h in halvings(network) if not h.estimated and h.day <= quarter.end]
    return Quarter.containing(past[-1]) - 1 if past else None


def profitability_answer(
    view: View, network: NetworkHistory, ticker: str, quarter: Quarter, base: Quarter | None
) -> Answer:
    """Gross profit by group, the offset since `base`, diversification and stability.

    `base` is None where the ledger holds nothing from before the latest halving.
    """
    now = view.quarter_lines(ticker, quarter)
    then = view.quarter_lines(ticker, base) if base else None
    mining = gross_profit_change("mining_gross_profit_change_usd", now, then, "mining")
    pivot = gross_profit_change("ai_chips_gross_profit_change_usd", now, then, "ai", "chips")
    made_up = offset_ratio(mining, pivot)
    metrics = (
        *(gross_profit(now, group) for group in GROUPS),
        *(margin(now, group) for group in GROUPS),
        Metric(
            "base_quarter",
            str(base) if base else NO_BASE,
            method="last whole quarter before the latest halving",
        ),
        mining,
        pivot,
        made_up,
        effective_lines(now),
        _effective_lines_at_base(then),
        *_steadiness(view, network, ticker, quarter),
    )
    verdict = profitability_verdict(mining, made_up) if base else "before_halving"
    inputs = _inputs(view, verdict, now, then)
    headline = _headline(verdict, base, made_up, inputs)
    notes = _notes(now, then)
    return Answer("profitability", verdict, headline, metrics, notes=notes, inputs=inputs, judged=made_up)


def _inputs(view: View, verdict: str, now: QuarterLines, then: QuarterLines | None) -> Inputs:
    """Gross profit of mining, and of AI and chips, in the quarter and before the halving."""
    if then is None:
        return Inputs()
    sides = [gross_profit(side, *groups) for groups in (("mining",), ("ai", "chips")) for side in (now, then)]
    return inputs_of(view, "profitability", [input_of(side) for side in sides], verdict)


def profitability_verdict(mining: Metric, made_up: Metric) -> str:
    """`not_squeezed` if mining gross profit did not fall, else by the offset ratio.

    `offset` from 1, `partly_offset` from 0.25, `not_offset` below, `not_judged` if it cannot be computed.
    """
    if isinstance(mining.value, (int, float)) and mining.value >= 0:
        return "not_squeezed"
    if not isinstance(made_up.value, (int, float)):
        return NOT_JUDGED
    return judge("profitability", made_up.value, "not_offset")


def _effective_lines_at_base(then: QuarterLines | None) -> Metric:
    name = "effective_lines_at_base"
    if then is None:
        return Metric(name, NO_BASE)
    base = effective_lines(then)
    if isinstance(base.value, Missing):
        return Metric(name, base.value, (), base.method)
    return computed(name, Formula(itself, (base,)), base.figures, base.method)


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


def _headline(verdict: str, base: Quarter | None, made_up: Metric, inputs: Inputs) -> str:
    if verdict == "before_halving":
        return "The squeeze of the next halving is still to come: there is nothing to offset yet."
    if verdict == "not_squeezed":
        return f"Mining gross profit is not below that of {base}."
    if isinstance(made_up.value, Missing):
        return not_judged_headline(inputs, because=made_up.value.reason if inputs.enough else "")
    return (
        f"AI and chips make up for {float(made_up.value):.0%} of the mining gross profit lost since {base}."
    )


def _notes(now: QuarterLines, then: QuarterLines | None) -> tuple[str, ...]:
    """Whether cost of revenue carries depreciation, and whether that changed."""
    said, before = _cost_notes(now), _cost_notes(then) if then else set()
    notes = [f"cost of revenue {' and '.join(sorted(said))}"] if said else []
    if then and said and before and said != before:
        notes.append(f"in {then.quarter} it {' and '.join(sorted(before))}: the change is not like for like")
    return tuple(notes)


def _cost_notes(lines: QuarterLines) -> set[str]:
    return {figure.note for figure in lines.cost.values() if figure.note}
