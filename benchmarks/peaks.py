"""Chances of ERCOT's coincident peaks, walked forward: fitted on the summers before each year.

    python -m benchmarks.peaks --data ../shared/data/energy

Chances are those a site decides by as the hour begins (`next_hours_peaks`, refitted each month), and those of
`PeakForecaster` an hour before (as the hour begins), at 09:00 of the day, and 24 hours before. The tables:

- each month's peak of June to September: its chance, and how many hours of the month had at least that;
- the mean logarithmic loss over all hours, beside that of the plain rate (one hour a month);
- reliability: hours by the chance they were given, what that promised and what came;
- alarms: the peaks an alarm at a threshold would have hit, and its false hours and days;
- recalibration by level and slope of the logit, fitted on earlier years: the loss beside that without it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.ercot import ercot
from hashpivot.site.forecast import PeakForecaster, PlainFrame, local_hours, next_hours_peaks

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
FIRST_YEAR = 2018
"""With a summer of loads before it."""
LEADS = ("site", "hour before", "at 09:00", "day before")
MONTHS = (6, 7, 8, 9)
EDGES = (0.0, 0.001, 0.003, 0.01, 0.03, 0.1, 1.0)
THRESHOLDS = (0.003, 0.01, 0.02, 0.05, 0.1)


@dataclass(frozen=True)
class Summers:
    """Hours of June to September of consecutive years.

    Args:
        local: Local time, (hours,).
        truth: The hours that set a peak, (hours,).
        chances: By lead, (hours,).
    """

    local: NDArray[np.datetime64]
    truth: Flags
    chances: dict[str, Array]

    def of(self, first: int, last: int) -> Summers:
        """The summers of some years."""
        year = self.local.astype("datetime64[Y]").astype(np.int64) + 1970
        inside = (year >= first) & (year <= last)
        return Summers(
            self.local[inside],
            self.truth[inside],
            {lead: chance[inside] for lead, chance in self.chances.items()},
        )


def walk(table: PlainFrame, last_year: int) -> Summers:
    """Chances of every summer from `FIRST_YEAR`, each by a model of the summers before it."""
    local = local_hours(table.ts_utc)
    truth = PeakForecaster().peaks(table)
    places, chances = [], []
    for year in range(FIRST_YEAR, last_year + 1):
        begin, end = (
            int(np.searchsorted(local, np.datetime64(f"{year}-{month}-01"))) for month in ("06", "10")
        )
        model = PeakForecaster().fit(table.part(0, begin))
        places.append(np.arange(begin, end))
        chances.append(_chances(model, table, places[-1], local))
    hours = np.concatenate(places)
    told = {lead: np.concatenate([chance[lead] for chance in chances]) for lead in LEADS[1:]}
    decided = next_hours_peaks(table, MONTHS)[hours, 0]
    return Summers(local[hours], truth[hours], {LEADS[0]: decided} | told)


def _chances(
    model: PeakForecaster, table: PlainFrame, summer: NDArray[np.int64], local: NDArray[np.datetime64]
) -> dict[str, Array]:
    """`PeakForecaster` by lead, (hours of the summer,); before 09:00 of a day the chance at 09:00 is 0."""
    begin = int(summer[0])
    morning = np.zeros(len(summer))
    nine = np.unique(
        np.searchsorted(local, local[summer].astype("datetime64[D]").astype("datetime64[h]") + 9)
    )
    for origin, ahead in zip(nine.tolist(), model.predict_all(table, nine, 15), strict=True):
        morning[origin - begin : origin - begin + 15] = ahead[: len(summer) - (origin - begin)]
    soon = model.predict_all(table, summer, 1)[:, 0]
    day = model.predict_all(table, summer - 24, 25)[:, 24]
    return dict(zip(LEADS[1:], (soon, morning, day), strict=True))


def loss(chance: Array, truth: Flags) -> float:
    """Mean logarithmic loss."""
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.log(np.where(truth, sure, 1 - sure)).mean())


def peak_rows(summers: Summers) -> Iterator[str]:
    """A line a peak."""
    yield f"{'peak (local)':16}" + "".join(f"{lead:>12}{'hours':>7}" for lead in LEADS)
    month = summers.local.astype("datetime64[M]")
    for peak in np.flatnonzero(summers.truth):
        same = month == month[peak]
        told = "".join(
            f"{chance[peak]:12.3f}{int((chance[same] >= chance[peak]).sum()):7}"
            for chance in summers.chances.values()
        )
        yield f"{summers.local[peak]!s:16}{told}"


def loss_rows(summers: Summers) -> Iterator[str]:
    """A line a lead, and one of the plain rate."""
    rate = np.full(len(summers.truth), summers.truth.mean())
    for lead, chance in {**summers.chances, "plain rate": rate}.items():
        yield (
            f"{lead:12} loss {loss(chance, summers.truth):.5f}, sum of chances {chance.sum():.1f} for "
            f"{summers.truth.sum()} peaks"
        )


def reliability_rows(chance: Array, truth: Flags) -> Iterator[str]:
    """A line a range of chances."""
    yield f"{'chance':>17}{'hours':>8}{'promised':>10}{'came':>6}"
    for low, high in pairwise(EDGES):
        inside = (chance >= low) & (chance < high)
        yield f"{low:7.1%} to {high:6.1%}{inside.sum():8}{chance[inside].sum():10.2f}{truth[inside].sum():6}"


def alarm_rows(chance: Array, summers: Summers) -> Iterator[str]:
    """A line a threshold; a false hour sets no peak though there is an alarm, a false day has only those."""
    head = f"{'alarm at':>16}{'hit':>8}{'hit rate':>10}"
    yield head + "".join(f"{f'false {what}':>13}{'a month':>9}" for what in ("hours", "days"))
    day = summers.local.astype("datetime64[D]")
    months = len(np.unique(summers.local.astype("datetime64[M]")))
    for threshold in THRESHOLDS:
        alarm = chance >= threshold
        hit = int((alarm & summers.truth).sum())
        hours = int(alarm.sum()) - hit
        days = len(np.setdiff1d(day[alarm], day[summers.truth]))
        yield (
            f"{threshold:16.1%}{hit:5}/{summers.truth.sum():<2}{hit / summers.truth.sum():10.0%}"
            f"{hours:13}{hours / months:9.1f}{days:13}{days / months:9.1f}"
        )


def recalibration(chance: Array, truth: Flags) -> Array:
    """Level and slope of the logit that make past chances likeliest, by Newton's method, (2,)."""
    rows, weights = _logit_rows(chance), np.array([0.0, 1.0])
    for _ in range(50):
        now = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows * (now * (1 - now))[:, None]).T @ rows
        step = np.linalg.solve(curve, rows.T @ (truth - now))
        weights = weights + step / max(1.0, float(np.abs(step).max()))
    return weights


