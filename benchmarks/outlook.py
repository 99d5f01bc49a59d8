"""The outlook's speed, as ratios measured in one run.

    python -m benchmarks.outlook [--shards 12] [--loop-paths 64] [--companies 2] [--check]

Market: the engine against drawing its random numbers alone; against the same model as a plain loop over
paths and in plain NumPy (`benchmarks.outlook_plain`), both fed the engine's random numbers and compared
with its result first.
Companies: 26 companies x 12 quarters x 100,000 paths with `--companies 2`, on the market simulated once.
Times are processor seconds of one thread, the best of several rounds in turn.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from benchmarks.outlook_plain import Setting, loop, vectorised
from hashpivot.bitcoin import NetworkHistory
from hashpivot.ledger import View
from hashpivot.outlook import (
    SHARD,
    CompanyInputs,
    MarketEstimate,
    MarketStart,
    calibrate,
    estimate_market,
    market_start,
    run_company,
    shard_sizes,
    simulate_shard,
    spans,
)
from hashpivot.outlook._draws import SeededDraws
from hashpivot.outlook._engine import Walk
from hashpivot.outlook._quarters import QuarterSums

CHILDREN = resource.RUSAGE_CHILDREN
QUARTERS, SEED, COMPANIES, PATHS = 12, 1, 26, 100_000
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
    walk = Walk(given.start, given.parameters, draws, paths, sums)
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


def companies(workers: int) -> None:
    """All companies on all paths, revenue's quantiles by quarter included, shards spread over processes."""
    history, view = NetworkHistory.load(), View.open()
    start, estimate = market_start(history), estimate_market(history)
    known = [calibrate(view, history, ticker).inputs for ticker in ("RIOT", "BTBT", "CORZ", "IREN", "CLSK")]
    work = partial(shard_of_companies, start, estimate, known)
    begin, spent = time.perf_counter(), time.process_time()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        shards = list(pool.map(work, range(len(shard_sizes(PATHS))), shard_sizes(PATHS)))
    quantiles = np.quantile(np.concatenate(shards, axis=-1), [0.1, 0.5, 0.9], axis=-1)
    took, used = (
        time.perf_counter() - begin,
        time.process_time() + resource.getrusage(CHILDREN).ru_utime - spent,
    )
    memory = [resource.getrusage(who).ru_maxrss / 2**20 for who in (resource.RUSAGE_SELF, CHILDREN)]
    assert quantiles.shape == (3, COMPANIES, QUARTERS)
    print(
        f"{COMPANIES} companies x {QUARTERS} quarters x {PATHS:,} paths, {workers} processes: "
        f"{took:.1f} s on the clock, {used / workers:.1f} s of each processor, "
        f"{memory[0]:.2f} GiB here and at most {memory[1]:.2f} GiB in each process"
    )


def shard_of_companies(
    start: MarketStart, estimate: MarketEstimate, known: list[CompanyInputs], shard: int, paths: int
) -> NDArray[np.float32]:
    shared = simulate_shard(start, estimate.parameters, QUARTERS, SEED, shard, paths)
    every = (known[number % len(known)] for number in range(COMPANIES))
    found = [run_company(each, shared, start.price_usd, SEED, shard).revenue_usd for each in every]
    return np.array(found, dtype=np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shards", type=int, default=12)
    parser.add_argument("--loop-paths", type=int, default=64)
    parser.add_argument("--check", action="store_true", help="compare results only")
    parser.add_argument("--companies", type=int, default=0, metavar="PROCESSES")
    options = parser.parse_args()
    market(options.shards, options.loop_paths, options.check)
    if options.companies:
        companies(options.companies)


if __name__ == "__main__":
    main()
