"""Months a peak is sought in: those of the calendar, and the same begun later, to learn from more of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ...model import HOUR, MONTH, Bools, Floats, Times
from ._expected_load import LoadInputs

SHIFTS = (0, 10, 20)
"""Days months begin late: two more sets of peaks of the same weather. One more or five more did no better."""


@dataclass(frozen=True, eq=False)
class BillingMonths:
    """Months of T hours: the calendar's, or begun some days late.

    Args:
        month: Which month each hour lies in, named by the one it begins in, datetime64[M], shape (T,).
        counted: Hours of months that count, shape (T,).
        whole: Hours of months that count, lie wholly in the hours and whose loads are all known, shape (T,).
        peak: Hours of highest load of these, shape (T,).
        highest: Logarithm of the highest load before each hour in its month; of the last load in its first
            hour, shape (T,).
        over: When each hour's month ends, local wall time, datetime64[h], shape (T,).
        days_left: Days of the month after that of each hour, shape (T,).
    """

    month: Times
    counted: Bools
    whole: Bools
    peak: Bools
    highest: Floats
    over: Times
    days_left: Floats

    @classmethod
    def of(cls, inputs: LoadInputs, months: tuple[int, ...], shift_days: int = 0) -> BillingMonths:
        """Return the months that begin `shift_days` late; such a month counts if that it ends in does."""
        local, shift = inputs.local, np.timedelta64(shift_days, "D")
        month = (local - shift).astype("datetime64[M]")
        begins = (month.astype("datetime64[D]") + shift).astype("datetime64[h]")
        over = ((month + MONTH).astype("datetime64[D]") + shift).astype("datetime64[h]")
        ends_in = (over - HOUR).astype("datetime64[M]").astype(np.int64) % 12 + 1
        counted = np.isin(ends_in, months)
        whole, peak = np.zeros(len(local), dtype=bool), np.zeros(len(local), dtype=bool)
        highest = np.append(np.nan, inputs.load[:-1])
        for here in _runs(month):
            highest[here][1:] = np.fmax.accumulate(inputs.load[here][:-1])
            first, last = here.start, here.stop - 1
            complete = local[first] <= begins[first] and local[last] + HOUR >= over[first]
            if complete and counted[first] and not inputs.gap[here].any():
                whole[here] = True
                peak[first + int(inputs.load[here].argmax())] = True
        days_left = (over - HOUR).astype("datetime64[D]") - local.astype("datetime64[D]")
        return cls(month, counted, whole, peak, highest, over, days_left.astype(np.float64))

    def peaks_before(self, end: np.datetime64) -> int:
        """Return how many peaks of months over by `end` (local wall time) are known."""
        return int(self.peak[self.over <= end].sum())


def _runs(values: Times) -> Iterator[slice]:
    """Yield where consecutive values are the same."""
    cuts = (np.flatnonzero(values[1:] != values[:-1]) + 1).tolist()
    for begin, end in zip([0, *cuts], [*cuts, len(values)], strict=True):
        if end > begin:
            yield slice(begin, end)
