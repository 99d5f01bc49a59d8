"""From data sets to ranked filers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from hashpivot.core import Companies

from ._candidates import candidates
from ._data_sets import DataSet, find_data_sets
from ._evidence import read_filer
from ._ranking import Filer, judged, ranked
from ._scan import MEMORY_MB, MarketScan, ScanProgress, SetReading

LIMITS = (
    "Only what a filing tags is seen: a line without a tag of its own, and the 6-K reports of foreign "
    "filers, are not in the data sets.",
    "Days of periods are rounded to the month, and periods to the quarter, by the SEC.",
)
"""What the data sets cannot show, whatever is read of them."""


@dataclass(frozen=True, slots=True)
class Discovery:
    """What data sets tell of all filers.

    Args:
        sets: The data sets, as read.
        filers: Filers with revenue of mining, AI or chips, best evidence first.
        candidates: How many filers' filings were read line by line.
        unread: Filings of those that could not be read, one sentence each.
    """

    sets: tuple[SetReading, ...]
    filers: tuple[Filer, ...]
    candidates: int
    unread: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What was left out of the data sets, one sentence each."""
        return (*(problem for one in self.sets for problem in one.problems), *self.unread)


def discover(
    paths: Iterable[str | Path],
    *,
    companies: Companies | None = None,
    memory_mb: int = MEMORY_MB,
    on_progress: Callable[[ScanProgress], None] | None = None,
) -> Discovery:
    """Look through data sets of the SEC for filers with revenue of mining, AI hosting or chips.

    Args:
        paths: Archives, folders of archives, folders of unpacked tables: see `find_data_sets`.
        companies: Those already followed (default: the shipped table and the user's).
        memory_mb: Bound of DuckDB's memory.
        on_progress: Called after every piece of a table.

    Raises:
        InvalidInput: If a path holds no data set.
        UnreadableFile: If a data set is damaged.
        MissingLibrary: If DuckDB is not installed.
        UnwritableFile, ScanFailure: If disk or memory do not suffice.
    """
    data_sets: tuple[DataSet, ...] = find_data_sets(paths)
    known = Companies.load() if companies is None else companies
    with MarketScan(memory_mb=memory_mb, on_progress=on_progress) as scan:
        sets = tuple(map(scan.read, data_sets))
        read, filers = 0, []
        unread: list[str] = []
        for filings in candidates(scan):
            read += 1
            reading = read_filer(filings)
            unread += reading.unread
            filer = judged(filings, reading, known)
            if filer is not None:
                filers.append(filer)
    return Discovery(sets, ranked(filers), read, tuple(unread))
