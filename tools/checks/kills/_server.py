"""`hashpivot add` into a ledger on a PostgreSQL server, which is killed too, as if its machine had failed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from tests.postgres_server import PostgresServer

from ._add import AddCommand
from ._strikes import Way
from ._watched import WatchedRun


class ServerCommand(AddCommand):
    """`hashpivot add` of so many filings, into a schema of its own for each home."""

    name = "server"
    ways: ClassVar[Mapping[Way, int]] = {Way.KILL: 2, Way.TERMINATE: 1, Way.SERVER: 3}

    def __enter__(self) -> Self:
        """Start the server."""
        self._server = PostgresServer()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """End the server."""
        self._server.close()

    def ledger(self, home: Path) -> str:
        """The URL of the home's schema, which its copy has too."""
        return self._server.url(schema=home.name.partition("-")[0])

    def strike(self, run: WatchedRun, way: Way) -> None:
        """Kill it, or stop the server and start it again when the command has ended."""
        if way is not Way.SERVER:
            return super().strike(run, way)
        self._server.stop(way.signal)
        run.end()
        self._server.start()
        return None
