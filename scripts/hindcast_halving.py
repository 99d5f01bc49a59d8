"""How well the halving estimate would have done: the tables of docs/bitcoin.md.

    python scripts/hindcast_halving.py

Every estimate sees the bundled history up to its own day only. The first table has one row per quarter start
since 2014 and the halving then next; the second adds them up; the last two repeat the estimate at each month
start for blocks a fixed number ahead, which are many more cases than three halvings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import fmean

from hashpivot.bitcoin import HalvingEstimate, NetworkHistory, expected_block, next_halving
from hashpivot.core import Quarter
from hashpivot.core import parse_day as day

HORIZONS = (500, 2_016, 5_000, 20_000, 50_000, 100_000, 200_000)
FIRST = Quarter(2014, 1)
AGAIN = day("2020-01-01")


@dataclass(frozen=True)
class Case:
    """An estimate and the day its block really came."""

    estimate: HalvingEstimate
    actual: date

    @property
    def error(self) -> int:
        """Days the median was late; negative if early."""
        return (self.estimate.median - self.actual).days

    @property
    def width(self) -> int:
        """Days from p10 to p90."""
        return (self.estimate.p90 - self.estimate.p10).days

    @property
    def covered(self) -> bool:
        """Whether the block came within p10..p90."""
        return self.estimate.p10 <= self.actual <= self.estimate.p90


def halving_cases(history: NetworkHistory) -> list[Case]:
    starts = [quarter.start for quarter in FIRST.through(Quarter.containing(history.last_day))]
    estimates = [next_halving(_eve(start), history) for start in starts]
    return [_case(e, history) for e in estimates if e.height <= history[-1].height_end]


def horizon_cases(history: NetworkHistory, blocks: int) -> list[Case]:
    eves = [row.day for row in history if row.day >= _eve(FIRST.start) and _following(row.day).day == 1]
    heights = [(eve, history.day(eve).height_end + blocks) for eve in eves]
    return [
        _case(expected_block(height, eve, history), history)
        for eve, height in heights
        if height <= history[-1].height_end
    ]


def summary(cases: Sequence[Case]) -> list[str]:
    errors = [case.error for case in cases]
    return [
        str(len(cases)),
        f"{fmean(map(abs, errors)):.1f}",
        f"{fmean(errors):+.1f}",
        f"{max(map(abs, errors))}",
        f"{fmean(case.width for case in cases):.1f}",
        f"{sum(case.covered for case in cases)} ({fmean(case.covered for case in cases):.0%})",
    ]


def show(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    for row in (head, ["---"] * len(head), *rows):
        print("|", " | ".join(row), "|")
    print()


def detail(case: Case) -> list[str]:
    e = case.estimate
    days = [str(moment) for moment in (_following(e.as_of), e.median, e.p10, e.p90, case.actual)]
    verdict = "yes" if case.covered else "**no**"
    return [days[0], f"{e.height:,}", f"{e.blocks_left:,}", *days[1:], f"{case.error:+d}", verdict]


def main() -> None:
    history = NetworkHistory.load()
    cases = halving_cases(history)
    head = ["from", "halving", "blocks left", "median", "p10", "p90", "came", "error, days", "within"]
    show(head, map(detail, cases))
    by_height = [(f"{height:,}", list(some)) for height, some in groupby(cases, lambda c: c.estimate.height)]
    columns = ["cases", "mean abs error", "bias", "largest", "mean width", "within 80% interval"]
    show(["halving", *columns], ([name, *summary(some)] for name, some in [*by_height, ("all", cases)]))
    ahead = {blocks: horizon_cases(history, blocks) for blocks in HORIZONS}
    show(["blocks ahead, since 2014", *columns], ([f"{n:,}", *summary(some)] for n, some in ahead.items()))
    recent = {n: [case for case in some if case.estimate.as_of >= AGAIN] for n, some in ahead.items()}
    show(["blocks ahead, since 2020", *columns], ([f"{n:,}", *summary(some)] for n, some in recent.items()))


def _case(estimate: HalvingEstimate, history: NetworkHistory) -> Case:
    return Case(estimate, history.day_of_height(estimate.height))


def _eve(start: date) -> date:
    return date.fromordinal(start.toordinal() - 1)


def _following(moment: date) -> date:
    return date.fromordinal(moment.toordinal() + 1)


if __name__ == "__main__":
    main()
