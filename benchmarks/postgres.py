"""Processor and wall time of a ledger in SQLite and in PostgreSQL: adding filings, reading figures, copying.

    python -m benchmarks.postgres [FILINGS] [FIGURES]

A server of its own is started in a temporary folder, as durable as a server is by default, and reached
over its socket. Every filing has FIGURES / FILINGS figures of one company and is added in a transaction.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from hashpivot.core import NO_LOCATOR, Figure, Source
from hashpivot.ledger import Ledger
from tests.postgres_server import PostgresServer

DAY = date(2025, 1, 31)


def filing(number: int, figures: int) -> tuple[Source, list[Figure]]:
    """A made-up filing."""
    key, ticker = f"filing-{number:06}", f"T{number % 20}"
    source = Source(key, ticker, "10-Q", DAY, "filed", "A")
    return source, [
        Figure(ticker, "net_income", None, DAY, DAY, Decimal(n), "usd", f"row {n}", key, NO_LOCATOR, DAY)
        for n in range(figures)
    ]


@dataclass
class Clock:
    """Wall and processor seconds of work on a ledger, the server's included."""

    server: PostgresServer

    def timed(self, what: str, place: str, work: Callable[[Ledger], object]) -> None:
        """Open the ledger, do it, close it, and print how long it took."""
        wall, processor = time.perf_counter(), self._processor()
        with Ledger.open(place) as ledger:
            work(ledger)
        wall = time.perf_counter() - wall
        time.sleep(0.3)  # the server counts a connection once it has ended
        print(f"  {what}: {self._processor() - processor:.2f} s of processor, {wall:.2f} s", flush=True)

    def _processor(self) -> float:
        return time.process_time() + self.server.processor_seconds()


def measure(clock: Clock, place: str, filings: list[tuple[Source, list[Figure]]], few: int) -> None:
    """Add a few filings one by one, then the rest, and read them."""
    clock.timed(f"add {few} filings", place, lambda ledger: [ledger.add(*each) for each in filings[:few]])
    rest = filings[few:]
    clock.timed(f"add {len(rest)} more", place, lambda ledger: [ledger.add(*each) for each in rest])
    clock.timed("read all", place, Ledger.read)
    clock.timed("read one company", place, lambda ledger: ledger.read("T3"))
    clock.timed("check", place, Ledger.check)


def main(filings: int = 1_000, figures: int = 100_000) -> None:
    """Measure both, and a copy from one to the other and back."""
    made = [filing(number, figures // filings) for number in range(filings)]
    with PostgresServer() as server, tempfile.TemporaryDirectory() as folder:
        clock = Clock(server)
        server.sql(
            "ALTER SYSTEM SET fsync = on", "ALTER SYSTEM SET autovacuum = on", "SELECT pg_reload_conf()"
        )
        path, back, url = str(Path(folder) / "a.sqlite3"), str(Path(folder) / "b.sqlite3"), server.url()
        for name, place in (("SQLite", path), ("PostgreSQL", url)):
            print(name)
            measure(clock, place, made, min(100, filings))
        print("copy")
        with Ledger.open(server.url(schema="copied")) as other, Ledger.open(back) as last:
            clock.timed("SQLite to PostgreSQL", path, lambda ledger: ledger.copy_to(other))
            clock.timed("PostgreSQL to SQLite", url, lambda ledger: ledger.copy_to(last))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
