"""The tools' command line: `python -m tools --help`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence


def write(options: argparse.Namespace) -> int:
    """Write generated tables and sections."""
    from . import running

    for outcome in running.write(chosen(options.names)):
        print(f"{outcome.name}: {', '.join(outcome.lines) or 'nothing changed'} ({outcome.seconds:.0f} s)")
    return 0


def check(options: argparse.Namespace) -> int:
    """Say which generated tables and sections are out of date, and the command that mends each."""
    from . import running
    from .parts import BY_NAME
    from .sections import sections

    strays = [name for name, section in sections().items() if section.part not in {*BY_NAME, "long"}]
    for name in strays:
        print(f"{name}: a section that no part writes")
    stale = []
    for outcome in running.check(chosen(options.names), options.jobs):
        print(f"{outcome.name}: {'OUT OF DATE' if outcome.lines else 'up to date'} ({outcome.seconds:.0f} s)")
        print("".join(f"  {line}\n" for line in outcome.lines), end="", flush=True)
        stale += [outcome.name] if outcome.lines else []
    if stale:
        print(f"mend with: python -m tools write {' '.join(stale)}")
    return 1 if stale or strays else 0


def chosen(names: Sequence[str]) -> list:
    """The parts of those names in their order; without a name, all that do not take minutes."""
    from .parts import BY_NAME, PARTS

    unknown = [name for name in names if name not in BY_NAME]
    if unknown:
        raise SystemExit(f"no such part: {', '.join(unknown)}. There are: {', '.join(BY_NAME)}")
    return [part for part in PARTS if part.name in names or not (names or part.long)]


def long(options: argparse.Namespace) -> int:
    """Run long checks and record their results in docs/checks.md, or run CI's sample of each."""
    from .checks import long as checks

    return checks.sample(options.names) if options.sample else checks.record(options.names)


def snapshot(options: argparse.Namespace) -> int:
    """Say what of the data folder has not been taken in yet; with --refresh take it in."""
    from .bundle.snapshot import FILE, Snapshot

    taken = Snapshot.load()
    if options.refresh:
        taken = taken.refreshed(options.names)
        FILE.write_text(taken.to_json(), encoding="utf-8")
    elif options.names:
        raise SystemExit("names are for --refresh")
    for name, count in taken.left_out().items():
        print(f"{name}: {count} {'files' if name in taken.files else 'rows'} not taken in yet")
    return 0


def misses(options: argparse.Namespace) -> int:
    """List the targets that patterns miss or find wrongly, in texts they may be tuned on."""
    from .evaluate import made_up, targets

    print("\n".join(targets.misses() if options.batch is None else made_up.misses(options.batch)))
    return 0


def ask_assistant(options: argparse.Namespace) -> int:
    """Put questions in analysts' words to hashpivot mcp by a scripted client, and count what it finds."""
    from .evaluate.assistant import asking

    print(asking.report(asking.run(options.sample, options.half or asking.HALVES)))
    return 0


def first_sight(options: argparse.Namespace) -> int:
    """Record how a fold of the corpus is read before its files are opened; with --misses list its errors."""
    from .checks.long import commit, today
    from .evaluate import corpus

    if options.misses:
        print("\n".join(corpus.misses(options.fold)))
    else:
        print(corpus.first_sight(options.fold, commit(), today()))
    return 0


def fuzz(options: argparse.Namespace) -> int:
    """Change filings in many ways, and hold what is read of them against what each change may do."""
    from pathlib import Path

    from .checks.fuzz import Documents, command

    documents = Documents(real=not options.small, wide=options.wide)
    if options.shrink:
        numbered = [
            (documents, options.seed, int(name), Path()) for name in options.shrink if name.isdecimal()
        ]
        files = [Path(name) for name in options.shrink if not name.isdecimal()]
        told = [command.shrink_file(path) for path in files] + [
            command.shrink_case(*each) for each in numbered
        ]
        print("\n".join(told))
        return 0
    result = command.run(documents, options.seed, options.first, options.cases, options.jobs)
    print(command.report(result))
    return 1 if result.failures else 0


def command_lines(options: argparse.Namespace) -> int:
    """Run random command lines in random surroundings, or show one case and make it small."""
    from .checks.command_lines import command

    if options.show is None:
        numbers = range(options.first, options.first + options.cases)
        holds, words = command.run(options.seed, numbers, options.jobs)
    else:
        holds, words = command.show(options.seed, options.show)
    print(words)
    return 0 if holds else 1


