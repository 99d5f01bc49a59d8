"""An answer: a verdict, the metrics behind it, and the figures behind those."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from operator import truediv
from typing import Any, ClassVar

from hashpivot.core import Figure, Keyed, Missing, Tabular, not_applicable, short_repr
from hashpivot.guidance import RiskFlag
from hashpivot.ledger import Contract

from ...texts import TrackedTarget
from ._formula import Formula, growth, itself
from ._inputs import Input, Inputs

Value = float | int | str | Missing


@short_repr
@dataclass(frozen=True, slots=True, repr=False)
class Metric:
    """One number of an answer.

    Args:
        name: Stable key; the unit is its last word (`_usd`, `_share`, `_ratio`, ...).
        value: The number, or why there is none.
        figures: The figures it was computed from.
        method: How, in one line.
        formula: The same as an expression that workbooks write into a cell; None where the value does not
            follow from numbers that stand in a workbook.
        at_least: True if the value is a lower bound, because part of the revenue belongs to no line.
    """

    name: str
    value: Value
    figures: tuple[Figure, ...] = ()
    method: str = ""
    formula: Formula | None = field(default=None, compare=False, repr=False)
    at_least: bool = False

    @property
    def title(self) -> str:
        """How a page writes it."""
        return self.name.removesuffix("_usd").replace("_", " ").capitalize()

    def to_json(self) -> Any:
        """The value; for a missing one what `Missing.to_json` gives."""
        if isinstance(self.value, Missing):
            return self.value.to_json()
        whole = isinstance(self.value, float) and self.value.is_integer()
        return int(self.value) if whole else self.value


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Tabular, Keyed[Value]):
    """The answer to one of the four questions: a mapping of metric names to values.

    Args:
        question: `revenue`, `profitability`, `growth` or `execution`.
        verdict: One of the words the question's rubric knows.
        headline: One sentence for a reader in a hurry.
        metrics: The numbers.
        contracts: Announced contracts it rests on.
        notes: What a careful reader must know.
        targets: What the company said it would reach, and what became of it.
        stated: Risks its own latest texts state, by place.
        inputs: What the verdict is judged on: how many inputs are known, and why others are not.
        judged: The metric that the question's thresholds were applied to; None where no single one was.
    """

    row_key: ClassVar[str] = "metric"

    question: str
    verdict: str
    headline: str
    metrics: tuple[Metric, ...]
    contracts: tuple[Contract, ...] = ()
    notes: tuple[str, ...] = ()
    targets: tuple[TrackedTarget, ...] = ()
    stated: tuple[RiskFlag, ...] = ()
    inputs: Inputs = field(default_factory=Inputs)
    judged: Metric | None = None

    def __repr__(self) -> str:
        return f"Answer({self.question}: {self.verdict}, {len(self.metrics)} metrics)"

    @property
    def inputs_held(self) -> int:
        """How many inputs of the verdict are known."""
        return self.inputs.held

    @property
    def inputs_needed(self) -> int:
        """How many it needs at least; with fewer it is `not_judged`."""
        return self.inputs.needed

    @property
    def inputs_total(self) -> int:
        """How many it can have."""
        return self.inputs.total

    @property
    def grade(self) -> str:
        """Worst grade among the sources of the figures and contracts behind the verdict; empty if none is."""
        return self.inputs.grade

    @property
    def absent(self) -> tuple[Missing, ...]:
        """What the verdict lacks, each reason once, with what would end it."""
        return self.inputs.absent

    @property
    def newest(self) -> date | None:
        """The last day on which anything behind it became known; None if nothing is behind it."""
        days = [figure.known for figure in self.figures]
        days += [contract.known for contract in self.contracts]
        days += [tracked.judged.target.said_on for tracked in self.targets]
        days += [flag.said_on for flag in self.stated]
        return max(days, default=None)

    def records(self) -> list[dict[str, Any]]:
        """One row a metric: its value, why there is none, and how it is computed."""
        return [{"metric": m.name, **_value_or_reason(m.value), "method": m.method} for m in self.metrics]

    def _members(self) -> dict[str, Value]:
        return {metric.name: metric.value for metric in self.metrics}

    def _key_noun(self) -> str:
        return f"metric of {self.question}"

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The distinct figures behind all metrics, in order."""
        objects = {id(figure): figure for metric in self.metrics for figure in metric.figures}
        return tuple({figure.id: figure for figure in objects.values()}.values())


def _value_or_reason(value: Value) -> dict[str, Any]:
    if isinstance(value, Missing):
        return {"value": None, "missing": value.reason}
    return {"value": value, "missing": ""}


NOT_JUDGED = "not_judged"


def not_judged_headline(inputs: Inputs, *, because: str = "") -> str:
    """Say how many inputs a verdict that is not given has, and of which kinds the others' absences are.

    Args:
        inputs: The inputs.
        because: The reason, where the inputs would be enough.
    """
    more = f"; {because}" if because else ""
    return f"Not judged: {inputs.words}{more}."


def input_of(metric: Metric, contracts: tuple[Contract, ...] = ()) -> Input:
    """A metric as an input of a verdict."""
    return Input(metric.value, metric.figures, contracts)


def number_of(metric: Metric) -> float:
    """The value of a metric that is known to be a number."""
    assert isinstance(metric.value, (int, float))
    return float(metric.value)


def ratio(name: str, above: Metric, below: Metric, method: str) -> Metric:
    """One metric over another; missing if either is or the lower one is zero."""
    figures = (*above.figures, *below.figures)
    missing = next((m.value for m in (above, below) if isinstance(m.value, Missing)), None)
    if missing is not None:
        return Metric(name, missing, (), method)
    assert isinstance(above.value, (int, float)) and isinstance(below.value, (int, float))
    if below.value == 0:
        return Metric(name, not_applicable(f"{below.title.lower()} is zero"), figures, method)
    quotient = computed(name, Formula(truediv, (above, below)), figures, method)
    return replace(quotient, at_least=above.at_least)


def relative_change(name: str, now: Metric, then: Metric) -> Metric:
    """The change from an earlier quarter; missing where the earlier amount is missing or zero."""
    change = ratio(name, now, then, "this quarter / the earlier quarter - 1")
    if isinstance(change.value, Missing):
        return change
    return computed(name, Formula(growth, (now, then)), change.figures, change.method)


def of_figure(name: str, figure: Figure | Missing, method: str = "") -> Metric:
    """A figure as a metric."""
    if isinstance(figure, Missing):
        return Metric(name, figure, (), method)
    value = int(figure.value) if figure.value == int(figure.value) else float(figure.value)
    return Metric(name, value, (figure,), method or figure.formula, Formula(itself, (figure,)))


def computed(name: str, formula: Formula, figures: Iterable[Figure], method: str) -> Metric:
    """The metric a formula comes to."""
    return Metric(name, formula.value(), tuple(figures), method, formula)


def scaled(value: Value, factor: float) -> float | Missing:
    """A number times a factor; what is missing stays so."""
    return value if isinstance(value, Missing) else factor * float(value)
