"""Checks that are too long for CI, and the sample of each that CI runs.

python -m tools long [CHECK...]             # run, and record in docs/checks.md
python -m tools long [CHECK...] --sample    # CI's fixed sample; records nothing
"""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ..browser import CHROMIUM
from ..parts import BY_NAME
from ..places import ROOT
from ..sections import markdown_table, put, section
from . import (
    arelle,
    coverage,
    crowd,
    flips,
    fuzz,
    hostile,
    kills,
    seeds,
    site_run,
    trace_boxes,
    web_fuzz,
    web_load,
)
from .command_lines.running import run_many

_SECTION = "long"
_HEAD = ["check", "result", "took", "commit", "date", "machine"]


@dataclass(frozen=True)
class Result:
    """What came of a check: whether it holds, and one line that says so with its numbers."""

    holds: bool
    words: str


@dataclass(frozen=True)
class Check:
    """A long check.

    Args:
        name: What it is called on the command line and in docs/checks.md.
        full: Runs all of it.
        sample: Runs what CI runs of it; None if the tests run one.
    """

    name: str
    full: Callable[[], Result]
    sample: Callable[[], Result] | None


def fuzzing(target: int, seed: int) -> Result:
    """Changed documents are read as the change allows, or refused, in time linear in their size."""
    jobs = len(os.sched_getaffinity(0))
    documents = fuzz.Documents(real=True, wide=True)
    result = fuzz.run_at_once(documents, seed, jobs=jobs, target=target)
    words = (
        f"{result.counted:,} cases that reached a reader of {result.run:,}, {len(result.mutations)} kinds of "
        f"change, seed {seed}: {len(result.failures)} failed, "
        f"{1000 * result.seconds / result.run:.0f} ms each, "
        f"{result.resident >> 20} MiB at most"
    )
    return Result(not result.failures and result.resident < hostile.MOST_BYTES, words)


def typing(cases: int, seed: int) -> Result:
    """No command line, file or surroundings shows a user a traceback."""
    jobs = len(os.sched_getaffinity(0))
    statuses, failures, _ = run_many(seed, range(cases), jobs)
    counts = ", ".join(f"{count:,} of {status}" for status, count in sorted(statuses.items()))
    words = f"{sum(statuses.values()):,} cases, seed {seed}: statuses {counts}: {len(failures)} failed"
    return Result(not failures, words)


def attacking(size: int) -> Result:
    """Hostile files are read or refused in time linear in their size, and below 1 GiB."""
    problems = [problem for _, found in hostile.run(hostile.KINDS, size) for problem in found]
    words = f"{len(hostile.KINDS)} kinds of {size:,} and {2 * size:,} bytes: {len(problems)} failed"
    return Result(not problems, "; ".join((words, *problems)))


def killing(name: str, times: int, size: int, lanes: int = 2) -> Result:
    """A command that is killed leaves nothing half, and begun again loses nothing."""
    report = kills.run(name, times, size, seed=1, lanes=lanes)
    holds = report.kills.total() >= times and not report.problems
    return Result(holds, "; ".join((str(report), *report.problems)))


def flipping(times: int, seed: int) -> Result:
    """A damaged ledger gives what was written, or an error."""
    outcomes, problems = flips.run(times, seed)
    words = (
        f"{times} times each: {', '.join(flips.KINDS)}: {outcomes[flips.AS_WRITTEN]:,} read as written, "
        f"{outcomes[flips.ERROR]:,} refused, {len(problems)} other"
    )
    return Result(bool(outcomes) and not problems, "; ".join((words, *problems)))


def crowding(gather: Callable[..., crowd.Gathered], readers: int, writers: int, seconds: float) -> Result:
    """Readers see whole filings while others write, and nothing that was written is lost."""
    reports, problems = gather(readers, writers, seconds)
    readings, added = sum(one.readings for one in reports), sum(len(one.added) for one in reports)
    waits = sum(one.waits for one in reports)
    words = (
        f"{readers} readers and {writers} writers for {seconds:.0f} s: {readings:,} readings, {added:,} "
        f"filings added, {waits:,} waits that ended with a message, {len(problems)} problems"
    )
    return Result(readings > 0 and added > 0 and not problems, "; ".join((words, *problems[:20])))


def reseeding(count: int, step: int = 1) -> Result:
    """The hindcasts' coverage does not depend on the seed."""
    apart, counts = seeds.run(range(1, count + 1), step)
    words = (
        f"{count} seeds, {counts} counts within the 80% interval: at most {apart.least} to {apart.most} of "
        f"{apart.total}, ±{apart.standard_errors:.2f} standard errors of the share"
    )
    return Result(apart.standard_errors <= seeds.MOST_STANDARD_ERRORS, words)


def tabulating(*names: str) -> Result:
    """Tables that take minutes are what they are made of."""
    problems = [problem for name in names for problem in BY_NAME[name].differences()]
    return Result(not problems, "; ".join(problems) or f"up to date: {', '.join(names)}")


def agreeing(*folders: str) -> Result:
    """Facts are those that Arelle reads, where it is installed."""
    try:
        result = arelle.agreement(arelle.filings(*folders))
    except ImportError:
        return Result(False, "nothing compared: Arelle is not installed (pip install arelle-release)")
    return Result(result.filings > 0 and result.agree, str(result))


def boxing(seed: int, share: float, step: int) -> Result:
    """What the page of a trace boxes in Chromium is the number recorded."""
    if CHROMIUM is None:
        return Result(share < 1, "nothing looked at: there is no Chromium (apt-get install chromium)")
    boxes = trace_boxes.run(seed, share, step)
    return Result(not boxes.wrong, str(boxes))


