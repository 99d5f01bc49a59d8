"""Running parts, each in a process of its own: written one after the other, checked side by side."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context

from .parts import BY_NAME, Part


@dataclass(frozen=True)
class Outcome:
    """What came of one part.

    Args:
        name: The part.
        lines: What changed when written; what is out of date when checked.
        seconds: How long it took.
    """

    name: str
    lines: list[str]
    seconds: float


def write(parts: Iterable[Part]) -> Iterator[Outcome]:
    """Write parts in their order; a later one sees the tables an earlier one wrote."""
    for part in parts:
        with _processes(1) as one:
            yield one.submit(_write, part.name).result()


def check(parts: Iterable[Part], jobs: int) -> Iterator[Outcome]:
    """Check parts side by side, the longest first; yield each as it ends."""
    with _processes(jobs) as several:
        longest = sorted(parts, key=lambda part: -part.seconds)
        for future in as_completed([several.submit(_check, part.name) for part in longest]):
            yield future.result()


def _processes(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1)


def _write(name: str) -> Outcome:
    started = time.monotonic()
    return Outcome(name, BY_NAME[name].write(), time.monotonic() - started)


def _check(name: str) -> Outcome:
    started = time.monotonic()
    try:
        problems = BY_NAME[name].problems()
    except Exception as error:  # one part that fails must not hide what the others say
        problems = [f"cannot be made: {type(error).__name__}: {error}"]
    return Outcome(name, problems, time.monotonic() - started)
