"""Where a schedule is written: files, a webhook."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hashpivot.core import Webhook, json_text, write_text

_COLUMNS = (
    "ts_utc", "local", "da_usd_per_mwh", "expected_usd_per_mwh", "p10_usd_per_mwh", "p90_usd_per_mwh",
    "peak_probability", "name", "mode", "power_mw", "reserve_mw", "reason",
)  # fmt: skip
"""Those of `hashpivot site plan --csv`."""


class Output(Protocol):
    """A place schedules are sent to. A class with these two members is one; it need not inherit."""

    @property
    def name(self) -> str:
        """How alarms call it."""
        ...

    def send(self, message: dict[str, Any]) -> None:
        """Send a schedule.

        Args:
            message: `site`, `moment`, `by`, `alarms`, `notes` and `hours`, the first of them decided.

        Raises:
            HashpivotError: If it was not accepted; no address or key is in its text.
        """
        ...


@dataclass(frozen=True, slots=True)
class CsvOutput:
    """A CSV file that holds the newest schedule, written whole or not at all: a row an hour and group.

    Args:
        path: The file.
    """

    path: Path
    name: str = "csv"

    def send(self, message: dict[str, Any]) -> None:
        """Write it.

        Raises:
            UnwritableFile: If it cannot be written; it is then as it was.
        """
        text = io.StringIO()
        writer = csv.DictWriter(text, _COLUMNS, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        for hour in message["hours"]:
            writer.writerows(hour | group for group in hour["groups"])
            for load in hour["ai"]:
                mode = "interrupted" if load["interrupted"] else "serves"
                writer.writerow(hour | load | {"mode": mode})
            for name in ("battery", "solar"):
                if part := hour.get(name):
                    writer.writerow(hour | {"name": name, "mode": "gives"} | part)
        write_text(text.getvalue(), self.path)


@dataclass(frozen=True, slots=True)
class JsonOutput:
    """A JSON file that holds the newest schedule, written whole or not at all.

    Args:
        path: The file.
    """

    path: Path
    name: str = "json"

    def send(self, message: dict[str, Any]) -> None:
        """Write it.

        Raises:
            UnwritableFile: If it cannot be written; it is then as it was.
        """
        write_text(json_text(message) + "\n", self.path)


@dataclass(frozen=True, slots=True)
class WebhookOutput:
    """An address each schedule is posted to. One that was not accepted is replaced by the next interval's.

    Args:
        webhook: The address.
    """

    webhook: Webhook
    name: str = "webhook"

    def send(self, message: dict[str, Any]) -> None:
        """Post it.

        Raises:
            ChannelError: If the address does not answer with a status 2xx.
        """
        self.webhook.post(
            f"{message['site']} {message['moment']}".encode("ascii", "replace").decode(), message
        )
