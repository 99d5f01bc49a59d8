"""Running parts: written one after the other, each in a process of its own; checked side by side in a few."""

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
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as one:
            yield one.submit(_write, part.name).result()


def check(parts: Iterable[Part], jobs: int) -> Iterator[Outcome]:
    """Check parts side by side, the longest first; yield what came of each.

    No check writes anything, so that a process goes on with the next part and what it has loaded. Parts that
    share work are checked one after the other by one process.
    """
    shared: dict[str, list[Part]] = {}
    for part in parts:
        shared.setdefault(part.shares or part.name, []).append(part)
    longest = sorted(shared.values(), key=lambda some: -sum(part.seconds for part in some))
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as several:
        tasks = [several.submit(_check_all, [part.name for part in some]) for some in longest]
        for done in as_completed(tasks):
            yield from done.result()


def _check_all(names: list[str]) -> list[Outcome]:
    return [_check(name) for name in names]


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
