"""Compare what every command says in two environments: before some work, and after it.

    python -m tools.compare BEFORE_PYTHON AFTER_PYTHON [--out DIR] [--only REGEX] [--jobs N]
    python -m tools.compare BEFORE_PYTHON --out DIR      # run the before side only

Runs every command line that README and docs of the before environment show, each once more with `--json`,
and the fixed list of `broad`: the same commands in both environments, in fresh folders, offline, on one fixed
day. Results are kept in DIR by side and commit, so what ran once does not run again. The report, also
written to DIR/report.md, counts

    same               every byte, or every value where the order of keys changed
    only words         the same figures in other words or another layout
    allowed rename     the renames of `renames`, and nothing else
    DIFFERENT          a status, a key, a figure, a formula's value, a file that is not there

and shows the first places of each difference. Exit status 1 if any case is different.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from ..commands.cases import Case, Unbound, shown_cases, with_json
from ..commands.environment import Environment
from ..commands.extract import shown_lines, tool_lines
from ..commands.running import Runner
from .broad import broad_cases, trace_cases
from .outputs import compare_results
from .report import Compared, Report

PLAN = "plan.json"


@dataclass(frozen=True)
class Side:
    """One environment and what is kept of it."""

    environment: Environment
    runner: Runner

    @classmethod
    def of(cls, python: Path, out: Path, day: str, before: Side | None = None) -> Side:
        """A side whose results are kept under `out`, by the environment's version."""
        environment = Environment.of(python)
        store = out / ("after" if before else "before") / environment.version
        day = day if before else _day(store, day)
        return cls(environment, Runner(environment, store, day, before.runner.store if before else None))


def plan(before: Side, only: str, jobs: int) -> tuple[list[Case], list[Unbound]]:
    """Run the before side; the cases that `only` (a regular expression) leaves, and the lines not bound."""
    shown, unbound = documented(before.environment)
    cases = {case.id: case for case in [*broad_cases(), *shown]}  # a place in a document wins
    before.runner.run_all(_chosen(cases.values(), only), jobs)
    traces = _traces(before.runner, list(cases.values()))
    before.runner.run_all(_chosen(traces, only), jobs)
    return _chosen([*cases.values(), *traces], only), unbound


def documented(environment: Environment) -> tuple[list[Case], list[Unbound]]:
    """The cases that an environment's documents show, and the lines that cannot be bound."""
    if environment.root is None:
        raise SystemExit(f"no README.md and docs beside the hashpivot of {environment.bin}")
    cases, unbound = shown_cases(shown_lines(environment.root))
    return with_json(cases), unbound


def compare(before: Side, after: Side, only: str = "", jobs: int = 1) -> Report:
    """Run both sides and compare them."""
    cases, unbound = plan(before, only, jobs)
    after.runner.run_all(cases, jobs)
    compared = [
        Compared(case, compare_results(before.runner.result(case), after.runner.result(case)))
        for case in cases
    ]
    assert before.environment.root is not None
    return Report(
        before.environment.version,
        after.environment.version,
        before.runner.day,
        compared,
        unbound,
        _only_after(documented(before.environment)[0], after.environment),
        tool_lines(before.environment.root),
    )


def _day(store: Path, day: str) -> str:
    """The day of the first run is that of all later ones."""
    file = store / PLAN
    if file.is_file():
        kept = str(json.loads(file.read_text(encoding="utf-8"))["day"])
        if day not in ("", kept):
            raise SystemExit(f"{store} was run on {kept}: name another --out for {day}")
        return kept
    store.mkdir(parents=True, exist_ok=True)
    kept = day or date.today().isoformat()
    file.write_text(json.dumps({"day": kept}), encoding="utf-8")
    return kept


def _traces(runner: Runner, cases: list[Case]) -> list[Case]:
    """Traces of bundled figures that the before side has printed; none before it has run whole."""
    printing = [case for case in cases if case.text.endswith("--json") and not case.inputs]
    if not all(runner.has(case) for case in printing):
        return []
    return trace_cases(step.out for case in printing for step in runner.result(case).steps)


def _chosen(cases: Iterable[Case], only: str) -> list[Case]:
    return [case for case in cases if re.search(only, case.text)]


def _only_after(before: list[Case], environment: Environment) -> list[str]:
    """What the after documents show and those before did not."""
    if environment.root is None:
        return []
    known = {case.steps for case in before}
    return [case.text for case in documented(environment)[0] if case.steps not in known]


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("before_python", type=click.Path(path_type=Path))
@click.argument("after_python", type=click.Path(path_type=Path), required=False)
@click.option("--out", type=click.Path(path_type=Path), default="compared", show_default=True)
@click.option("--only", default="", metavar="REGEX", help="Only commands that it matches.")
@click.option("--jobs", default=2, show_default=True, help="Commands at once.")
@click.option("--day", default="", metavar="YYYY-MM-DD", help="Today, for a first run (default: today).")
def main(before_python: Path, after_python: Path | None, out: Path, only: str, jobs: int, day: str) -> None:
    """Compare what every command says in two environments."""
    before = Side.of(before_python, out, day)
    if after_python is None:
        cases, unbound = plan(before, only, jobs)
        click.echo(f"{len(cases)} cases kept in {before.runner.store}; {len(unbound)} lines not bound")
        return
    report = compare(before, Side.of(after_python, out, before.runner.day, before), only, jobs)
    (out / "report.md").write_text(report.text(), encoding="utf-8")
    click.echo(f"{report.brief()}\nThe whole report: {out / 'report.md'}")
    sys.exit(1 if report.differs else 0)


if __name__ == "__main__":
    main()
