"""Rows of a linear programme, gathered block by block for HiGHS."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from hashpivot.core import optional_library

from ..model import Floats, Unsolvable, Whole

LEAST_FACTOR = 1e-6
"""Of a row's largest factor: smaller ones are left out. HiGHS calls the best operation of rows that mix
1 and 1e-7 impossible and proves a bound below it; what is left out is within its tolerance of rows."""


class LinearProgramme:
    """A mixed-integer programme to be maximised: columns with bounds and cost, rows with bounds."""

    def __init__(self) -> None:
        self._cost: list[Floats] = []
        self._upper: list[Floats] = []
        self._whole: list[bool] = []
        self._entries: list[tuple[Whole, Whole, Floats]] = []
        self._bounds: list[tuple[Floats, Floats]] = []
        self._columns = self._rows = 0

    def columns(self, gain: Floats, upper: float | Floats = 1.0, *, whole: bool = True) -> Whole:
        """Add columns from 0 to `upper`; returns their numbers in the shape of `gain`."""
        numbers = self._columns + np.arange(gain.size).reshape(gain.shape)
        self._columns += gain.size
        self._cost.append(gain.ravel())
        self._upper.append(np.broadcast_to(upper, gain.shape).ravel().astype(float))
        self._whole += [whole] * gain.size
        return numbers

    def rows(
        self, terms: list[tuple[Whole, float | Floats]], low: float | Floats, high: float | Floats
    ) -> Whole:
        """Add N rows: a sum of columns times factors, terms of shape (N,) or (N, K), within bounds.

        Returns:
            Their numbers, shape (N,).
        """
        count = len(terms[0][0])
        numbers = self._rows + np.arange(count)
        for columns, factor in terms:
            wide = columns.reshape(count, -1)
            factors = np.broadcast_to(factor, columns.shape).reshape(count, -1).astype(float)
            self._entries.append((np.repeat(numbers, wide.shape[1]), wide.ravel(), factors.ravel()))
        self._bounds.append(tuple(np.broadcast_to(b, (count,)).astype(float) for b in (low, high)))  # type: ignore[arg-type]
        self._rows += count
        return numbers

    def relaxed_duals(self, seconds: float) -> Floats:
        """Return what one more on the right of each row would bring, columns not whole, shape (rows,).

        Raises:
            Unsolvable: If there is no solution in the time given.
            MissingLibrary: If highspy is not installed.
        """
        highspy = optional_library("highspy", "the mixed-integer solver", "site")
        solver = _solver(highspy, time_limit=seconds)
        model = self._model(highspy)
        model.integrality_ = []
        solver.passModel(model)
        solver.run()
        if solver.getInfo().dual_solution_status != 2:
            raise Unsolvable("HiGHS found no prices of the limits")
        return np.array(solver.getSolution().row_dual)

    def solve(self, relative_gap: float, seconds: float) -> tuple[Floats, float, float]:
        """Best values of the columns, what they bring, and the proven upper bound.

        Raises:
            Unsolvable: If there is no solution, or none in the time given.
            MissingLibrary: If highspy is not installed.
        """
        highspy = optional_library("highspy", "the mixed-integer solver", "site")
        solver = _solver(highspy, mip_rel_gap=relative_gap, mip_abs_gap=1e-9, time_limit=seconds)
        solver.passModel(self._model(highspy))
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != 2:
            status = solver.modelStatusToString(solver.getModelStatus())
            raise Unsolvable(f"HiGHS found no operation that keeps all limits: {status}")
        values = np.array(solver.getSolution().col_value)
        return values, float(info.objective_function_value), float(info.mip_dual_bound)

    def _model(self, highspy: Any) -> Any:
        row, column, factor = (np.concatenate(part) for part in zip(*self._entries, strict=True))
        largest = np.zeros(self._rows)
        np.maximum.at(largest, row, np.abs(factor))
        felt = np.abs(factor) >= LEAST_FACTOR * largest[row]
        row, column, factor = row[felt], column[felt], factor[felt]
        order = np.lexsort((column, row))
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = self._columns, self._rows
        model.sense_ = highspy.ObjSense.kMaximize
        model.col_cost_ = np.concatenate(self._cost)
        model.col_lower_ = np.zeros(self._columns)
        model.col_upper_ = np.concatenate(self._upper)
        model.row_lower_, model.row_upper_ = (
            np.concatenate(part) for part in zip(*self._bounds, strict=True)
        )
        model.integrality_ = [
            highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            for whole in self._whole
        ]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=self._rows))])
        model.a_matrix_.index_ = column[order]
        model.a_matrix_.value_ = factor[order]
        return model


def _solver(highspy: Any, **options: float) -> Any:
    with _silence():
        solver = highspy.Highs()
    solver.silent()
    for name, value in options.items():
        solver.setOptionValue(name, value)
    return solver


@contextmanager
def _silence() -> Iterator[None]:
    """Keep HiGHS's banner, written below Python, out of what a command prints."""
    flush = ctypes.CDLL(None).fflush if os.name == "posix" else lambda _stream: 0
    flush(None)
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        flush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
