"""Chances of ERCOT's coincident peaks, walked forward: fitted on the summers before each year.

    python -m benchmarks.peaks --data ../shared/data/energy

For each month of June to September: the chance given to the hour that did set the peak, and how many hours of
the month were given at least as much; told an hour before, and at 09:00 of the day. Over all hours the mean
logarithmic loss stands beside that of the plain rate (one hour a month).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.ercot import ercot
from hashpivot.site.forecast import PeakForecaster, local_hours

Array = NDArray[np.float64]


def loss(chance: Array, truth: NDArray[np.bool_]) -> float:
    """Mean logarithmic loss."""
    sure = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.log(np.where(truth, sure, 1 - sure)).mean())


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Measure chances of coincident peaks.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the ercot_*.parquet files")
    parser.add_argument("--years", type=int, nargs=2, default=(2021, 2024), help="first and last")
    options = parser.parse_args(arguments)
    table = ercot(options.data, "lz_west")
    local = local_hours(table.ts_utc)
    month, day = local.astype("datetime64[M]"), local.astype("datetime64[D]")
    nine = np.searchsorted(local, day.astype("datetime64[h]") + 9)
    truth = PeakForecaster().peaks(table)
    print(f"{'peak (local)':16}{'hour before':>12}{'hours':>7}{'at 09:00':>12}{'hours':>7}")
    soon, morning, came = [], [], []
    for year in range(options.years[0], options.years[1] + 1):
        begin, end = (int(np.searchsorted(local, np.datetime64(f"{year}-{m}-01"))) for m in ("06", "10"))
        model = PeakForecaster().fit(table.part(0, begin))
        summer = np.arange(begin, end)
        next_hour = model.predict_all(table, summer, 1)[:, 0]
        dawn = np.unique(nine[summer])
        by_day = model.predict_all(table, dawn, 15)
        at_nine = np.zeros(len(summer))
        for origin, chances in zip(dawn.tolist(), by_day, strict=True):
            at_nine[origin - begin : origin - begin + 15] = chances[: len(summer) - (origin - begin)]
        for peak in np.flatnonzero(truth[summer]):
            same = month[summer] == month[summer][peak]
            told = "".join(
                f"{chance[peak]:12.3f}{int((chance[same] >= chance[peak]).sum()):7}"
                for chance in (next_hour, at_nine)
            )
            print(f"{local[summer][peak]!s:16}{told}")
        soon.append(next_hour)
        morning.append(at_nine)
        came.append(truth[summer])
    actual = np.concatenate(came)
    rate = np.full(len(actual), actual.mean())
    for name, chance in (("hour before", soon), ("at 09:00", morning), ("plain rate", [rate])):
        given = np.concatenate(chance)
        flagged = int((given >= 0.01).sum())
        caught = int((actual & (given >= 0.01)).sum())
        print(
            f"{name:12} loss {loss(given, actual):.5f}, sum of chances {given.sum():.1f} for "
            f"{actual.sum()} peaks; at 1% and more: {flagged} hours, {caught} peaks among them"
        )


if __name__ == "__main__":
    main()
