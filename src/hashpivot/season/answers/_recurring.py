"""AI revenue that recurs as the company's own: without fit-out, resale and costs passed on."""

from __future__ import annotations

from hashpivot.core import NOT_RECURRING, QUALIFIERS, Figure, Missing, not_derivable
from hashpivot.ledger import QuarterLines

from ._business_mix import revenue
from .base import Formula, Metric, computed, itself, ratio, rest, sum_of, times_four

_APART = NOT_RECURRING | {"pass_through"}
"""Parts of a line that are no recurring earning: one-off ones, and costs passed on, which earn no margin."""

_WORDS = {"pass_through": "costs passed on", "fit_out": "fit-out", "resale": "resale"}
_METHOD = "fit-out, resale and costs passed on among the lines' rows"


def recurring_metrics(lines: QuarterLines, pivot: Metric, whole: Metric) -> tuple[Metric, ...]:
    """What of AI and chip revenue recurs; nothing where no row tells a part of it apart.

    Args:
        lines: The quarter.
        pivot: AI and chip revenue.
        whole: Total revenue.

    Returns:
        Revenue that does not recur, the run-rate without it, recurring AI revenue and its share of total
        revenue, and last the share of AI and chips that the verdict is judged by.
    """
    if not any(figure.line and figure.line.group == "ai" for figure in lines.split):
        return ()
    one_off = _not_recurring(lines)
    apart = _apart(one_off)
    ai = _without("ai_recurring_revenue_usd", revenue(lines, "ai"), apart, lines)
    own = _without("ai_chips_recurring_revenue_usd", pivot, apart, lines)
    return (
        apart,
        _run_rate(own),
        ai,
        ratio("ai_recurring_share", ai, whole, f"AI revenue without {_METHOD} / total revenue"),
        ratio(
            "ai_chips_recurring_share", own, whole, f"AI and chip revenue without {_METHOD} / total revenue"
        ),
    )


def not_recurring_words(lines: QuarterLines) -> str:
    """The parts that do not recur, in words: `fit-out and costs passed on`."""
    named = {figure.qualifier for figure in _not_recurring(lines)}
    words = [_WORDS[name] for name in QUALIFIERS if name in named]
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:]))) or "anything one-off"


def _not_recurring(lines: QuarterLines) -> tuple[Figure, ...]:
    return tuple(figure for figure in lines.split if figure.qualifier in _APART)


def _apart(one_off: tuple[Figure, ...]) -> Metric:
    name = "ai_not_recurring_revenue_usd"
    return (
        computed(name, Formula(sum_of, one_off), one_off, _METHOD)
        if one_off
        else Metric(name, 0, (), _METHOD)
    )


def _without(name: str, earned: Metric, apart: Metric, lines: QuarterLines) -> Metric:
    """An amount less what does not recur; not derivable where lines that are not shown may recur too."""
    method = f"without {_METHOD}"
    if isinstance(earned.value, Missing):
        return Metric(name, earned.value, earned.figures, method)
    if apart.value and not lines.complete:
        unknown = f"{lines.open_reason}, and what is on none of them may recur"
        return Metric(name, not_derivable(unknown), (), method)
    figures = (*earned.figures, *apart.figures)
    formula = Formula(rest, (earned, apart)) if apart.figures else Formula(itself, (earned,))
    return computed(name, formula, figures, method)


def _run_rate(own: Metric) -> Metric:
    name = "ai_chips_recurring_run_rate_usd"
    method = f"4 x the quarter's AI and chip revenue without {_METHOD}"
    if isinstance(own.value, Missing):
        return Metric(name, own.value, own.figures, method)
    return computed(name, Formula(times_four, (own,)), own.figures, method)
