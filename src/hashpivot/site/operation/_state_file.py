"""A site's state as a file: JSON, read strictly, written whole or not at all, used by one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hashpivot.core import json_text, parse_json, read_text, write_text

from ._own_peaks import OwnPeak
from ._site_state import GroupState, LoadState, ReserveSale, SiteState, StateError

FORMAT, VERSION = "hashpivot site state", 1
_HINT = "move it and a run's log away: the next plan begins a new state, in normal mode and free to stop"
_WAIT = 10.0  # seconds another plan may take


@dataclass(frozen=True, slots=True)
class Remembered:
    """The newest state, and the one before the last interval that was decided.

    Args:
        state: Where the site stands as the next interval begins.
        before: Where it stood as the last decided interval began; None if none is decided yet.
        assumed: What had to be assumed of that, in words.
    """

    state: SiteState
    before: SiteState | None = None
    assumed: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return it as `read_remembered` takes it."""
        before = None if self.before is None else _written(self.before)
        last = {"before": before, "assumed": list(self.assumed)}
        return {"format": FORMAT, "version": VERSION, **_written(self.state), **last}


class StateFile:
    """The file of a site's state.

    Args:
        path: The file; it need not exist.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    @contextmanager
    def locked(self, wait: float = _WAIT) -> Iterator[None]:
        """Keep every other plan and run away from it.

        Args:
            wait: Seconds to wait for another to end.

        Raises:
            StateError: If another is using it, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout

        if self.path.is_dir():
            raise StateError("is a folder, not a file", where=str(self.path), hint="name a file in it")
        if not self.path.parent.is_dir():
            raise StateError("its folder does not exist", where=str(self.path), hint="make the folder first")
        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"))
        try:
            lock.acquire(timeout=wait)
        except Timeout:
            raise StateError(
                "another hashpivot site run or plan is using it", where=str(self.path), hint="end it first"
            ) from None
        except OSError as error:
            raise StateError(
                f"it cannot be locked: {error.strerror or error}",
                where=str(self.path),
                hint="name a file in a folder that exists and may be written to",
            ) from None
        try:
            yield
        finally:
            lock.release()

    def read(self) -> Remembered | None:
        """Return what it holds; None if there is no file.

        Raises:
            StateError: If it is damaged, of a later version, or has a key that is not known.
        """
        try:
            text = read_text(self.path)
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no text in UTF-8"
            raise StateError(f"it cannot be read: {reason}", where=str(self.path), hint=_HINT) from None
        try:
            answer = parse_json(text)
        except ValueError as error:
            raise StateError(f"it is not JSON: {error}", where=str(self.path), hint=_HINT) from None
        try:
            return read_remembered(answer)
        except StateError as error:
            raise StateError(error.message, where=str(self.path), hint=error.hint) from None

    def set_aside(self) -> None:
        """Move a damaged file beside its place, as `FILE.damaged`.

        Raises:
            StateError: If it cannot be moved.
        """
        try:
            self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
        except OSError as error:
            raise StateError(f"it cannot be moved aside: {error.strerror}", where=str(self.path)) from None

    def write(self, remembered: Remembered) -> None:
        """Write it whole or not at all.

        Raises:
            UnwritableFile: If it cannot be written; it is then as it was.
        """
        write_text(json_text(remembered.to_dict()) + "\n", self.path)


def read_remembered(answer: Any) -> Remembered:
    """Read what `Remembered.to_dict` wrote.

    Raises:
        StateError: If a key is missing, wrong or unknown.
    """
    whole = _Keys(answer, "the state")
    if whole.take("format", str) != FORMAT:
        raise StateError("it is not a site's state", hint=_HINT)
    version = whole.take("version", int)
    if version != VERSION:
        raise StateError(f"it is of version {version}, this hashpivot reads {VERSION}", hint=_HINT)
    before = whole.take("before", (dict, type(None)))
    assumed = tuple(map(str, whole.take("assumed", list)))
    state = _read(whole)
    return Remembered(state, None if before is None else _read(_Keys(before, "before")), assumed)