def recalibrated(chance: Array, weights: Array) -> Array:
    """Chances after a recalibration; where there was none there is none."""
    again: Array = np.where(chance > 0, 1 / (1 + np.exp(-_logit_rows(chance) @ weights)), 0.0)
    return again


def _logit_rows(chance: Array) -> Array:
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    return np.stack([np.ones(len(chance)), np.log(sure / (1 - sure))], axis=1)


def recalibration_rows(past: Summers, summers: Summers) -> Iterator[str]:
    """A line a lead."""
    for lead, chance in summers.chances.items():
        known = past.chances[lead] > 0
        level, slope = weights = recalibration(past.chances[lead][known], past.truth[known])
        again = recalibrated(chance, weights)
        yield (
            f"{lead:12} level {level:+.2f}, slope {slope:.2f}: loss {loss(again, summers.truth):.5f} "
            f"(without {loss(chance, summers.truth):.5f}), sum of chances {again.sum():.1f}"
        )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure chances of coincident peaks.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the ercot_*.parquet files")
    parser.add_argument("--years", type=int, nargs=2, default=(2021, 2024), help="first and last")
    options = parser.parse_args(arguments)
    first, last = options.years
    every = walk(ercot(options.data, "lz_west"), last)
    summers = every.of(first, last)
    print("\n".join([*peak_rows(summers), *loss_rows(summers)]))
    for lead, chance in summers.chances.items():
        print(f"\n{lead}")
        print("\n".join([*reliability_rows(chance, summers.truth), *alarm_rows(chance, summers)]))
    if first > FIRST_YEAR:
        print(f"\nrecalibrated on {FIRST_YEAR} to {first - 1}")
        print("\n".join(recalibration_rows(every.of(FIRST_YEAR, first - 1), summers)))


if __name__ == "__main__":
    main()
