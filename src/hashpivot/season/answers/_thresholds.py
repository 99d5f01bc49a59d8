"""The thresholds of the verdicts, in one place, each with its reason."""

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


def judge(question: str, value: float, otherwise: str) -> str:
    """The first verdict of a question whose threshold `value` reaches, else `otherwise`."""
    passed = (t.verdict for t in THRESHOLDS if t.question == question and value >= t.above)
    return next(passed, otherwise)
