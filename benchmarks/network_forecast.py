"""The next difficulty adjustment and hashprice, walked forward over the bundled history.

    python -m benchmarks.network_forecast

Every third day of the last four years is forecast from the days before it. Errors of the adjustment are in
percentage points beside two plain ways: no change, and the pace of the epoch so far. Hashprice errors are
relative to the hashprice that came, beside today's. `inside` is the share of outcomes between the 10% and 90%
levels, `below` the share at or below the median.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from hashpivot.bitcoin import (
    BLOCKS_PER_EPOCH,
    DifficultyForecast,
    HashpriceForecast,
    NetworkHistory,
    next_hashprices,
)
from tools.bundle.collected import collected_history

Array = NDArray[np.float64]
STAGES = ((1700, 2016), (1000, 1700), (300, 1000), (1, 300))
AHEAD = (1, 3, 7, 14, 30)


def difficulties(history: NetworkHistory) -> dict[int, float]:
    """Difficulty of each epoch that has a day wholly inside it, by epoch."""
    found = {}
    for row in history:
        epoch, place = divmod(row.height_end + 1, BLOCKS_PER_EPOCH)
        if place >= row.blocks:
            found[epoch] = row.difficulty
    return found


def adjustment_row(known: DifficultyForecast, actual: float, pace: float) -> list[float]:
    """Blocks left; errors of ours, of no change, of the pace so far; inside and below."""
    low, high = (known.change[known.levels.index(level)] for level in (0.1, 0.9))
    errors = [abs(known.median_change - actual), abs(actual), abs(pace - actual)]
    return [known.blocks_left, *errors, low <= actual <= high, actual <= known.median_change]


def hashprice_row(known: HashpriceForecast, ahead: int, actual: float, today: float) -> list[float]:
    """Days ahead; errors of ours and of today's hashprice; inside and below."""
    values = dict(zip(known.levels, known.values_usd_per_ph_day[ahead - 1].tolist(), strict=True))
    errors = [abs(values[0.5] / actual - 1), abs(today / actual - 1)]
    return [ahead, *errors, values[0.1] <= actual <= values[0.9], actual <= values[0.5]]


def walk(history: NetworkHistory, days: int) -> tuple[Array, Array]:
    """Rows of `adjustment_row` and `hashprice_row`."""
    true = difficulties(history)
    adjustments, prices = [], []
    for place in range(len(history) - days, len(history) - max(AHEAD), 3):
        day = history[place].day
        known = next_hashprices(history, max(AHEAD), day)
        epoch, done = divmod(history[place].height_end + 1, BLOCKS_PER_EPOCH)
        if {epoch, epoch + 1} <= true.keys():
            begun = next(p for p in range(place, -1, -1) if history[p].height_end < epoch * BLOCKS_PER_EPOCH)
            share = (epoch * BLOCKS_PER_EPOCH - history[begun].height_end) / history[begun + 1].blocks
            pace = done / 144 / max(place - begun - share, 1 / 24) - 1
            adjustments.append(adjustment_row(known.difficulty, true[epoch + 1] / true[epoch] - 1, pace))
        today = history.hashprice_usd_per_ph_day(day)
        for ahead in AHEAD:
            actual = history.hashprice_usd_per_ph_day(history[place + ahead].day)
            prices.append(hashprice_row(known, ahead, actual, today))
    return np.array(adjustments, dtype=float), np.array(prices, dtype=float)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Walk difficulty and hashprice forecasts forward.")
    parser.add_argument("--days", type=int, default=1461, help="last days of the history to walk over")
    options = parser.parse_args(arguments)
    history = collected_history()  # its blocks are counted day by day
    adjustments, prices = walk(history, options.days)
    print(f"{history[-options.days].day} to {history.last_day}, every third day\n")
    print(f"{'blocks left':14}{'days':>6}{'MAE pp':>8}{'none':>8}{'pace':>8}{'inside':>8}{'below':>8}")
    for low, high in STAGES:
        part = adjustments[(adjustments[:, 0] >= low) & (adjustments[:, 0] < high)]
        ours, none, pace, inside, below = part[:, 1:].mean(axis=0)
        errors = f"{ours:8.2%}{none:8.2%}{pace:8.2%}".replace("%", " ")
        print(f"{f'{low} to {high}':14}{len(part):6}{errors}{inside:8.2f}{below:8.2f}")
    print(f"\n{'days ahead':14}{'days':>6}{'MAE %':>8}{'today':>8}{'':8}{'inside':>8}{'below':>8}")
    for ahead in AHEAD:
        part = prices[prices[:, 0] == ahead]
        ours, today, inside, below = part[:, 1:].mean(axis=0)
        errors = f"{ours:8.2%}{today:8.2%}".replace("%", " ")
        print(f"{ahead:<14}{len(part):6}{errors}{'':8}{inside:8.2f}{below:8.2f}")


if __name__ == "__main__":
    main()
