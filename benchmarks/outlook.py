"""The outlook's speed, as ratios measured in one run.

    python -m benchmarks.outlook [--shards 12] [--loop-paths 64] [--check]
        [--companies 2] [--memory 100000 400000 1600000]

Market: the engine against drawing its random numbers alone; against the same model as a plain loop over
paths and in plain NumPy (`benchmarks.outlook_plain`), both fed the engine's random numbers and compared
with its result first.
Companies: the whole answers (every number of the JSON) of 26 companies x 12 quarters x 100,000 paths with
`--companies 2`, in as many processes, each of which simulates the market once for its companies.
Memory: the peak of one company's whole answer, each number of paths in a process of its own.
Times are processor seconds, of the market of one thread and the best of several rounds in turn.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.outlook_plain import Setting, loop, vectorised
from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import NowcastDraws
from hashpivot.ledger import View
from hashpivot.nowcast import nowcast_draws
from hashpivot.outlook import (
    SHARD,
    MarketEstimate,
    MarketStart,
    OutlookCase,
    build_case,
    estimate_market,
    market_start,
    outlook,
    simulate_shard,
    spans,
)
from hashpivot.outlook.market._draws import SeededDraws
from hashpivot.outlook.market._engine import MarketWalk
from hashpivot.outlook.market._quarters import QuarterSums

QUARTERS, SEED, COMPANIES, PATHS = 12, 1, 26, 100_000
MADE_UP = {
    "finance.cash_usd": 3e8, "finance.debt_usd": 9e8, "finance.bitcoin": 5e3, "finance.sga_usd": 4e7,
    "finance.shares": 3e8, "finance.depreciation_usd": 5e7,
}  # fmt: skip
"""A balance sheet: without one the statements would be left out of what is measured."""
CLOSE = 5e-3
"""Relative difference allowed between single precision with a table and double precision without."""


class Recorded:
    """Draws that were made before."""

    def __init__(
        self, once: NDArray[np.float32], steps: list[tuple[NDArray[np.float32], NDArray[np.float32]]]
    ):
        self._once, self._steps = once, iter(steps)

    def once(self) -> NDArray[np.float32]:
        return self._once

    def step(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        return next(self._steps)


def setting(start: MarketStart, estimate: MarketEstimate, paths: int) -> Setting:
    """Random numbers for more epochs than the slowest path can need, kept."""
    draws = SeededDraws(SEED, 0, paths)
    once = draws.once()
    steps = [tuple(array.copy() for array in draws.step()) for _ in range(2 * epochs_needed(start))]
    names = [start.first_quarter + step for step in range(QUARTERS)]
    return Setting(start, estimate.parameters, once, steps, names)  # type: ignore[arg-type]


def epochs_needed(start: MarketStart) -> int:
    days = (start.first_quarter + QUARTERS).start.toordinal() - start.as_of.toordinal()
    return len(list(islice(spans(start.height), days // 14 + 8)))


def engine(given: Setting) -> tuple[NDArray[np.float32], int]:
    """The engine on recorded draws; also how many steps it took."""
    paths = given.once.shape[1]
    sums = QuarterSums(given.start, given.quarters, paths)
    draws = Recorded(given.once, list(given.steps))
    walk = MarketWalk(given.start, given.parameters, draws, paths, sums)
    walk.run(sums.last_day)
    return sums.means(), len(given.steps) - len(list(draws._steps))


def best(works: dict[str, Callable[[], object]], rounds: int = 5) -> dict[str, float]:
    """Processor seconds of each work, the best of several rounds in turn: all meet the same machine."""
    found = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            begin = time.process_time()
            work()
            found[name] = min(found[name], time.process_time() - begin)
    return found


def draw_only(paths: int, steps: int) -> None:
    draws = SeededDraws(SEED, 0, paths)
    draws.once()
    for _ in range(steps):
        draws.step()


def cut(given: Setting, paths: int, steps: int) -> Setting:
    few = [(normals[:, :paths], uniforms[:, :paths]) for normals, uniforms in given.steps[:steps]]
    return Setting(given.start, given.parameters, given.once[:, :paths], few, given.quarters)


def largest_difference(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    return float(np.abs(one / other - 1).max())


def market(shards: int, loop_paths: int, check: bool) -> None:
    history = NetworkHistory.load()
    start, estimate = market_start(history), estimate_market(history)
    given = setting(start, estimate, SHARD)
    result, steps = engine(given)
    whole, some = cut(given, SHARD, steps), cut(given, loop_paths, steps)
    for name, found in (("loop", loop(some)), ("numpy", vectorised(whole))):
        difference = largest_difference(found, result[..., : found.shape[-1]])
        print(f"{name}: largest relative difference to the engine {difference:.1e}")
        assert difference < CLOSE, name
    if check:
        return
    times = best(
        {
            "full": lambda: [
                simulate_shard(start, estimate.parameters, QUARTERS, SEED, k) for k in range(shards)
            ],
            "drawn": lambda: [draw_only(SHARD, steps) for _ in range(shards)],
            "alone": lambda: engine(whole),
            "plain": lambda: vectorised(whole),
        }
    )
    full, drawn, alone, plain = times.values()
    looped = best({"loop": lambda: loop(some)}, 2)["loop"] * SHARD / loop_paths
    print(f"{shards * SHARD:,} paths, {steps} epochs: {full:.2f} s, random numbers alone {drawn:.2f} s")
    print(f"| engine / its random numbers alone | {full / drawn:.2f} | at most 2 |")
    print(f"| plain loop over paths / engine, same numbers in | {looped / alone:.0f} | at least 30 |")
    print(f"| plain NumPy / engine, same numbers in | {plain / alone:.2f} | at least 3 |")


def whole_case(view: View, history: NetworkHistory, ticker: str) -> OutlookCase:
    """A company's case with all there is to compute: the nowcast's draws, statements on a made-up balance."""
    drawn = nowcast_draws(view, history, ticker, history.last_day)
    assert isinstance(drawn, NowcastDraws)
    return build_case(view, history, ticker, nowcast=drawn, assume=MADE_UP)[0]


def companies(workers: int) -> None:
    """The whole answers of all companies on all paths, companies spread over processes."""
    history, view = NetworkHistory.load(), View.open()
    known = [whole_case(view, history, ticker) for ticker in ("RIOT", "BTBT", "CORZ", "IREN", "CLSK")]
    every = [known[number % len(known)] for number in range(COMPANIES)]
    groups = [every[number::workers] for number in range(workers)]
    begin = time.perf_counter()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        found = list(pool.map(answers, groups, [PATHS] * workers))
    took, spent = time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert sum(each.companies for each in found) == COMPANIES
    print(
        f"{COMPANIES} companies x {QUARTERS} quarters x {PATHS:,} paths, {workers} processes: "
        f"{took:.1f} s on the clock, {(spent.ru_utime + spent.ru_stime) / workers:.1f} s of each processor, "
        f"{sum(each.peak_mib for each in found):.0f} MiB in all"
    )


def memory(sizes: Sequence[int]) -> None:
    """Peak memory of one company's whole answer, each number of paths in a process of its own."""
    case = whole_case(View.open(), NetworkHistory.load(), "CORZ")
    for paths in sizes:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(answers, [case], paths).result()
        print(f"| one company, {paths:,} paths | {found.peak_mib:.0f} MiB | {found.seconds:.1f} s |")


class Answered(NamedTuple):
    companies: int
    peak_mib: float
    seconds: float


def answers(cases: Sequence[OutlookCase], paths: int) -> Answered:
    """Whole answers, every number of the JSON, one company after the other; and what this process took."""
    begin = time.process_time()
    found = [outlook(case, quarters=QUARTERS, paths=paths, seed=SEED).to_dict() for case in cases]
    assert all(len(answer["quarters"]) == QUARTERS for answer in found)
    return Answered(len(found), peak_mib(), time.process_time() - begin)


def peak_mib() -> float:
    """The largest resident memory this process has had, in MiB.

    Linux hands `ru_maxrss` on from the process that started this one; `VmHWM` is this one's alone.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1_024
    unit = 1 if sys.platform == "darwin" else 1_024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--loop-paths", type=int, default=64)
    parser.add_argument("--check", action="store_true", help="compare results only")
    parser.add_argument("--companies", type=int, default=0, metavar="PROCESSES")
    parser.add_argument("--memory", type=int, nargs="*", default=[], metavar="PATHS")
    options = parser.parse_args()
    market(options.shards, options.loop_paths, options.check)
    if options.companies:
        companies(options.companies)
    memory(options.memory)


if __name__ == "__main__":
    main()
