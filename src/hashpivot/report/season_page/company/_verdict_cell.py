"""How an answer stands, in one cell: its verdict and the number a comparison shows for it."""

from __future__ import annotations

from dataclasses import dataclass

from hashpivot.season import CHECKS, KEY_METRICS, NOT_JUDGED, Answer

from ...shared import Cell, EvidenceList, metric_cell, metric_of
from ._answer_section import Badge, badge

_CALLED = {
    "revenue": "of revenue",
    "profitability": "of the mining loss",
    "growth": "of revenue, contracted",
}


@dataclass(frozen=True, slots=True)
class VerdictCell:
    """One answer in the grid.

    Args:
        badge: The verdict.
        number: The key metric; missing if there is none.
        called: What the number is.
    """

    badge: Badge
    number: Cell
    called: str


def verdict_cell(answer: Answer, evidence: EvidenceList) -> VerdictCell:
    """Build the cell; figures are added to the evidence."""
    if answer.question == "execution":
        return VerdictCell(badge(answer), _checks(answer), "")
    metric = metric_of(answer, KEY_METRICS[answer.question])
    cell = metric_cell(metric, evidence.refs(metric.figures))
    return VerdictCell(badge(answer), cell, _CALLED[answer.question])


def _checks(answer: Answer) -> Cell:
    """`2 fail, 1 watch, of 6 checks`: those of figures; each stands with its numbers in the answer."""
    numeric = {f"check_{check.metric}" for check in CHECKS}
    states = [metric.value for metric in answer.metrics if metric.name in numeric]
    if answer.verdict == NOT_JUDGED:
        return Cell("not judged", answer.headline)
    return Cell(f"{states.count('fail')} fail, {states.count('watch')} watch, of {answer.inputs_held} checks")
