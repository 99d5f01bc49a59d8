"""The command `python -m tools command-lines`: run cases, or show one and make it small."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .case import Case
from .drawing import Drawer
from .oracle import signature
from .running import judged, run_many, warm
from .shrinking import shrunk

_MOST_OUTPUT = 3000
_MOST_FILE = 1500


def run(seed: int, numbers: Sequence[int], jobs: int) -> tuple[bool, str]:
    """Run cases: whether none failed, and for a terminal what came of them, by cause."""
    statuses, failures, seconds = run_many(seed, numbers, jobs)
    causes = Counter(signature(problem) for failure in failures for problem in failure.problems)
    counts = ", ".join(f"{count:,} of {status}" for status, count in sorted(statuses.items()))
    head = f"statuses {counts}: {len(failures)} failed, {seconds:.0f} s of processor time"
    return not failures, "\n".join((head, *(f"{count:5} {cause}" for cause, count in causes.most_common())))


def show(seed: int, number: int) -> tuple[bool, str]:
    """Run one case: whether it holds, and all it did; if it fails, the smallest one that fails so too."""
    case = Drawer(seed, warm()).case(number)
    ran, wrong = judged(case)
    seen = (note.replace("\x01", "\n") for note in ran.seen)
    lines = [str(case), f"status {ran.status}, {ran.seconds:.1f} s"]
    lines += [ran.out.decode("utf-8", "replace")[:_MOST_OUTPUT], "---"]
    lines += [ran.err.decode("utf-8", "replace")[-_MOST_OUTPUT:], "---", *seen, *wrong]
    if wrong:
        lines += _smallest(case, signature(wrong[0]))
    return not wrong, "\n".join(lines)


def _smallest(case: Case, cause: str) -> Iterator[str]:
    small = shrunk(case, lambda one: cause in map(signature, judged(one)[1]))
    yield f"smallest: {small}"
    for name, entry in small.files.items():
        yield f"{name}:\n{entry.data[:_MOST_FILE]!r}"
