"""Kill `hashpivot fetch` at random moments and run it again: ledger and store must be as if nobody had."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from hashpivot.core import Quarter
from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database._tables import SEALED
from hashpivot.sources import Store
from hashpivot.testing.generated import generated_universe, universe_filings
from hashpivot.testing.services import EdgarService

_SEASON = Quarter.parse("2025Q2")
Rows = dict[str, list[tuple[str, ...]]]


def run(times: int, companies: int, seed: int) -> tuple[int, list[str]]:
    """Kill a fetch of a season so many times, at moments spread over the time it takes undisturbed.

    Args:
        times: How often; every third fetch is killed twice before it may end.
        companies: How many companies' filings it fetches.
        seed: Of the moments.

    Returns:
        How many filings each fetch brings, and what was wrong with any of them.
    """
    chance, problems, killed = random.Random(seed), [], 0
    universe = dict(list(generated_universe([_SEASON]).items())[:companies])
    filings = universe_filings(universe, [_SEASON], updates=False, amended_share=0.3)
    with EdgarService(filings) as service:
        fetch = _Fetch(service, list(universe))
        with tempfile.TemporaryDirectory() as home:
            started = time.monotonic()
            fetch.whole(home)
            seconds, right = time.monotonic() - started, _rows(Path(home))
        while killed < times:
            with tempfile.TemporaryDirectory() as home:
                for _ in range(1 + (killed % 3 == 2)):
                    fetch.killed(home, chance.uniform(0, seconds))
                    killed += 1
                    problems += [f"kill {killed}: {problem}" for problem in _damage(Path(home))]
                problems += [f"after kill {killed}: {problem}" for problem in fetch.resumed(home, right)]
    return len(right["sources"]), problems


class _Fetch:
    """Fetches of one season from one stand-in, each into a home of its own."""

    def __init__(self, service: EdgarService, tickers: list[str]) -> None:
        self._service = service
        self._words = [sys.executable, "-m", "hashpivot", "fetch", *tickers, "--season", str(_SEASON)]

    def _start(self, home: str) -> subprocess.Popen[bytes]:
        environment = os.environ | {"HASHPIVOT_HOME": home, "HASHPIVOT_LEDGER": ""}
        quiet, words = subprocess.DEVNULL, [*self._words, "--base-url", self._service.url]
        return subprocess.Popen(words, env=environment, stdout=quiet, stderr=quiet)

    def whole(self, home: str) -> None:
        """Fetch undisturbed."""
        status = self._start(home).wait()
        if status:
            raise RuntimeError(f"hashpivot fetch ended with status {status} though nobody killed it")

    def killed(self, home: str, seconds: float) -> None:
        """Fetch until it is killed."""
        process = self._start(home)
        time.sleep(seconds)
        process.kill()
        process.wait()

    def resumed(self, home: str, right: Rows) -> list[str]:
        """Fetch to the end, and return what differs from an undisturbed fetch, or was downloaded again."""
        with Store(Path(home) / "store") as store:
            held = {document.key.removeprefix("sec/") for document in store}
        self._service.forget()
        self.whole(home)
        again = held & {seen.route.rpartition("/")[2] for seen in self._service.requests}
        rows = _rows(Path(home))
        return [f"table {table} differs" for table in right if rows[table] != right[table]] + [
            f"{name} was downloaded again" for name in sorted(again)
        ]


def _damage(home: Path) -> list[str]:
    """What is not whole of what a killed fetch left."""
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        ledger.check()
    with Store(home / "store") as store:
        broken = [document.key for document in store if not document.read()]
    return [f"{key} is empty" for key in broken]


def _rows(home: Path) -> Rows:
    """What every row of a ledger says, by table; neither its number nor the order of writing."""
    columns = {table.name: ", ".join(f'"{name}"' for name in table.columns) for table in SEALED}
    with closing(sqlite3.connect(home / "ledger.sqlite3")) as ledger:
        return {
            table: sorted(ledger.execute(f"SELECT {names} FROM {table}")) for table, names in columns.items()
        }
