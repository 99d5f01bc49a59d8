"""Count instructions instead of seconds: the same ratio whatever else the machine is doing.

    python -m benchmarks.instructions --data DIR [--files N]

Runs the lxml floor, facts, and facts + lines + labels of `benchmarks.readers` once and three times on each
filing under valgrind's callgrind (Debian package valgrind); half the difference is one run, start-up
excluded. Prints medians in millions of instructions and ratios to the floor. Ten seconds a run: the 13 real
filings take a quarter of an hour.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks import readers

WORKS = {
    "lxml floor": readers.floor,
    "facts": readers.facts,
    "facts + lines + labels": readers.facts_lines_labels,
}


def collected(work: str, path: Path, runs: int) -> int:
    """Instructions of a process that does the work so many times."""
    command = [
        "valgrind",
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        sys.executable,
        "-m",
        __spec__.name,
    ]
    done = subprocess.run(
        [*command, "--one", work, str(path), str(runs)], capture_output=True, text=True, check=True
    )
    found = re.search(r"Collected : (\d+)", done.stderr)
    if not found:
        raise SystemExit(f"valgrind said no count:\n{done.stderr}")
    return int(found[1])


def one(work: str, path: Path, runs: int) -> None:
    data = next(iter(readers.filings_in(path.parent, path.name).values()))
    readers.known_companies()
    for _ in range(runs):
        WORKS[work](data)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path)
    parser.add_argument("--files", type=int, help="only the first N filings")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        work, path, runs = options.one
        return one(work, Path(path), int(runs))
    paths = [options.data / name for name in readers.filings_in(options.data)][: options.files]
    counts = {
        work: [(collected(work, path, 3) - collected(work, path, 1)) / 2e6 for path in paths]
        for work in WORKS
    }
    print("| reader | filings | median million instructions | x floor |\n|---|---|---|---|")
    for work, found in counts.items():
        ratios = [value / floor for value, floor in zip(found, counts["lxml floor"], strict=True)]
        print(f"| {work} | {len(found)} | {median(found):.0f} | {median(ratios):.2f} |")
    return None


if __name__ == "__main__":
    main()
