"""How well the halving estimate would have done: a hindcast.

    python -m tools write halving

Every estimate sees the bundled history up to its own day only. The first table has one row per quarter start
since 2014 and the halving then next; the second adds them up; the last two repeat the estimate at each month
start for blocks a fixed number ahead, which are many more cases than three halvings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from statistics import fmean

from hashpivot.bitcoin import HalvingEstimate, NetworkHistory, expected_block, next_halving
from hashpivot.core import Quarter
from hashpivot.core import parse_day as day

from ..parts import Made
from ..sections import markdown_table

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
    heights = [(eve, history.until(eve)[-1].height_end + blocks) for eve in eves]
    return [
        _case(expected_block(height, history, eve), history)
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


def detail(case: Case) -> list[str]:
    e = case.estimate
    days = [str(moment) for moment in (_following(e.as_of), e.median, e.p10, e.p90, case.actual)]
    verdict = "yes" if case.covered else "**no**"
    return [days[0], f"{e.height:,}", f"{e.blocks_left:,}", *days[1:], f"{case.error:+d}", verdict]


def make() -> Made:
    """The four tables of the page."""
    history = NetworkHistory.load()
    cases = halving_cases(history)
    head = ["from", "halving", "blocks left", "median", "p10", "p90", "came", "error, days", "within"]
    by_height = [(f"{height:,}", list(some)) for height, some in groupby(cases, lambda c: c.estimate.height)]
    ahead = {blocks: horizon_cases(history, blocks) for blocks in HORIZONS}
    recent = {n: [case for case in some if case.estimate.as_of >= AGAIN] for n, some in ahead.items()}
    return {
        "halving/estimates": markdown_table([head, *map(detail, cases)]),
        "halving/halvings": _summaries("halving", [*by_height, ("all", cases)]),
        "halving/since-2014": _summaries(
            "blocks ahead, since 2014", [(f"{n:,}", c) for n, c in ahead.items()]
        ),
        "halving/since-2020": _summaries(
            "blocks ahead, since 2020", [(f"{n:,}", c) for n, c in recent.items()]
        ),
    }


def _summaries(title: str, groups: Sequence[tuple[str, Sequence[Case]]]) -> str:
    """A table with a row for each group of cases."""
    head = ["cases", "mean abs error", "bias", "largest", "mean width", "within 80% interval"]
    return markdown_table([[title, *head], *([name, *summary(cases)] for name, cases in groups)])


def _case(estimate: HalvingEstimate, history: NetworkHistory) -> Case:
    return Case(estimate, history.day_of_height(estimate.height))


def _eve(start: date) -> date:
    return date.fromordinal(start.toordinal() - 1)


def _following(moment: date) -> date:
    return date.fromordinal(moment.toordinal() + 1)
