"""A log decided again: the same decisions, or the first that differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ..model import Site, parse_site
from ._alarms import Alarm
from ._decision import RunSettings, decide
from ._inputs import RunInputs
from ._run_log import RunLog, RunLogError
from ._state_file import Remembered, read_remembered


@dataclass(frozen=True, slots=True)
class ReplayDifference:
    """The first decision that comes out otherwise.

    Args:
        moment: Beginning of the interval.
        what: What differs, such as `groups 1 mode`.
        logged: As it was logged.
        replayed: As it is decided now.
    """

    moment: str
    what: str
    logged: Any
    replayed: Any


@dataclass(frozen=True, slots=True)
class Replay:
    """A log decided again.

    Args:
        intervals: How many intervals were decided again.
        difference: The first that differs; None if none does.
        version: Version of hashpivot that wrote the decision that differs; the last one's if none does.
    """

    intervals: int
    difference: ReplayDifference | None
    version: str


def replay(path: str | Path, progress: Callable[[int], None] | None = None) -> Replay:
    """Decide every interval of a log again, up to the first that differs.

    Args:
        path: The log.
        progress: Called with the number of intervals done.

    Raises:
        RunLogError: If it cannot be read, or is no log of a run.
    """
    log = RunLog(path)
    inputs, remembered, count, version = RunInputs(), None, 0, ""
    run: tuple[Site, RunSettings] | None = None
    for number, line in enumerate(log.lines(), 1):
        try:
            if line["kind"] == "start":
                run, version = (parse_site(line["site"]), RunSettings(**line["settings"])), line["version"]
                inputs = RunInputs()
            if line["kind"] != "interval":
                continue
            if run is None:
                raise RunLogError("it does not begin with the site", where=str(path))
            inputs = inputs.changed(line["inputs"])
            begins = remembered if line["goes_on"] else _loaded(line["begins"])
            problems = [Alarm(**problem) for problem in line["problems"]]
            moment = datetime.fromisoformat(line["moment"])
            decision = decide(*run, inputs, begins, moment, problems)
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError):
            raise RunLogError(
                f"line {number} is not as a run writes it",
                where=str(path),
                hint="replay a log that nobody changed",
            ) from None
        now = {"decision": decision.answer, "state": decision.remembered.to_dict()}
        differing = _first_difference({key: line[key] for key in now}, now)
        if differing:
            return Replay(count, ReplayDifference(line["moment"], *differing), version)
        remembered, count = decision.remembered, count + 1
        if progress:
            progress(count)
    if not count:
        raise RunLogError("it holds no decision", where=str(path), hint="name the log of hashpivot site run")
    return Replay(count, None, version)


def _loaded(begins: dict[str, Any] | None) -> Remembered | None:
    return None if begins is None else read_remembered(begins)


def _first_difference(logged: Any, replayed: Any, where: str = "") -> tuple[str, Any, Any] | None:
    if isinstance(logged, dict) and isinstance(replayed, dict):
        pairs = [(key, logged.get(key), replayed.get(key)) for key in {**logged, **replayed}]
    elif isinstance(logged, list) and isinstance(replayed, list) and len(logged) == len(replayed):
        pairs = [(str(n), one, other) for n, (one, other) in enumerate(zip(logged, replayed, strict=True))]
    else:
        return None if logged == replayed else (where.strip(), logged, replayed)
    return next(filter(None, (_first_difference(a, b, f"{where} {key}") for key, a, b in pairs)), None)
