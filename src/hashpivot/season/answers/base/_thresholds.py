"""The thresholds of the verdicts and the inputs they need, in one place, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which value of a ratio a verdict holds.

    Args:
        question: `revenue`, `profitability` or `growth`.
        verdict: The word.
        above: Smallest value it holds for.
        why: What the number stands for.
    """

    question: str
    verdict: str
    above: float
    why: str


_REVENUE = "AI and chip share of revenue"
_OFFSET = "offset ratio: change in AI and chip gross profit over minus the change in mining gross profit"
_COVER = "contracted quarterly AI revenue over the quarter's revenue"

THRESHOLDS = (
    Threshold(
        "revenue", "meaningful", 0.10, f"{_REVENUE}; ASC 280-10-50-12(a): a segment from 10% is reported"
    ),
    Threshold("revenue", "emerging", 0.02, f"{_REVENUE}; a fifth of that threshold"),
    Threshold("profitability", "offset", 1.0, f"{_OFFSET}; the loss is made up for"),
    Threshold("profitability", "partly_offset", 0.25, f"{_OFFSET}; a quarter of it is"),
    Threshold("growth", "transforming", 1.0, f"{_COVER}; contracts outweigh the present business"),
    Threshold("growth", "substantial", 0.25, f"{_COVER}; a quarter of it"),
)


@dataclass(frozen=True, slots=True)
class MinimumInputs:
    """How many inputs a verdict needs.

    Args:
        question: One of the four questions.
        verdict: The verdict; empty for every verdict of the question that has no row of its own.
        needed: Inputs that must be known.
        inputs: The inputs the verdict can have, as metrics of the answer or in words.
        why: Why so many.
    """

    question: str
    verdict: str
    needed: int
    inputs: tuple[str, ...]
    why: str


_BOTH_SIDES = (
    "mining gross profit in the quarter",
    "mining gross profit before the halving",
    "AI and chip gross profit in the quarter",
    "AI and chip gross profit before the halving",
)

MINIMUM_INPUTS = (
    MinimumInputs(
        "revenue", "", 2, ("AI and chip revenue", "`total_revenue_usd`"), "the share is one over the other"
    ),
    MinimumInputs("profitability", "", 4, _BOTH_SIDES, "the offset ratio compares two changes"),
    MinimumInputs(
        "profitability", "not_squeezed", 2, _BOTH_SIDES, "only mining gross profit on both sides decides it"
    ),
    MinimumInputs("profitability", "before_halving", 0, _BOTH_SIDES, "there is nothing to compare yet"),
    MinimumInputs(
        "growth",
        "",
        2,
        (
            "`total_revenue_usd`",
            "`remaining_performance_obligation_usd`",
            "`contracted_quarterly_revenue_usd`",
            "`targets_contracted_quarterly_revenue_usd`",
        ),
        "something contracted, and the revenue to compare it with",
    ),
    MinimumInputs(
        "execution",
        "",
        5,
        ("the twelve checks of figures",),
        "fewer say nothing of capital, dilution, debt and cost together; risk disclosures do not count",
    ),
)
"""The fewest inputs of each verdict. Any grade of source counts; an answer states the worst."""

FEWEST_CHECKS = next(row.needed for row in MINIMUM_INPUTS if row.question == "execution")
"""Checks of figures that must be possible before execution is judged."""

FEWEST_LATE = 2
"""Targets reached late from which their median delay is judged: of one alone nothing can be said."""


def judge(question: str, value: float, otherwise: str) -> str:
    """The first verdict of a question whose threshold `value` reaches, else `otherwise`."""
    passed = (t.verdict for t in THRESHOLDS if t.question == question and value >= t.above)
    return next(passed, otherwise)
