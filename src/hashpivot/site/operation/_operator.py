"""The operator: each interval read, decide, log, remember. Between two steps nothing runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import Any

from hashpivot.core import HashpivotError

from ..information import Hashprices
from ..model import parse_site
from ..prices import PriceHistory
from ._alarms import NO_INPUTS, STATE_CHANGED, STATE_LOST, Alarm
from ._decision import RunSettings, SiteDecision, decide
from ._inputs import HashpriceReader, RunInputs
from ._run_log import RunLog, RunLogError
from ._site_state import StateError
from ._state_file import Remembered, StateFile, moment_text, read_remembered

_ANEW = "move the log away too to begin anew"
Read = Callable[[datetime], tuple[PriceHistory, Hashprices]]
"""Reads prices and hashprices as they are known at a moment; raises `HashpivotError` if it cannot."""


@dataclass
class _Logged:
    """What a log says up to its last line.

    Args:
        start: Site, settings and version of its last part.
        inputs: The inputs last read.
        remembered: The state after its last decision.
        day: UTC day its last part began on; None if no interval followed its beginning yet.
    """

    start: Mapping[str, Any] | None = None
    inputs: RunInputs = field(default_factory=RunInputs)
    remembered: Remembered | None = None
    day: date | None = None

    @property
    def base(self) -> RunInputs:
        """What the inputs of the next line are told as changes of: nothing where a part begins."""
        return RunInputs() if self.day is None else self.inputs


class SiteOperator:
    """Decides one interval after the other, from the state of the last.

    Every decision is a line of the log before it is anything else: killed at any moment, the next operator
    goes on from the last line. Use `StateFile.locked` around it, so that no other runs on the same state.

    Args:
        site_text: The site's file.
        settings: How it is run.
        state: The file of its state.
        log: The log.
        read: Reads prices and hashprices.

    Raises:
        InvalidSite: If the file cannot be a site.
        RunLogError: If the log cannot be read.
    """

    def __init__(
        self, site_text: str, settings: RunSettings, state: StateFile, log: RunLog, read: Read
    ) -> None:
        self.site, self.settings = parse_site(site_text), settings
        self._state, self._log, self._read = state, log, read
        self._hashprices = HashpriceReader()
        self._logged = _read_log(log)
        start = {"site": site_text, "settings": asdict(settings), "version": version("hashpivot")}
        if self._logged.start != start:
            self._begin_part(start)

    def interval(self, now: datetime) -> datetime:
        """Return the beginning of the interval a moment lies in."""
        length = timedelta(minutes=self.settings.minutes)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + (now - midnight) // length * length

    def step(self, now: datetime) -> SiteDecision:
        """Decide the interval a moment lies in, log it and write the state after it.

        Args:
            now: The moment, UTC.

        Raises:
            StateError: If the state is of another site or a later time.
            RunLogError, UnwritableFile: If log or state cannot be written.
        """
        moment = self.interval(now)
        if self._logged.day is not None and self._logged.day != moment.date():
            assert self._logged.start is not None
            self._begin_part(self._logged.start)
        remembered, alarms = self._recalled()
        inputs, problems = self._inputs(moment)
        decision = decide(self.site, self.settings, inputs, remembered, moment, [*alarms, *problems])
        begins = None if remembered == self._logged.remembered else _dumped(remembered)
        self._log.append(
            {
                "kind": "interval",
                "moment": moment_text(moment),
                "inputs": inputs.changes_since(self._logged.base),
                "problems": [asdict(alarm) for alarm in (*alarms, *problems)],
                "begins": begins,
                "goes_on": remembered == self._logged.remembered,
                "decision": decision.answer,
                "state": decision.remembered.to_dict(),
            }
        )
        day = self._logged.day or moment.date()
        self._logged = replace(self._logged, inputs=inputs, remembered=decision.remembered, day=day)
        self._state.write(decision.remembered)
        return decision

    def note(self, kind: str, moment: datetime, message: str) -> None:
        """Log something that is no decision, such as an output that failed."""
        self._log.append({"kind": kind, "moment": moment_text(moment), "message": message})

    def _begin_part(self, start: Mapping[str, Any]) -> None:
        """Begin a part of the log: the next interval says all inputs, so that nothing older is read again."""
        self._log.append({"kind": "start", **start})
        self._logged.start, self._logged.day = start, None

    def _recalled(self) -> tuple[Remembered | None, list[Alarm]]:
        """Return where the site stands: what the file says, unless it lacks just the log's last decision."""
        logged = self._logged.remembered
        try:
            on_file = self._state.read()
        except StateError as error:
            self._state.set_aside()
            lost = f"{error.message}; moved aside"
            if logged is None:
                return None, [Alarm(STATE_LOST, lost)]
            return logged, [Alarm(STATE_LOST, f"{lost}; that of the log is taken", stops_planning=False)]
        if logged is None or on_file == logged:
            return on_file, []
        if _follows(logged, on_file):
            return logged, []
        last = moment_text(logged.state.moment)
        if on_file is None:
            message = f"the state's file is gone: that of the log, of {last}, is taken; {_ANEW}"
            return logged, [Alarm(STATE_LOST, message, stops_planning=False)]
        if on_file.state.moment > logged.state.moment:
            return on_file, []
        message = (
            f"the state is not the one the log's last decision left at {last}: that of the file is taken"
        )
        return on_file, [Alarm(STATE_CHANGED, message, stops_planning=False)]

    def _inputs(self, moment: datetime) -> tuple[RunInputs, list[Alarm]]:
        try:
            prices, network = self._read(moment)
        except HashpivotError as error:
            where = f"{error.where}: " if error.where else ""
            message = f"{where}{error.message}; the last prices read stand in"
            return self._logged.inputs, [Alarm(NO_INPUTS, message, stops_planning=False)]
        return RunInputs(prices, self._hashprices.read(network, prices)), []


def _follows(logged: Remembered, on_file: Remembered | None) -> bool:
    """Return whether the log's last decision began from the file's state: the run was killed between them."""
    begun = logged.before
    if begun is None:
        return False
    return begun.since == begun.moment if on_file is None else begun == on_file.state


def _dumped(remembered: Remembered | None) -> dict[str, Any] | None:
    return None if remembered is None else remembered.to_dict()


def _read_log(log: RunLog) -> _Logged:
    """Return what the next line of a log is added to."""
    logged = _Logged()
    for line in log.newest_part():
        try:
            if line["kind"] == "start":
                logged.start = {key: value for key, value in line.items() if key != "kind"}
                logged.day = None
            elif line["kind"] == "interval":
                logged.inputs = logged.base.changed(line["inputs"])
                logged.day = logged.day or datetime.fromisoformat(line["moment"]).date()
                logged.remembered = read_remembered(line["state"])
        except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, StateError):
            raise RunLogError(
                "a line is not as a run writes it", where=str(log.path), hint="move it away"
            ) from None
    return logged
