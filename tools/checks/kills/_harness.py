"""The harness: run a command, kill it, look at what is left, begin it again, compare."""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from itertools import count
from multiprocessing import get_context
from pathlib import Path

from hashpivot.core import HashpivotError

from ._command import KilledCommand, Pieces
from ._report import KillReport
from ._strikes import Strike, Way, draw_strikes
from ._watched import Course, WatchedRun

_MOST_KILLS = 3
"""Of one home, before a run may go to its end."""


def kill(command: type[KilledCommand], times: int, size: int, seed: int, lanes: int) -> KillReport:
    """Kill a command so many times, in so many processes side by side."""
    shares = [times // lanes + (lane < times % lanes) for lane in range(lanes)]
    seeds = [seed * 1000 + lane for lane in range(lanes)]
    if lanes == 1:
        return _lane(command, times, size, seeds[0])
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool:
        reports = pool.map(_lane, [command] * lanes, shares, [size] * lanes, seeds)
        return sum(reports, KillReport())


def _lane(kind: type[KilledCommand], times: int, size: int, seed: int) -> KillReport:
    with tempfile.TemporaryDirectory(prefix="kills-") as place:
        folder = Path(place) / "inputs"
        folder.mkdir()
        with kind(folder, size) as command:
            return _Killer(command, Path(place), seed).run(times)


class _Killer:
    """Kills one command again and again.

    Args:
        command: The command.
        place: Where homes are made.
        seed: Of the moments.
    """

    def __init__(self, command: KilledCommand, place: Path, seed: int) -> None:
        self._command, self._place = command, place
        self._numbers = count()
        self._chance = random.Random(seed)
        self._report = KillReport()
        self._course, self._whole = self._undisturbed()

    def run(self, times: int) -> KillReport:
        """Kill it so many times."""
        while (left := times - self._report.kills.total()) > 0 and self._report.late < 100 + times:
            with self._home() as home:
                number = min(self._chance.randint(1, _MOST_KILLS), left)
                strikes = draw_strikes(self._chance, self._course, self._command.ways, number)
                for strike in strikes:
                    self._kill(home, strike)
                self._finish(home)
        return self._report

    @contextmanager
    def _home(self) -> Iterator[Path]:
        home = self._place / f"home{next(self._numbers)}"
        home.mkdir()
        self._command.prepare(home)
        yield home
        shutil.rmtree(home)

    def _undisturbed(self) -> tuple[Course, Pieces]:
        with self._home() as home, self._command.start(home) as run:
            course = run.course()
            if run.process.returncode:
                raise RuntimeError(f"it fails though nobody kills it: {run.said()[1]}")
            return course, self._command.pieces(home)

    def _kill(self, home: Path, strike: Strike) -> None:
        before = _hidden(home)  # a kill -9 may leave such files; nobody could remove them
        with self._command.start(home) as run:
            run.wait_for(strike.changes, strike.seconds)
            running, early = run.running, not run.wrote
            if running:
                self._command.strike(run, strike.way)
            problems = run.end()
            if not running:
                self._report.late += 1
                return
            if strike.way.orderly and not early:
                problems += _untidy(run, strike.way)
                problems += [f"left {name}" for name in sorted(_hidden(home) - before)]
        self._report.kills[strike.way] += 1
        self._report.early += early
        self._note(f"after {strike}", [*problems, *self._left(home)])

    def _left(self, home: Path) -> Iterator[str]:
        """What is wrong with what a kill left; looked at in a copy, as to look may mend it."""
        copy = home.with_name(f"{home.name}-copy")
        shutil.copytree(home, copy)
        try:
            now = self._command.pieces(copy)
            self._report.held += len(now)
            yield from self._command.half(now, self._whole)
            yield from self._command.unsound(copy)
        except HashpivotError as error:
            yield str(error)
        finally:
            shutil.rmtree(copy)

    def _finish(self, home: Path) -> None:
        """Run it to its end; then all must be as if nobody had killed it."""
        kept = self._command.kept(home)
        with self._command.start(home) as run:
            problems = run.end()
            _, words = run.said()
            if run.process.returncode or "Traceback" in words:
                problems.append(f"begun again it ends with status {run.process.returncode}: {words}")
        self._report.runs += 1
        self._note("run to its end", [*problems, *self._unlike(home), *self._command.again(home, kept)])

    def _unlike(self, home: Path) -> Iterator[str]:
        try:
            now = self._command.pieces(home)
        except HashpivotError as error:
            yield str(error)
            return
        yield from self._command.half(now, self._whole)
        if missing := self._whole.keys() - now.keys():
            yield f"{len(missing)} of {len(self._whole)} are missing: {', '.join(sorted(missing)[:3])}"

    def _note(self, when: str, problems: list[str]) -> None:
        turn = self._report.kills.total()
        self._report.problems += [f"kill {turn}, {when}: {problem}" for problem in problems]


def _untidy(run: WatchedRun, way: Way) -> Iterator[str]:
    """What a command that was told to end, and had begun to write, left undone."""
    output, words = run.said()
    status = run.process.returncode
    if status not in (0, 1, -way.signal):  # the last where all was done, and Python itself was ending
        yield f"status {status}"
    if "Traceback" in words or (status == 1 and not words.strip()):
        yield f"it said {words!r}"
    if output and not _is_json(output):
        yield f"half an output: {output[-200:]!r}"


def _hidden(home: Path) -> set[str]:
    """Files that are not yet whole."""
    return {str(path.relative_to(home)) for path in home.rglob(".*")}


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True
