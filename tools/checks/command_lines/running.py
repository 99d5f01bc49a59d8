"""Run many cases in several processes."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pkgutil import walk_packages

import hashpivot

from .case import Case
from .drawing import Drawer
from .oracle import problems
from .process import Ran, run
from .samples import Samples

_PIECE = 25
_LATE = (
    "distributed", "duckdb", "hashpivot.assistant._server", "pandas", "psycopg", "pyarrow.parquet",
    "rich.console", "rich.table", "uvicorn.lifespan.on", "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto", "xlsxwriter",
)  # fmt: skip
"""Modules of libraries that commands import when they need them."""
_TELL = 500
_drawers: list[Drawer] = []


@dataclass(frozen=True)
class Failure:
    """A case that failed.

    Args:
        number: Of the case.
        line: The case for people.
        problems: What was wrong.
    """

    number: int
    line: str
    problems: tuple[str, ...]


def warm() -> Samples:
    """Load all of the package by importing and using it, so that forked processes need not.

    Returns:
        Sound files.
    """
    for module in walk_packages(hashpivot.__path__, "hashpivot."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    for name in _LATE:
        with suppress(ImportError):
            import_module(name)
    samples = Samples.make()
    gc.collect()
    gc.freeze()
    return samples


def judged(case: Case) -> tuple[Ran, list[str]]:
    """Run a case and judge it."""
    ran = run(case)
    return ran, problems(case, ran)


def run_many(
    seed: int, numbers: Sequence[int], jobs: int, samples: Samples | None = None
) -> tuple[Counter[int], list[Failure], float]:
    """Run cases.

    Returns:
        Exit statuses, the cases that failed, and seconds of processor time.
    """
    _drawers[:] = [Drawer(seed, samples or warm())]
    statuses: Counter[int] = Counter()
    failures: list[Failure] = []
    seconds = done = 0.0
    pieces = [numbers[start : start + _PIECE] for start in range(0, len(numbers), _PIECE)]
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        for found, failed, took in pool.map(_piece, pieces):
            statuses += found
            failures += failed
            seconds += took
            done += _PIECE
            for failure in failed:
                print(
                    f"{failure.number}: {failure.line[:700]}\n    " + "\n    ".join(failure.problems[:6]),
                    file=sys.stderr,
                )
            if done % _TELL == 0:
                print(
                    f"{done:,.0f} of {len(numbers):,} cases, {len(failures)} failed",
                    file=sys.stderr,
                    flush=True,
                )
    return statuses, failures, seconds


def _piece(numbers: Sequence[int]) -> tuple[Counter[int], list[Failure], float]:
    statuses: Counter[int] = Counter()
    failures, seconds = [], 0.0
    for number in numbers:
        case = _drawers[0].case(number)
        ran, wrong = judged(case)
        statuses[ran.status] += 1
        seconds += ran.seconds
        if wrong:
            failures.append(Failure(number, str(case), tuple(wrong)))
    return statuses, failures, seconds