def lowest(_: argparse.Namespace) -> int:
    """Print the lowest version of every dependency, as pip constraints."""
    from .release import lowest as versions

    print("\n".join(versions.constraints()))
    return 0


def wheel(options: argparse.Namespace) -> int:
    """Say what is missing from a wheel or should not be in it."""
    from .release import wheel as contents

    problems = contents.problems(options.path)
    print("\n".join(problems) or f"{options.path}: as it should be")
    return 1 if problems else 0


def reproducible(options: argparse.Namespace) -> int:
    """Build wheel and sdist in unlike surroundings and demand the same bytes."""
    from pathlib import Path

    from .release import reproducible as builds

    built, wrong = builds.run(Path(options.out) if options.out else None)
    print("\n".join([*built, *(wrong or ["the same bytes in unlike surroundings, and from the sdist"])]))
    return 1 if wrong else 0


def audit(_: argparse.Namespace) -> int:
    """Look at every pinned distribution: licence, consistency, and known holes where a service answers."""
    from .release import audit as pins

    told, wrong = pins.run()
    print("\n".join([*told, *wrong]))
    return 1 if wrong else 0


def readme(options: argparse.Namespace) -> int:
    """Print one of README's two commands."""
    from .docs import readme_command

    print(readme_command.command(options.command))
    return 0


def review(options: argparse.Namespace) -> int:
    """Print the least believable outlooks over all companies, each with why and the command that shows it."""
    from .evaluate import review as reviewing

    print("\n".join(map(str, reviewing.run(options.count))))
    return 0


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    top = argparse.ArgumentParser(prog="python -m tools", description="Tools of this repository.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def add(run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        words = (run.__doc__ or "").strip()
        command = commands.add_parser(run.__name__.replace("_", "-"), help=words, description=words)
        command.set_defaults(run=run)
        return command

    add(write).add_argument("names", nargs="*", metavar="PART", help="default: all that take seconds")
    checked = add(check)
    checked.add_argument("names", nargs="*", metavar="PART", help="default: all that take seconds")
    checked.add_argument("--jobs", type=int, default=2, help="parts checked side by side (default: 2)")
    lasting = add(long)
    lasting.add_argument("names", nargs="*", metavar="CHECK", help="default: all")
    lasting.add_argument("--sample", action="store_true", help="CI's fixed sample; records nothing")
    taken = add(snapshot)
    taken.add_argument("names", nargs="*", metavar="NAME", help="tables and folders to refresh; default: all")
    taken.add_argument("--refresh", action="store_true", help="take in everything of the data folder")
    add(misses).add_argument(
        "batch", nargs="?", type=int, help="of the made-up sentences; default: real texts"
    )
    asked = add(ask_assistant)
    asked.add_argument("--sample", type=int, default=1, help="every how manieth question")
    asked.add_argument("--half", action="append", help="only this half of the questions; repeatable")
    sight = add(first_sight)
    sight.add_argument("fold", type=int, choices=[1, 2, 3, 4])
    sight.add_argument("--misses", action="store_true", help="of a fold that is recorded already")
    cases = add(fuzz)
    cases.add_argument("--cases", type=int, default=1000)
    cases.add_argument("--seed", type=int, default=0)
    cases.add_argument("--first", type=int, default=0, help="number of the first case")
    cases.add_argument("--small", action="store_true", help="no real filings")
    cases.add_argument("--wide", action="store_true", help="filings of other industries too")
    cases.add_argument(
        "--jobs", type=int, default=1, help="processes; with more than one, --cases must count"
    )
    cases.add_argument(
        "--shrink", nargs="+", metavar="CASE", help="make files or cases of these numbers small"
    )
    typed = add(command_lines)
    typed.add_argument("--cases", type=int, default=1000)
    typed.add_argument("--seed", type=int, default=1)
    typed.add_argument("--first", type=int, default=0, help="number of the first case")
    typed.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    typed.add_argument("--show", type=int, metavar="CASE", help="show the case of this number")
    add(review).add_argument("--count", type=int, default=10, help="how many (default: 10)")
    add(lowest)
    add(wheel).add_argument("path")
    add(reproducible).add_argument("--out", metavar="FOLDER", help="keep what was built there")
    add(audit)
    add(readme).add_argument("command", choices=["season", "test"])
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = parser().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="tools-home-") as home:
        # Figures of the user's own ledger must not enter what is generated.
        os.environ["HASHPIVOT_HOME"] = home
        os.environ.pop("HASHPIVOT_LEDGER", None)
        status: int = options.run(options)
    return status


if __name__ == "__main__":
    sys.exit(main())
