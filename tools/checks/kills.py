"""Kill `hashpivot add` at random moments: the ledger it leaves must open, check, and hold whole filings."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from hashpivot.ledger import Ledger

from ..bundle.snapshot import Snapshot


def run(times: int, filings: int, seed: int) -> tuple[int, list[str]]:
    """Kill a writer of so many filings so many times, at moments spread over the time it takes undisturbed.

    One moment in each of as many equal parts of that time: of few kills, too, some come late enough to
    find filings.

    Returns:
        How many filings the ledgers held in the end, and what was wrong with any of them.
    """
    chance, problems, held = random.Random(seed), [], 0
    paths = Snapshot.load().paths("filings/ixbrl")[:filings]
    whole, seconds = _undisturbed(paths)
    for turn in range(times):
        with tempfile.TemporaryDirectory() as home:
            writer = _add(paths, home)
            time.sleep(seconds * (turn + chance.random()) / times)
            writer.kill()
            writer.wait()
            counts = _counts(Path(home))
            held += len(counts)
            problems += [
                f"kill {turn}: {source} has {count} figures, not {whole[source]}"
                for source, count in counts.items()
                if whole[source] != count
            ]
    return held, problems


def _undisturbed(paths: list[Path]) -> tuple[Counter[str], float]:
    """Figures by source if nobody kills the writer, and how many seconds it takes."""
    with tempfile.TemporaryDirectory() as home:
        started = time.monotonic()
        status = _add(paths, home).wait()
        if status:
            raise RuntimeError(f"hashpivot add ended with status {status} though nobody killed it")
        return _counts(Path(home)), time.monotonic() - started


def _add(paths: list[Path], home: str) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "hashpivot", "add", *map(str, paths)]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, env=os.environ | {"HASHPIVOT_HOME": home}, stdout=quiet, stderr=quiet)


def _counts(home: Path) -> Counter[str]:
    """Figures by source of a ledger that was left behind."""
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        ledger.check()
        return Counter(figure.source for figure in ledger.read().figures)
