"""The cell: a value as it is shown, the reason if there is none, and the figures behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from hashpivot.core import Figure, Missing, not_applicable
from hashpivot.season import Answer, Metric

from ._evidence_list import Refs
from .formats import clean, format_missing, format_money, format_value

NO_REFS = Refs()
"""Of a value without figures behind it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table.

    Args:
        text: What is shown; never empty.
        reason: Why there is no value; empty if there is one.
        refs: Where it leads.
    """

    text: str
    reason: str = ""
    refs: Refs = NO_REFS

    @property
    def missing(self) -> bool:
        """True if there is no value."""
        return bool(self.reason)


def metric_of(answer: Answer, name: str) -> Metric:
    """A metric of an answer by name; missing if the answer does not give it."""
    named = (metric for metric in answer.metrics if metric.name == name)
    return next(named, Metric(name, not_applicable("not part of this answer")))


def added(name: str, metrics: list[Metric]) -> Metric:
    """The sum of metrics; missing if one of them is."""
    values = [metric.value for metric in metrics if not isinstance(metric.value, str)]
    missing = next((value for value in values if isinstance(value, Missing)), None)
    figures = tuple(figure for metric in metrics for figure in metric.figures)
    known = sum(value for value in values if not isinstance(value, Missing))
    return Metric(name, known, figures) if missing is None else Metric(name, missing)


def metric_cell(metric: Metric, refs: Refs = NO_REFS) -> Cell:
    """A metric in its own unit."""
    return Cell(format_value(metric), _reason(metric.value), refs)


def figure_cell(figure: Figure | Missing, refs: Refs = NO_REFS) -> Cell:
    """A dollar figure in millions."""
    value = figure.value if isinstance(figure, Figure) else figure
    return value_cell(value, format_money, refs)


def value_cell(
    value: float | Decimal | Missing, write: Callable[[float | Decimal], str], refs: Refs = NO_REFS
) -> Cell:
    """A plain number, written by `write`."""
    if isinstance(value, Missing):
        return Cell(format_missing(value), _reason(value))
    return Cell(write(value), "", refs)


def _reason(value: object) -> str:
    return clean(value.reason) or "no reason is known" if isinstance(value, Missing) else ""
