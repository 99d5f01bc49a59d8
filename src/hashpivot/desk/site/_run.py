"""The loop of a site's run: each interval a decision, sent to its outputs; and a run's log decided again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from hashpivot.core import HashpivotError, Webhook
from hashpivot.site import (
    CsvOutput,
    JsonOutput,
    MqttOutput,
    Output,
    Replay,
    SiteDecision,
    SiteOperator,
    WebhookOutput,
)
from hashpivot.sources import Settings

from ..shared import DeskResult

if TYPE_CHECKING:
    from rich.console import Console

_HINT = "the next interval sends its schedule anew"


@dataclass(frozen=True, repr=False)
class SiteInterval(DeskResult):
    """One interval of a run: what was decided, and which outputs did not take it.

    Args:
        decision: The decision.
        failed: What went wrong by output.
    """

    decision: SiteDecision
    failed: dict[str, str]
    row_key = "name"

    def __repr__(self) -> str:
        return f"SiteInterval({self.decision.answer['moment']}, by {self.decision.answer['by']})"

    @property
    def is_problem(self) -> bool:
        """Whether there was an alarm, or an output failed."""
        return bool(self.decision.alarms or self.failed)

    def records(self) -> list[dict[str, Any]]:
        """One row a group of machines: its mode, power, reserve and why."""
        rows: list[dict[str, Any]] = self.decision.answer["groups"]
        return rows

    def to_dict(self) -> dict[str, Any]:
        """One line of the JSON contract of `hashpivot site run`."""
        return {**self.decision.answer, "outputs_failed": self.failed}

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        answer = self.decision.answer
        modes = ", ".join(f"{group['name']} {group['mode']}" for group in answer["groups"])
        loads = ", ".join(f"{load['name']} interrupted" for load in answer["ai"] if load["interrupted"])
        print_line(console, f"{answer['moment']}  {'; '.join(filter(None, (modes, loads)))}")
        for alarm in answer["alarms"]:
            print_line(console, f"  ALARM {alarm['kind']}: {alarm['message']}")
        for note in answer["notes"]:
            print_line(console, f"  {note}")
        for name, why in self.failed.items():
            print_line(console, f"  ALARM output {name}: {why}")


@dataclass(frozen=True, repr=False)
class SiteReplay(DeskResult):
    """A run's log decided again.

    Args:
        replay: What came of it.
    """

    replay: Replay

    def __repr__(self) -> str:
        same = "the same" if self.same else "not the same"
        return f"SiteReplay({self.replay.intervals} intervals, {same})"

    @property
    def same(self) -> bool:
        """Whether every decision came out as it was logged."""
        return self.replay.difference is None

    def records(self) -> list[dict[str, Any]]:
        """One row."""
        return [self.to_dict()]

    def to_dict(self) -> dict[str, Any]:
        """The JSON contract of `hashpivot site replay`."""
        found = self.replay.difference
        difference = None
        if found:
            difference = {
                "moment": found.moment,
                "what": found.what,
                "logged": found.logged,
                "replayed": found.replayed,
            }
        return {
            "intervals": self.replay.intervals,
            "same": self.same,
            "difference": difference,
            "version": self.replay.version,
        }

    def _show(self, console: Console) -> None:
        from hashpivot.report import print_line

        found = self.replay.difference
        print_line(console, f"{self.replay.intervals:,} intervals decided again as they were logged")
        if found:
            print_line(
                console,
                f"{found.moment} differs in {found.what}",
                f"  logged:   {_said(found.logged)}",
                f"  replayed: {_said(found.replayed)}",
                f"  the log was written by hashpivot {self.replay.version}",
            )


def _said(value: Any) -> str:
    return "nothing" if value is None else str(value)


def site_outputs(
    settings: Settings, csv_path: str | Path | None = None, json_path: str | Path | None = None
) -> tuple[Output, ...]:
    """Return the outputs asked for: files, and those that `[site]` of the settings names.

    Raises:
        InvalidInput: If an address is none.
        MissingLibrary: If MQTT is set and paho-mqtt is not installed.
    """
    webhook, mqtt = settings.value("site", "webhook"), settings.value("site", "mqtt")
    outputs: list[Output] = []
    if csv_path is not None:
        outputs.append(CsvOutput(Path(csv_path)))
    if json_path is not None:
        outputs.append(JsonOutput(Path(json_path)))
    if webhook:
        outputs.append(WebhookOutput(Webhook(webhook, "[site] webhook", _HINT)))
    if mqtt:
        outputs.append(MqttOutput(mqtt))
    return tuple(outputs)


def run_interval(operator: SiteOperator, outputs: Sequence[Output], now: datetime) -> SiteInterval:
    """Decide the interval a moment lies in, and send its schedule.

    Raises:
        StateError, RunLogError, UnwritableFile: If state or log cannot be used.
    """
    decision = operator.step(now)
    head = ("moment", "by", "alarms", "notes")
    message = {
        "site": operator.site.name,
        "interval_minutes": operator.settings.minutes,
        **{key: decision.answer[key] for key in head},
        "hours": list(decision.schedule) if outputs else [],
    }
    failed: dict[str, str] = {}
    for output in outputs:
        try:
            output.send(message)
        except HashpivotError as error:
            failed[output.name] = error.message
            operator.note("output_failed", operator.interval(now), f"{output.name}: {error.message}")
    return SiteInterval(decision, failed)


def run_intervals(
    operator: SiteOperator, outputs: Sequence[Output], *, delay: float, stop: Event
) -> Iterator[SiteInterval]:
    """Decide interval after interval of the machine's clock, until told to stop.

    Args:
        operator: The operator.
        outputs: Where schedules are sent.
        delay: Seconds to wait after an interval begins, until its inputs are published.
        stop: Set to end the run after the interval at hand.

    Raises:
        StateError, RunLogError, UnwritableFile: If state or log cannot be used.
    """
    length = timedelta(minutes=operator.settings.minutes)
    while not stop.is_set():
        begun = operator.interval(datetime.now(UTC))
        yield run_interval(operator, outputs, begun)
        due = begun + length + timedelta(seconds=delay)
        stop.wait(max(0.0, (due - datetime.now(UTC)).total_seconds()))
