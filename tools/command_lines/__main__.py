"""`python -m tools.command_lines SEED FIRST [LAST]`: run cases and show those that fail; of one alone, all it did."""

from __future__ import annotations

import os
import sys
from collections import Counter

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .drawing import Drawer  # noqa: E402
from .oracle import signature  # noqa: E402
from .running import judged, run_many, warm  # noqa: E402


def main() -> int:
    """Run the cases asked for."""
    seed, first, *last = map(int, sys.argv[1:4])
    if not last:
        case = Drawer(seed, warm()).case(first)
        print(case)
        ran, wrong = judged(case)
        print(f"status {ran.status}, {ran.seconds:.1f} s")
        print(ran.out.decode("utf-8", "replace")[:3000], ran.err.decode("utf-8", "replace")[-3000:], sep="\n---\n")
        print("\n".join(note.replace("\x01", "\n") for note in ran.seen), *wrong, sep="\n")
        return bool(wrong)
    statuses, failures, seconds = run_many(seed, range(first, last[0]), jobs=2)
    causes = Counter(signature(problem) for failure in failures for problem in failure.problems)
    print(dict(statuses), f"{len(failures)} failed, {seconds:.0f} s of processor time")
    print("\n".join(f"{count:5} {cause}" for cause, count in causes.most_common()))
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
