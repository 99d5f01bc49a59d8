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

_LATEST = 3.0  # seconds; adding the first filings takes less


def run(times: int, seed: int) -> tuple[int, list[str]]:
    """Kill a writer so many times.

    Returns:
        How many filings the ledgers held in the end, and what was wrong with any of them.
    """
    chance, problems, held = random.Random(seed), [], 0
    paths = Snapshot.load().paths("filings/ixbrl")
    whole = _figures(paths)
    for turn in range(times):
        with tempfile.TemporaryDirectory() as folder:
            _kill_after(chance.uniform(0.1, _LATEST), paths, Path(folder))
            counts = _counts(Path(folder) / "ledger.sqlite3")
            held += len(counts)
            problems += [
                f"kill {turn}: {source} has {count} figures, not {whole[source]}"
                for source, count in counts.items()
                if whole[source] != count
            ]
    return held, problems


def _kill_after(seconds: float, paths: list[Path], home: Path) -> None:
    words = [sys.executable, "-m", "hashpivot", "add", *map(str, paths)]
    quiet = subprocess.DEVNULL
    environment = os.environ | {"HASHPIVOT_HOME": str(home)}
    process = subprocess.Popen(words, env=environment, stdout=quiet, stderr=quiet)
    time.sleep(seconds)
    process.kill()
    process.wait()


def _counts(path: Path) -> Counter[str]:
    """Figures by source of a ledger that was left behind."""
    with Ledger.open(path) as ledger:
        ledger.check()
        return Counter(figure.source for figure in ledger.read().figures)


def _figures(paths: list[Path]) -> Counter[str]:
    """Figures by source if nobody kills the writer."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "hashpivot", "add", *map(str, paths)]
        subprocess.run(
            words, env=os.environ | {"HASHPIVOT_HOME": folder}, check=True, stdout=subprocess.DEVNULL
        )
        return _counts(Path(folder) / "ledger.sqlite3")
