"""The web desk under load: start-up, answers while another process adds filings, sizes, freshness, memory.

Server, readers and writer share the machine.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from pathlib import Path
from statistics import median

from ..bundle.snapshot import Snapshot
from .web_client import PAGES

START, FIRST_BYTE, SLOWEST, SHOWN = 1.0, 0.150, 0.250, 2.0  # seconds
LARGEST = 400_000  # bytes of a page
GROWTH = 1.25  # times the memory before; a cache that fills is no leak
READERS = 50
_PATIENCE = 60.0
_ROW = (
    "ticker,measure,period,value,unit,known,title,url,form,grade,locator\n"
    "CORZ,total_revenue,2026Q3,{},usd,2026-11-05,Third quarter,https://example.com/q3,8-K,B,page 9\n"
)


@dataclass(frozen=True)
class Answered:
    """What readers got.

    Args:
        seconds: Of each answer, sorted.
        statuses: Counts by status.
        took: Seconds in all.
    """

    seconds: list[float]
    statuses: dict[str, int]
    took: float

    def share(self, part: float) -> float:
        """Seconds that this part of the answers took at most."""
        return self.seconds[min(len(self.seconds) - 1, int(part * len(self.seconds)))]


@dataclass(frozen=True)
class Measured:
    """Everything measured.

    Args:
        start: Seconds until the server answers.
        first_byte: Of the start page, kept.
        largest: Address and bytes of the largest page.
        quiet: 50 readers, nothing else.
        written: 50 readers while another process adds filings.
        added: How many filings it added meanwhile.
        shown: Seconds from a figure being recorded to its page, median of several, and the slowest.
        mixed: The mixed requests.
        memory: Bytes of both processes before and after them.
    """

    start: float
    first_byte: float
    largest: tuple[str, int]
    quiet: Answered
    written: Answered
    added: int
    shown: tuple[float, float]
    mixed: Answered
    memory: tuple[int, int]

    def __str__(self) -> str:
        return (
            f"answers after {self.start:.2f} s; start page {1000 * self.first_byte:.0f} ms; largest page "
            f"{self.largest[1] // 1000} kB ({self.largest[0]}); {READERS} readers: {_told(self.quiet)}; "
            f"while another process adds {self.added} filings: {_told(self.written)}; an added "
            f"figure is shown after {self.shown[0]:.1f} s (slowest {self.shown[1]:.1f} s); "
            f"{len(self.mixed.seconds):,} mixed requests: {self.memory[0] >> 20} MiB before, "
            f"{self.memory[1] >> 20} MiB after"
        )

    def problems(self) -> list[str]:
        """What is not as it must be."""
        failed = {
            status: number
            for answered in (self.quiet, self.written, self.mixed)
            for status, number in answered.statuses.items()
            if status not in ("200", "404")
        }
        bounds = {
            f"start above {START:g} s": self.start > START,
            f"first byte above {FIRST_BYTE:g} s": self.first_byte > FIRST_BYTE,
            f"a page above {LARGEST:,} bytes": self.largest[1] > LARGEST,
            f"p99 above {SLOWEST:g} s": self.written.share(0.99) > SLOWEST,
            f"a figure shown after more than {SHOWN:g} s": self.shown[1] > SHOWN,
            "memory grows": self.memory[1] > GROWTH * self.memory[0],
            f"statuses {failed}": bool(failed),
        }
        return [words for words, wrong in bounds.items() if wrong]


def run(seconds: float, requests: int, seed: int) -> Measured:
    """Measure a server of its own on the bundled figures.

    Args:
        seconds: Of each load.
        requests: Mixed ones, after which the memory is compared.
        seed: Of what readers ask for.
    """
    with tempfile.TemporaryDirectory() as home, _served(home) as (port, start, process):
        sizes = {address: len(_get(port, address)) for address in PAGES}
        first = median(_first_byte(port, "/") for _ in range(20))
        quiet = _readers(port, seconds, 10**9, seed)
        shown = sorted(_until_shown(port, home, usd) for usd in range(101_000_000, 106_000_000, 1_000_000))
        with _adding(home) as added:
            written = _readers(port, seconds, 10**9, seed)
            adds = added()
        _readers(port, _PATIENCE, requests // 5, seed, "mixed")  # the caches fill
        before = _memory(process)
        mixed = _readers(port, 10 * _PATIENCE, requests, seed + 1, "mixed")
        largest = max(sizes.items(), key=lambda item: item[1])
        memory = before, _memory(process)
    return Measured(start, first, largest, quiet, written, adds, (median(shown), shown[-1]), mixed, memory)


def _told(answered: Answered) -> str:
    rate = len(answered.seconds) / answered.took
    return (
        f"{rate:.0f} answers a second, p50 {1000 * answered.share(0.5):.0f} ms, "
        f"p99 {1000 * answered.share(0.99):.0f} ms"
    )


@contextmanager
def _served(home: str) -> Iterator[tuple[int, float, int]]:
    """Serve a desk; yields its port, the seconds until it answered, and its process."""
    words = [sys.executable, "-m", "hashpivot", "serve", "--port", "0"]
    begun = time.monotonic()
    server = subprocess.Popen(words, env=_at(home), stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        found = re.search(r":(\d+)/", server.stdout.readline())
        if not found:
            raise RuntimeError("hashpivot serve did not say where it listens")
        port = int(found[1])
        _get(port, "/static/icon.svg")
        yield port, time.monotonic() - begun, server.pid
    finally:
        server.terminate()
        server.wait(_PATIENCE)


def _get(port: int, address: str) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.request("GET", address)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{address}: status {response.status}")
    return content


def _first_byte(port: int, address: str) -> float:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    connection.connect()
    begun = time.perf_counter()
    connection.request("GET", address)
    connection.getresponse().read(1)
    taken = time.perf_counter() - begun
    connection.close()
    return taken


def _readers(port: int, seconds: float, requests: int, seed: int, *more: str) -> Answered:
    words = [sys.executable, "-m", "tools.checks.web_client"]
    numbers = [port, READERS, seconds, requests, seed]
    told = subprocess.run(
        [*words, *map(str, numbers), *more], capture_output=True, text=True, check=True
    ).stdout
    result = json.loads(told)
    return Answered(result["seconds"], result["statuses"], result["took"])


@contextmanager
def _adding(home: str) -> Iterator[Callable[[], int]]:
    """Add the real filings until the block ends; begins with the first in, yields what counts them."""
    paths = Snapshot.load().paths("filings/ixbrl")
    quiet = subprocess.DEVNULL
    words = [sys.executable, "-m", "hashpivot", "add", *map(str, paths)]
    writer = subprocess.Popen(words, env=_at(home), stdout=quiet, stderr=quiet)
    before = _filings(home)
    try:
        while _filings(home) == before and writer.poll() is None:
            time.sleep(0.1)
        yield lambda: _filings(home) - before
    finally:
        writer.terminate()
        writer.wait(_PATIENCE)


def _filings(home: str) -> int:
    from hashpivot.ledger import Ledger

    with Ledger.open(Path(home) / "ledger.sqlite3") as ledger:
        return len({figure.source for figure in ledger.read().figures})


def _until_shown(port: int, home: str, usd: int) -> float:
    """Seconds from the end of the command that records a figure until its company's page has it."""
    table = Path(home) / "figures.csv"
    table.write_text(_ROW.format(usd), encoding="utf-8")
    words = [sys.executable, "-m", "hashpivot", "record", "figures", str(table)]
    subprocess.run(words, env=_at(home), check=True, capture_output=True)
    begun = time.monotonic()
    wanted = f"${usd / 1e6:.1f}m".encode()
    for _ in count():
        if wanted in _get(port, "/company/CORZ"):
            return time.monotonic() - begun
        if time.monotonic() - begun > _PATIENCE:
            raise RuntimeError("the figure is not shown")
        time.sleep(0.05)
    raise AssertionError


def _at(home: str) -> dict[str, str]:
    return os.environ | {"HASHPIVOT_HOME": home}


def _memory(process: int) -> int:
    """Resident bytes of a process and those it began."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    pages = (
        int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) for one in (process, *children)
    )
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")
