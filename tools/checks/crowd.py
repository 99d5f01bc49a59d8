"""Many read a ledger while many write it: no error but a writer's, that another process is writing.

Each writer adds the filings of made-up companies of its own, one after another. Each reader opens the ledger
anew, reads one company and looks: every filing whole, and none gone that it saw before. In the end the
ledger must pass its check and hold all that writers were told is in it. Readers look at themselves too: files
they hold open, and memory.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from queue import Queue
from string import ascii_uppercase

from hashpivot.core import LedgerError, Quarter
from hashpivot.ledger import Ledger
from hashpivot.testing.generated import LedgerBooks
from tests.postgres_server import PostgresServer

_FIRST, _QUARTERS = Quarter(2015, 1), 40
_BUSY = "another process is writing"
_GROWTH_KIB = 64 * 1024
"""By how much a reader may have grown: it holds one company at a time, and companies differ."""


@dataclass
class Report:
    """What one reader or writer did.

    Args:
        readings: How often a reader read.
        added: Filings that a writer was told are in, by key, with their number of figures.
        waits: How often a writer was told that another process is writing.
        problems: What must not be.
        open_files: At the first look and at the last.
        resident_kib: Likewise.
    """

    readings: int = 0
    added: dict[str, int] = field(default_factory=dict)
    waits: int = 0
    problems: list[str] = field(default_factory=list)
    open_files: tuple[int, int] = (0, 0)
    resident_kib: tuple[int, int] = (0, 0)


Gathered = tuple[list[Report], list[str]]
"""What each process did, readers first, and what was wrong."""


def run(readers: int, writers: int, seconds: float) -> Gathered:
    """Let so many processes read and write one ledger in a file for so long."""
    with tempfile.TemporaryDirectory() as folder:
        return gather(str(Path(folder) / "ledger.sqlite3"), readers, writers, seconds)


def run_on_server(readers: int, writers: int, seconds: float) -> Gathered:
    """Let so many processes read and write one ledger on a PostgreSQL server of its own for so long."""
    with PostgresServer(connections=readers + writers + 10) as server:
        return gather(server.url(), readers, writers, seconds)


def gather(ledger: str, readers: int, writers: int, seconds: float) -> Gathered:
    """Let so many processes read and write a ledger for so long.

    Args:
        ledger: Its file or URL; it holds nothing yet.
        readers: How many processes read.
        writers: How many write.
        seconds: How long.
    """
    context = get_context("spawn")
    reports: Queue[Report] = context.Queue()  # type: ignore[assignment]
    jobs = [
        *(context.Process(target=_read, args=(ledger, n, writers, seconds, reports)) for n in range(readers)),
        *(context.Process(target=_write, args=(ledger, n, seconds, reports)) for n in range(writers)),
    ]
    for job in jobs:
        job.start()
    found = [reports.get(timeout=2 * seconds + 300) for _ in jobs]
    for job in jobs:
        job.join()
    problems = [problem for report in found for problem in report.problems]
    return sorted(found, key=lambda report: -report.readings), [*problems, *_lost(ledger, found)]


def books(writer: int) -> Iterator[LedgerBooks]:
    """The companies of a writer, one after another."""
    return (LedgerBooks(f"{ascii_uppercase[writer]}{_letters(number)}") for number in count())


def _letters(number: int) -> str:
    return "".join(ascii_uppercase[number // 26**place % 26] for place in (2, 1, 0))


def _filings(company: LedgerBooks) -> Iterator[tuple]:  # type: ignore[type-arg]
    return (filing for step in range(_QUARTERS) for filing in company.filings(_FIRST + step))


def _write(ledger: str, number: int, seconds: float, reports: Queue[Report]) -> None:
    """Add filings until the time is over."""
    report, end = Report(), time.monotonic() + seconds
    todo = (filing for company in books(number) for filing in _filings(company))
    with Ledger.open(ledger, wait=3.0) as opened:
        for source, figures, facts in todo:
            while time.monotonic() < end:
                try:
                    opened.add(source, figures, facts)
                    report.added[source.key] = len(figures)
                    break
                except LedgerError as error:
                    _judge(error, report)
            else:
                break
    reports.put(report)


def _judge(error: LedgerError, report: Report) -> None:
    """A writer that waits in vain is told so, with a hint; nothing else may be said."""
    if _BUSY in error.message and error.hint:
        report.waits += 1
    else:
        report.problems.append(f"a writer: {error}")


def _read(ledger: str, number: int, writers: int, seconds: float, reports: Queue[Report]) -> None:
    """Read one company after another until the time is over."""
    report, chance, end = Report(), random.Random(number), time.monotonic() + seconds
    seen: dict[str, set[str]] = {}
    wanted: dict[str, dict[str, int]] = {}
    while time.monotonic() < end or not report.readings:
        company = LedgerBooks(f"{ascii_uppercase[chance.randrange(writers)]}{_letters(chance.randrange(3))}")
        ticker = company.ticker
        if ticker not in wanted:
            wanted[ticker] = {source.key: len(figures) for source, figures, _ in _filings(company)}
        try:
            with Ledger.open(ledger) as opened:
                held = opened.read(ticker)
        except LedgerError as error:
            report.problems.append(f"a reader: {error}")
            continue
        counts = Counter(figure.source for figure in held.figures)
        torn = [key for key in held.sources if counts[key] != wanted[ticker].get(key)]
        keys = set(held.sources)
        gone = seen.get(ticker, set()) - keys
        seen[ticker] = keys
        report.problems += (
            [f"a reader of {ticker}: {len(torn)} torn, {len(gone)} gone"] if torn or gone else []
        )
        report.readings += 1
        if report.readings == 5:
            report.open_files, report.resident_kib = (_open_files(),) * 2, (_resident_kib(),) * 2
    report.open_files = report.open_files[0], _open_files()
    report.resident_kib = report.resident_kib[0], _resident_kib()
    report.problems += _grown(report) if report.readings >= 5 else []
    reports.put(report)


def _grown(report: Report) -> list[str]:
    files, resident = report.open_files, report.resident_kib
    return [
        *([f"a reader's open files: {files[0]}, then {files[1]}"] if files[1] > files[0] else []),
        *(
            [f"a reader's memory: {resident[0]} KiB, then {resident[1]}"]
            if resident[1] - resident[0] > _GROWTH_KIB
            else []
        ),
    ]


def _lost(ledger: str, reports: list[Report]) -> list[str]:
    """What writers were told is in, and is not."""
    told = {key: figures for report in reports for key, figures in report.added.items()}
    with Ledger.open(ledger) as opened:
        opened.check()
        held = opened.read()
    counts = Counter(figure.source for figure in held.figures)
    lost = [key for key, figures in told.items() if counts[key] != figures]
    extra = held.sources.keys() - told.keys()
    return [f"{len(lost)} filings lost or half, {len(extra)} nobody added"] if lost or extra else []


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _resident_kib() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4
