"""Compare what a case did in two environments: statuses, what it printed, the files it wrote."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from ..commands.environment import Ran
from ..commands.running import Result
from .data import compare_csv, compare_json, compare_parquet, compare_toml
from .findings import ABSENT, Finding, Level
from .pages import compare_pages
from .texts import compare_help, compare_messages, compare_texts
from .workbooks import compare_workbooks

_BY_TEXT = {
    ".html": compare_pages,
    ".svg": compare_pages,
    ".json": compare_json,
    ".csv": compare_csv,
    ".toml": compare_toml,
    ".txt": compare_texts,
    ".md": compare_texts,
}
_BY_FILE = {".xlsx": compare_workbooks, ".parquet": compare_parquet}


def compare_results(before: Result, after: Result) -> list[Finding]:
    """Every difference of two results of one case, the worst first."""
    found = [
        finding
        for one, other in zip(before.steps, after.steps, strict=True)
        for finding in _compare_steps(one, other)
    ]
    found.extend(_compare_files(before.files, after.files))
    return sorted(found, key=lambda finding: -finding.level)


def _compare_steps(before: Ran, after: Ran) -> Iterator[Finding]:
    if before.status != after.status:
        yield Finding(Level.DIFFERENT, "exit status", str(before.status), str(after.status))
    yield from _printed(before.command)(before.out, after.out, "stdout")
    yield from compare_messages(before.err, after.err, "stderr")


def _printed(command: str) -> Callable[[str, str, str], Iterator[Finding]]:
    """How what a command prints is compared."""
    if re.search(r"--help\b|\s-h\b", command):
        return compare_help
    if "--json" in command:
        return compare_json
    return compare_csv if "--csv" in command else compare_texts


def _compare_files(before: dict[str, Path], after: dict[str, Path]) -> Iterator[Finding]:
    for name in dict.fromkeys([*before, *after]):
        if name in before and name in after:
            yield from _compare_file(before[name], after[name], name)
        else:
            sides = (name if name in files else ABSENT for files in (before, after))
            yield Finding(Level.DIFFERENT, "file", *sides)


def _compare_file(before: Path, after: Path, name: str) -> Iterator[Finding]:
    if compare := _BY_TEXT.get(before.suffix):
        yield from compare(before.read_text("utf-8"), after.read_text("utf-8"), name)
    elif compare_paths := _BY_FILE.get(before.suffix):
        yield from compare_paths(before, after, name)
    elif before.read_bytes() != after.read_bytes():
        sizes = (f"{path.stat().st_size} bytes" for path in (before, after))
        yield Finding(Level.DIFFERENT, name, *sizes)