class _Keys:
    """Keys of a JSON object, each taken once; `done` refuses those that are left."""

    def __init__(self, answer: Any, where: str) -> None:
        if not isinstance(answer, dict):
            raise StateError(f"{where} is not an object", hint=_HINT)
        self._left, self.where = dict(answer), where

    def take(self, key: str, kind: type | tuple[type, ...]) -> Any:
        if key not in self._left:
            raise StateError(f"{self.where} lacks {key!r}", hint=_HINT)
        value = self._left.pop(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            raise StateError(f"{key!r} of {self.where} is wrong: {str(value)[:60]!r}", hint=_HINT)
        return value

    def amount(self, key: str) -> float:
        value = self.take(key, (int, float))
        if not 0 <= value < 1e9:
            raise StateError(f"{key!r} of {self.where} is {value}, it must be 0 or more", hint=_HINT)
        return float(value)

    def moment(self, key: str) -> datetime:
        return _moment(self.take(key, str), f"{key!r} of {self.where}")

    def moment_or_none(self, key: str) -> datetime | None:
        text = self.take(key, (str, type(None)))
        return None if text is None else _moment(text, f"{key!r} of {self.where}")

    def objects(self, key: str) -> list[_Keys]:
        return [_Keys(item, f"{key!r} number {n}") for n, item in enumerate(self.take(key, list), 1)]

    def amounts(self, key: str) -> dict[str, float]:
        inner = _Keys(self.take(key, dict), key)
        return {name: inner.amount(name) for name in list(inner._left)}

    def month_names(self) -> list[str]:
        for name in self._left:
            if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", name):
                raise StateError(f"{self.where} has {name[:40]!r}: no month such as 2024-08", hint=_HINT)
        return list(self._left)

    def done(self) -> None:
        if self._left:
            raise StateError(
                f"{self.where} has a key that is not known: {', '.join(map(repr, self._left))}",
                hint="a later version of hashpivot may have written it, or a hand",
            )


def _read(keys: _Keys) -> SiteState:
    state = SiteState(
        keys.take("site", str),
        keys.moment("moment"),
        keys.moment("since"),
        tuple(map(_read_group, keys.objects("machines"))),
        tuple(map(_read_load, keys.objects("ai"))),
        keys.take("month", str),
        tuple(map(_read_sale, keys.objects("reserves_sold"))),
        keys.amounts("charge_mwh"),
        tuple(map(_read_own_peak, keys.objects("own_peaks"))),
    )
    keys.done()
    return state


def _read_group(keys: _Keys) -> GroupState:
    minutes = keys.take("off_minutes", int)
    if not 0 <= minutes <= 60 * 24 * 31 + 60:
        raise StateError(f"'off_minutes' of {keys.where} is {minutes}: a month has fewer", hint=_HINT)
    group = GroupState(
        keys.take("name", str),
        keys.take("mode", str),
        keys.moment_or_none("switched"),
        keys.moment_or_none("held"),
        minutes,
    )
    keys.done()
    return group


def _read_load(keys: _Keys) -> LoadState:
    name = keys.take("name", str)
    runs = tuple(map(_read_run, keys.objects("interruptions")))
    keys.done()
    return LoadState(name, runs)


def _read_run(keys: _Keys) -> tuple[datetime, datetime]:
    run = keys.moment("start"), keys.moment("end")
    keys.done()
    return run


def _read_sale(keys: _Keys) -> ReserveSale:
    sale = ReserveSale(keys.moment("start"), keys.moment("end"), keys.amounts("mw"))
    keys.done()
    return sale


def _read_own_peak(keys: _Keys) -> OwnPeak:
    name, months = keys.take("tariff", str), _Keys(keys.take("months", dict), "months")
    by_month = {month: months.amounts(month) for month in months.month_names()}
    span_minutes = keys.take("span_minutes", int)
    if not 0 <= span_minutes <= 60:
        raise StateError(f"'span_minutes' of {keys.where} is {span_minutes}: at most 60", hint=_HINT)
    peak = OwnPeak(name, by_month, keys.amounts("span_mw_minutes"), span_minutes)
    keys.done()
    return peak


def _moment(text: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None or moment.second or moment.microsecond:
        raise StateError(f"{where} is no time such as 2024-08-20T21:00Z: {text[:40]!r}", hint=_HINT)
    return moment.astimezone(UTC)


def moment_text(moment: datetime) -> str:
    """Return a moment as it is written: `2024-08-20T21:00Z`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M}Z"


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment_text(moment)


_GROUP: Mapping[str, Callable[[GroupState], Any]] = {
    "name": lambda group: group.name,
    "mode": lambda group: group.mode,
    "switched": lambda group: _text(group.switched),
    "held": lambda group: _text(group.held),
    "off_minutes": lambda group: group.off_minutes,
}


def _written(state: SiteState) -> dict[str, Any]:
    return {
        "site": state.site,
        "moment": moment_text(state.moment),
        "since": moment_text(state.since),
        "machines": [{key: of(group) for key, of in _GROUP.items()} for group in state.machines],
        "ai": [
            {
                "name": load.name,
                "interruptions": [
                    {"start": moment_text(start), "end": moment_text(end)}
                    for start, end in load.interruptions
                ],
            }
            for load in state.ai
        ],
        "month": state.month,
        "reserves_sold": [
            {"start": moment_text(sale.start), "end": moment_text(sale.end), "mw": dict(sale.mw)}
            for sale in state.sold
        ],
        "charge_mwh": dict(state.charge_mwh),
        "own_peaks": [
            {
                "tariff": peak.tariff,
                "months": {month: dict(mw) for month, mw in peak.months.items()},
                "span_minutes": peak.span_minutes,
                "span_mw_minutes": dict(peak.span_mw_minutes),
            }
            for peak in state.own_peaks
        ],
    }
