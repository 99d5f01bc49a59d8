"""Commands killed while they write: nothing is lost or half, and one begun again ends as if nobody had.

One module for each command, and the harness that kills them all.
"""

from __future__ import annotations

from ._add import AddCommand
from ._bulk import BulkCommand
from ._command import KilledCommand
from ._fetch import FetchCommand
from ._harness import kill
from ._record import RecordCommand
from ._report import KillReport
from ._server import ServerCommand
from ._sweep import SweepCommand

COMMANDS: dict[str, type[KilledCommand]] = {
    command.name: command
    for command in (AddCommand, FetchCommand, BulkCommand, SweepCommand, RecordCommand, ServerCommand)
}
"""By what they are called in the names of checks."""


def run(name: str, times: int, size: int, seed: int, *, lanes: int = 2) -> KillReport:
    """Kill a command so many times.

    Args:
        name: One of `COMMANDS`.
        times: How often.
        size: How much it has to do: filings, companies, cases or rows.
        seed: Of the moments.
        lanes: Processes that kill side by side, each in a folder of its own.
    """
    return kill(COMMANDS[name], times, size, seed, lanes)


__all__ = ["COMMANDS", "KillReport", "run"]
