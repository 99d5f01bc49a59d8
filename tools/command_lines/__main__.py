"""`python -m tools.command_lines SEED FIRST [END]`: show the cases that fail; of one alone, all it did."""

from __future__ import annotations

import sys
from collections import Counter

from .drawing import Drawer
from .oracle import signature
from .running import judged, run_many, warm
from .shrinking import shrunk


def main() -> int:
    """Run the cases asked for."""
    seed, first, *last = map(int, sys.argv[1:4])
    if not last:
        return _one(seed, first)
    statuses, failures, seconds = run_many(seed, range(first, last[0]), jobs=2)
    causes = Counter(signature(problem) for failure in failures for problem in failure.problems)
    print(dict(statuses), f"{len(failures)} failed, {seconds:.0f} s of processor time")
    print("\n".join(f"{count:5} {cause}" for cause, count in causes.most_common()))
    return bool(failures)


def _one(seed: int, number: int) -> int:
    """Run a case, show all it did, and, if it fails, the smallest one that fails in the same way."""
    case = Drawer(seed, warm()).case(number)
    ran, wrong = judged(case)
    print(case, f"status {ran.status}, {ran.seconds:.1f} s", sep="\n")
    print(
        ran.out.decode("utf-8", "replace")[:3000], ran.err.decode("utf-8", "replace")[-3000:], sep="\n---\n"
    )
    print(*(note.replace("\x01", "\n") for note in ran.seen), *wrong, sep="\n")
    if wrong:
        small = shrunk(case, lambda one: signature(wrong[0]) in map(signature, judged(one)[1]))
        print("smallest:", small)
        print(*(f"{name}:\n{entry.data[:1500]!r}" for name, entry in small.files.items()), sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