def covering() -> Result:
    """The tests pass under coverage."""
    passed, share, rooms = coverage.run()
    least = ", ".join(f"{room} {covered:.0%}" for room, covered in rooms.items())
    return Result(passed, f"the tests run {share:.1%} of the package's lines (least: {least})")


def operating(days: float, minutes: int) -> Result:
    """A site run keeps every limit and replays, whatever disturbs it."""
    outcome = site_run.run(days, minutes, seed=1, rate=minutes / 2_000, hours=12)
    return Result(not outcome.problems, "; ".join(site_run.words(outcome)))


def asking(examples: int) -> Result:
    """Schemathesis finds nothing wrong with the web desk's JSON."""
    statuses, problems = web_fuzz.run(examples, seed=1)
    counts = ", ".join(f"{count:,} of {status}" for status, count in sorted(statuses.items()))
    words = f"{sum(statuses.values()):,} questions, seed 1: statuses {counts}: {len(problems)} failed"
    return Result(bool(statuses) and not problems, "; ".join((words, *problems)))


def reading(seconds: float, requests: int) -> Result:
    """The web desk keeps its times, sizes and memory."""
    measured = web_load.run(seconds, requests, seed=1)
    return Result(not measured.problems(), "; ".join((str(measured), *measured.problems())))


_KILLS = {
    "add": (250, 8),
    "fetch": (200, 4),
    "bulk": (200, 12),
    "sweep": (150, 8),
    "record": (200, 240),
    "server": (50, 8),
}
"""Of each command: how often it is killed, and how much it has to do."""
_KILLED_BY_TESTS = {"bulk", "server"}


def _kill_checks() -> Iterator[Check]:
    for name, (times, size) in _KILLS.items():
        sample = None if name in _KILLED_BY_TESTS else partial(killing, name, 1, 2, lanes=1)
        yield Check(f"{name}-kills", partial(killing, name, times, size), sample)


CHECKS = {
    check.name: check
    for check in (
        Check("fuzz", lambda: fuzzing(50_000, seed=1), None),
        Check("command-lines", lambda: typing(20_000, seed=1), lambda: typing(20, seed=1)),
        Check("hostile", lambda: attacking(4_000_000), None),
        *_kill_checks(),
        Check("crowd", partial(crowding, crowd.run, 50, 8, 600), partial(crowding, crowd.run, 3, 2, 2)),
        Check("server-crowd", partial(crowding, crowd.run_on_server, 50, 8, 600), None),
        Check("flips", lambda: flipping(600, seed=1), lambda: flipping(4, seed=1)),
        Check("seeds", lambda: reseeding(20), lambda: reseeding(2, step=4)),
        Check("arelle", lambda: agreeing("filings/ixbrl", "corpus"), None),
        Check("trace-boxes", lambda: boxing(15, 1.0, step=5), None),
        Check("site-run", lambda: operating(30, 5), None),
        Check("web-fuzz", lambda: asking(60), lambda: asking(2)),
        Check("web-load", lambda: reading(15, 10_000), None),
        Check("coverage", covering, None),
        Check("tables", lambda: tabulating("corpus", "site-policies", "site-minimum"), None),
        Check("site-learned", lambda: tabulating("site-learned"), None),
    )
}


def sample(names: Sequence[str]) -> int:
    """Run CI's sample of the checks; return the exit status."""
    status = 0
    for check in _chosen(names):
        if check.sample:
            result, seconds = _timed(check.sample)
            print(f"{check.name}: {'holds' if result.holds else 'FAILS'}: {result.words} ({seconds:.0f} s)")
            status |= not result.holds
    return int(status)


def record(names: Sequence[str]) -> int:
    """Run the checks whole and put a row for each into docs/checks.md; return the exit status."""
    status, at = 0, commit()
    for check in _chosen(names):
        result, seconds = _timed(check.full)
        words = result.words if result.holds else f"**fails**: {result.words}"
        row = [check.name, words, _duration(seconds), at, today(), _machine()]
        _put(row)
        print(" | ".join(row), flush=True)
        status |= not result.holds
    return int(status)


def _chosen(names: Sequence[str]) -> list[Check]:
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        raise SystemExit(f"no such check: {', '.join(unknown)}. There are: {', '.join(CHECKS)}")
    return [check for name, check in CHECKS.items() if name in names or not names]


def _timed(run: Callable[[], Result]) -> tuple[Result, float]:
    started = time.monotonic()
    result = run()
    return result, time.monotonic() - started


def _put(row: list[str]) -> None:
    """Replace the check's row of the table, or add it, in the order of `CHECKS`."""
    lines = [line.strip("| \n").split(" | ") for line in section(_SECTION).text.splitlines()[2:]]
    rows = {cells[0]: cells for cells in lines if cells[0] in CHECKS} | {row[0]: row}
    put(_SECTION, markdown_table([_HEAD, *(rows[name] for name in CHECKS if name in rows)]))


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"


def commit() -> str:
    """The commit checked out, marked if files differ from it, other than the rows of this table."""
    changed = _git("diff", "--name-only", "HEAD", "--", ".", f":!{section(_SECTION).page.relative_to(ROOT)}")
    return _git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def _git(*words: str) -> str:
    run = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True)
    return run.stdout.strip()


def today() -> str:
    """The date of today, ISO."""
    return f"{datetime.now(UTC):%Y-%m-%d}"


def _machine() -> str:
    return f"{_processor()}, {len(os.sched_getaffinity(0))} cores, Python {platform.python_version()}"


def _processor() -> str:
    """The processor's model as the kernel names it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown"
    )
