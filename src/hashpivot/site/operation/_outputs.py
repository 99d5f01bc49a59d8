"""Where a schedule is written: files, a webhook."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from hashpivot.core import Webhook, json_text, records_csv, write_text

from ..studies import hour_rows


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
    """A CSV file that holds the newest schedule, written whole or not at all, as `site plan --csv` prints it.

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
        rows = [row for hour in message["hours"] for row in hour_rows(hour)]
        write_text(records_csv(rows), self.path)


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
