"""Loads as the chance of a peak is learned from them: the hour that begins against its month and its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from ...model import Bools, Floats, Whole
from ..hours import ForecastFrame, local_hours, required
from ._billing_months import SHIFTS, BillingMonths
from ._expected_load import LEADS, ExpectedLoad, LoadInputs, LoadMoments

AHEAD = 2
"""Hours after the one that begins whose chance is told too: as long as machines usually stay off at least."""
_OUT_OF_REACH = -6.0
"""Usual errors below the month's highest load: no peak of 2017 to 2020 was expected from so far below."""
_PROBIT = 1.702  # the logistic function of so many times x is nearly the normal distribution of x
_LEAST = -20.0  # logits: nothing comes from lower
_STEEPEST = 0.05  # growth of a load in an hour: more is a wrong reading


@dataclass(frozen=True, eq=False)
class LoadHistory:
    """Loads of consecutive hours, and the months whose peaks are sought in them. T hours.

    Args:
        inputs: What is known of the loads as each hour begins.
        billing: Months of the calendar first, then those begun late.
        season: Hours whose loads are like those of the months that count, shape (T,).
    """

    inputs: LoadInputs
    billing: tuple[BillingMonths, ...]
    season: Bools

    @classmethod
    def of(
        cls, table: ForecastFrame, months: tuple[int, ...], zone: ZoneInfo, end: np.datetime64 | None = None
    ) -> LoadHistory:
        """Return the loads of a table, of hours before `end` (local wall time).

        Raises:
            InvalidInput: If there is no column `load_mw`.
        """
        local = local_hours(table.ts_utc, zone).astype("datetime64[h]")
        hours = len(local) if end is None else int(np.searchsorted(local, end))
        inputs = LoadInputs.of(required(table, "load_mw")[:hours], local[:hours])
        billing = tuple(BillingMonths.of(inputs, months, shift) for shift in SHIFTS)
        near = {(month + step - 1) % 12 + 1 for month in months for step in (-1, 0, 1)}
        season = np.isin(billing[0].month.astype(np.int64) % 12 + 1, sorted(near))
        return cls(inputs, billing, season)

    @property
    def calendar(self) -> BillingMonths:
        """Months of the calendar."""
        return self.billing[0]

    def moments(self) -> Iterator[tuple[np.datetime64, LoadMoments]]:
        """Yield what the expected load is fitted to, calendar month by month, of the season alone."""
        month = self.calendar.month
        cuts = (np.flatnonzero(month[1:] != month[:-1]) + 1).tolist()
        for first, end in zip([0, *cuts], [*cuts, len(month)], strict=True):
            yield month[first], self.inputs.moments(first, end, self.season)

    def examples(
        self, expected: ExpectedLoad, end: np.datetime64
    ) -> Iterator[tuple[list[Floats], list[Bools]]]:
        """Yield features and whether an hour set the peak, by lead, of whole months over by `end` (local)."""
        for months in self.billing:
            hours = np.flatnonzero(months.whole & (months.over <= end))
            told = list(self.features(expected, months, hours))
            yield (
                [rows for rows, _ in told],
                [months.peak[hours[reached] + lead] for lead, (_, reached) in enumerate(told)],
            )

    def features(
        self, expected: ExpectedLoad, months: BillingMonths, hours: Whole
    ) -> Iterator[tuple[Floats, Bools]]:
        """Yield what is known, as hours (by position) begin, of each and of the `AHEAD` after it.

        Yields:
            By lead: features of the hours within reach of the month's highest load, (within reach, 8), and
            which these are, (hours,). One in another month is not, nor one whose loads before are unknown.
        """
        path, error = expected.path(self.inputs, hours), expected.error[self.inputs.hour[hours]]
        for lead in range(AHEAD + 1):
            target = np.minimum(hours + lead, len(self.season) - 1)
            above = path[:, lead] - months.highest[hours]
            reached = above > _OUT_OF_REACH * error[:, lead, lead]
            reached &= (months.month[target] == months.month[hours]) & (target == hours + lead)
            part = slice(None) if reached.all() else reached
            yield self._rows(months, hours[part], path[part], error[part], lead), reached

    def _rows(self, months: BillingMonths, hours: Whole, path: Floats, error: Floats, lead: int) -> Floats:
        target, hour = hours + lead, self.inputs.hour[hours]
        above, own = path[:, lead] - months.highest[hours], error[:, lead]
        others = [n for n in range(LEADS) if n != lead]
        same_day = (hour[:, None] + others) // 24 == (hour[:, None] + lead) // 24
        rivals = _log_chance((path[:, [lead]] - path[:, others]) / own[:, others]) * same_day
        before = path[:, lead - 1] if lead else self.inputs.load[hours - 1]
        columns = [
            np.ones(len(hours)),
            _log_chance(above / own[:, lead]),
            np.maximum(rivals.sum(axis=1), _LEAST),
            np.log1p(months.days_left[target]),
            40 * np.clip(above, 0.0, 0.075),
            100 * np.clip(path[:, lead] - before, -_STEEPEST, _STEEPEST),
            100 * np.clip(path[:, lead + 1] - path[:, lead], -_STEEPEST, _STEEPEST),
            (self.inputs.weekday[target] >= 5).astype(np.float64),
        ]
        return np.stack(columns, axis=1)


def _log_chance(errors: Floats) -> Floats:
    """Return the logarithm of the chance that a normal error lies below so many times its spread."""
    chance: Floats = -np.logaddexp(0.0, -_PROBIT * errors)
    return chance
