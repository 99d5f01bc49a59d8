"""Run every command line that README.md shows, so that none of them fails on a reader.

    python -m tools.commands.readme BIN_DIR

BIN_DIR is the folder of programs of the environment that README's set-up line makes. Each command line
runs offline in a fresh folder with a ledger home of its own. Files that a reader would bring are bound as
`bindings` says. The steps that set up the environment are left to CI, which runs them as they stand. A
command that fails or cannot be bound is printed with its message, and the exit status is 1.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .cases import Case, shown_cases
from .environment import Environment
from .extract import ROOT, ShownLine, page_lines
from .running import Result, Runner

USAGE = "usage: python -m tools.commands.readme BIN_DIR"
JOBS = 2  # commands at once: as many as the smallest machine of CI has processors


def readme_lines(root: Path = ROOT) -> list[ShownLine]:
    """The lines of README.md that call hashpivot."""
    return [line for line in page_lines(root / "README.md", root) if line.ours]


def failures(lines: Sequence[ShownLine], programs: Path) -> Iterator[str]:
    """Run the lines with the programs of a folder; yield a message for each that fails."""
    cases, unbound = shown_cases(lines)
    for one in unbound:
        yield f"{one.place}: {one.line}\n  {one.reason}; add it to tools/commands/bindings.py"
    with tempfile.TemporaryDirectory(prefix="readme-") as store:
        runner = Runner(Environment.of(programs / "python"), Path(store))
        runner.run_all(cases, JOBS)
        for case in cases:
            yield from _failed(case, runner.result(case))


def _failed(case: Case, result: Result) -> Iterator[str]:
    for step in result.steps:
        if step.status:
            places = ", ".join(case.places)
            yield f"{places}: {step.command}\n  ended with status {step.status}\n{step.err}"


def main(argv: Sequence[str] | None = None) -> None:
    """Run README's command lines with the programs of a folder."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) != 1:
        sys.exit(USAGE)
    programs = Path(arguments[0])
    if not (programs / "hashpivot").is_file():
        sys.exit(f"{USAGE}\nno hashpivot in {programs}")
    lines = readme_lines()
    if failed := list(failures(lines, programs)):
        sys.exit("\n".join(failed))
    print(f"{len(lines)} command lines of README.md ran.")


if __name__ == "__main__":
    main()
