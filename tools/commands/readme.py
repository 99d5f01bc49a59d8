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
from collections.abc import Iterator
from pathlib import Path

from .bindings import CannotBind, bind
from .cases import Case
from .environment import Environment, Ran
from .extract import ROOT, ShownLine, page_lines
from .running import Runner

USAGE = "usage: python -m tools.commands.readme BIN_DIR"


def readme_lines(root: Path = ROOT) -> list[ShownLine]:
    """The lines of README.md that call hashpivot."""
    return [line for line in page_lines(root / "README.md", root) if line.ours]


def failures(lines: list[ShownLine], programs: Path) -> Iterator[str]:
    """Run the lines; yield a message for each that fails."""
    environment = Environment.of(programs / "python")
    with tempfile.TemporaryDirectory(prefix="readme-") as store:
        runner = Runner(environment, Path(store))
        for line in lines:
            print(f"{line.place}  $ {' && '.join(line.ours)}", flush=True)
            try:
                bound = bind(line.ours)
            except CannotBind as error:
                yield f"{line.place}: {line.text}\n  {error}; add it to tools/commands/bindings.py"
                continue
            case = Case(bound.steps, (line.place,), bound.inputs, bound.services)
            yield from _failed(line, runner.run_case(case).steps)


def _failed(line: ShownLine, steps: tuple[Ran, ...]) -> Iterator[str]:
    for step in steps:
        if step.status:
            yield f"{line.place}: {step.command}\n  ended with status {step.status}\n{step.err}"


def main(argv: list[str] | None = None) -> None:
    """Run README's command lines with the programs of a folder."""
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) != 1 or not (Path(arguments[0]) / "hashpivot").is_file():
        sys.exit(f"{USAGE}\nno hashpivot in {arguments[0]}" if len(arguments) == 1 else USAGE)
    lines = readme_lines()
    failed = list(failures(lines, Path(arguments[0])))
    if failed:
        sys.exit("\n".join(failed))
    print(f"{len(lines)} command lines of README.md ran.")


if __name__ == "__main__":
    main()
