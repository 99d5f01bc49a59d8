"""The command `python -m tools fuzz`: run cases, or make a failing one small."""

from __future__ import annotations

from pathlib import Path

from .cases import Aim, again
from .documents import Documents
from .running import Fuzzer, Result, run_at_once
from .shrinking import Fails, failure_of, failure_with, shrink

_MOST_SHOWN = 30


def report(result: Result) -> str:
    """What came of cases, for a terminal."""
    share = result.counted / result.run if result.run else 0
    head = (
        f"{result.run:,} cases, {result.counted:,} count ({share:.0%}), {len(result.failures)} failed, "
        f"{1000 * result.seconds / max(result.run, 1):.0f} ms of processor time each, "
        f"{result.resident >> 20} MiB at most"
    )
    lines = [f"  {count:>7,} {word}" for word, count in result.outcomes.most_common(_MOST_SHOWN)]
    unseen = f"  {len(result.mutations)} kinds of change were made"
    failed = [
        f"  --first {each.number}: {each.words}: {each.problem}" for each in result.failures[:_MOST_SHOWN]
    ]
    return "\n".join([head, *lines, unseen, *failed])


def run(documents: Documents, seed: int, first: int, cases: int, jobs: int) -> Result:
    """Cases from `first` on: so many of them in this process, or until so many count in several."""
    if jobs > 1:
        return run_at_once(documents, seed, jobs=jobs, target=cases, first=first)
    return Fuzzer(documents, seed).run(range(first, first + cases))


def shrink_file(path: Path) -> str:
    """Shrink a document that fails by itself; what was done, in a sentence."""
    return _written(path.with_suffix(".small" + path.suffix), path.read_bytes(), failure_of, path.name)


def shrink_case(documents: Documents, seed: int, number: int, folder: Path) -> str:
    """Shrink a failing case into a folder; what was done, in a sentence."""
    case = Fuzzer(documents, seed).case(number)
    path = folder / f"case-{seed}-{number}.htm"
    if case.aim is Aim.ANY and failure_of(case.data):
        return _written(path, case.data, failure_of, case.words)
    fails = failure_with(case)
    told = _written(path, case.base.data, fails, case.words)
    if path.is_file() and case.aim is not Aim.TELLING:
        changed = path.with_suffix(".changed.htm")
        changed.write_bytes(again(case, path.read_bytes()))
        told += f"; with its changes: {changed}"
    return told


def _written(path: Path, data: bytes, fails: Fails, name: str) -> str:
    failure = fails(data)
    if not failure:
        return f"{name}: does not fail"
    small = shrink(data, fails)
    path.write_bytes(small)
    return f"{name}: {failure.strip()}: {len(data):,} bytes shrunk to {len(small):,}: {path}"
