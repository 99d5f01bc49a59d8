"""How long the nowcast takes, in seconds of processor time: all companies of a quarter, and the whole
backtest.

    python -m benchmarks.nowcast

The aims are one second for a quarter of all companies and sixty for the backtest. Beside them the time to
open the desk, which every command needs, so that the two can be told apart on a slower machine.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from time import process_time

import hashpivot as hp

QUARTERS = (("2024Q4", date(2025, 1, 31)), ("2025Q1", date(2025, 2, 15)), ("2025Q2", date(2025, 7, 31)))
REPEATS = 3


def seconds(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """The least processor time of a few runs."""
    taken = []
    for _ in range(repeats):
        start = process_time()
        work()
        taken.append(process_time() - start)
    return min(taken)


def main() -> None:
    print(f"open the desk          {seconds(hp.Desk.open):6.2f} s")
    desk = hp.Desk.open()
    for quarter, day in QUARTERS:
        companies = len(desk.nowcast(quarter, as_of=day).companies)
        taken = seconds(lambda quarter=quarter, day=day: hp.Desk.open().nowcast(quarter, as_of=day))
        print(f"{quarter} as of {day} {taken:6.2f} s, {companies} companies")
    print(f"backtest               {seconds(desk.backtest, 1):6.2f} s")


if __name__ == "__main__":
    main()
