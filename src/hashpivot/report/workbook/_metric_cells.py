"""Metrics in cells: each one a formula over the cells of its operands, as the season states it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hashpivot.core import Figure, Missing
from hashpivot.formula import FormulaError, Term
from hashpivot.ledger import Contract
from hashpivot.season import ContractAmount, ContractCount, Metric

from ._figure_cells import FigureCells
from ._sheet import ComputedNumber

ContractCells = Mapping[str, Term]
"""Cells of one contract: `counterparty`, and by field what its announcement gives in numbers."""

_Key = tuple[str, tuple[str, ...]]


class MetricCells:
    """The cells of one page that hold metrics.

    Args:
        figures: Where figures stand on the page.
        contracts: Where contracts stand, in the order of their rows.
    """

    def __init__(self, figures: FigureCells, contracts: Mapping[Contract, ContractCells]) -> None:
        self._figures, self._contracts = figures, contracts
        self._cells: dict[_Key, Term] = {}

    def put(self, metric: Metric, cell: Term) -> None:
        """Record where a metric stands; of several cells later formulas refer to the first."""
        self._cells.setdefault(_key(metric), cell)

    def content(self, metric: Metric, span: Term | None = None) -> Term | ComputedNumber | Missing:
        """What to write for a metric whose value is not a word.

        Args:
            metric: The metric.
            span: The sum of a range that is its formula on this page, if there is one: empty cells of the
                range count once something is typed into them.

        Returns:
            The cell it stands in already, or its formula, or the reason that it has no value; the number
            itself only if the season states no formula for it.

        Raises:
            FormulaError: If its formula cannot be written, or does not come to the season's value.
        """
        value = metric.value
        if isinstance(value, Missing):
            return value
        if isinstance(value, str):
            raise FormulaError(f"{value!r} is a word, not a number", where=metric.name)
        if span is None and metric.formula is None and _key(metric) not in self._cells:
            return ComputedNumber(float(value), metric.method)
        term = span or self._metric(metric)
        if not term.agrees(value):
            raise FormulaError(
                f"the formula {term.text} comes to {term.value!r}, the season says {value!r}",
                where=metric.name,
                hint="report this: the two are computed from one formula",
            )
        return term

    def repeats_table(self, metric: Metric) -> bool:
        """True if a metric only repeats a figure of a table: formulas then refer to the table."""
        operands = metric.formula.operands if metric.formula else ()
        return metric.figures == operands and len(operands) == 1 and self._figures.in_table(metric.figures[0])

    def _metric(self, metric: Metric) -> Term:
        """The cell of a metric, or its formula where it stands in none."""
        cell = self._cells.get(_key(metric))
        if cell is not None:
            return cell
        if metric.formula is None:
            raise FormulaError("stands in no cell and has no formula", where=metric.name)
        return metric.formula.term(self._operand)

    def _operand(self, operand: Any) -> Term:
        match operand:
            case Figure():
                return self._figures.term(operand)
            case Metric():
                return self._metric(operand)
            case ContractAmount(contract, field):
                return self._contracts[contract][field]
            case ContractCount(contracts):
                return self._count(contracts)
        raise FormulaError(f"{type(operand).__name__} stands in no cell of a workbook")

    def _count(self, contracts: Sequence[Contract]) -> Term:
        names = [self._contracts[contract]["counterparty"].text for contract in contracts]
        return Term(f"COUNTA({names[0]}:{names[-1]})", len(names))


def _key(metric: Metric) -> _Key:
    return metric.name, tuple(figure.id for figure in metric.figures)
