"""A ledger of real filings, and of made-up ones, with the store beside it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from hashpivot import Desk
from hashpivot.core import HashpivotError
from hashpivot.desk import add_file
from hashpivot.sources import Store

SAMPLE = ("ixbrl/RIOT_10Q-2024-06-30", "ixbrl/BTBT_6K-2024-06-30", "submissions/CORZ_8K_2025Q3")


def _keep(store: Store, number: int, file: Path) -> None:
    data = file.read_bytes()
    plain = gzip.decompress(data) if file.suffix == ".gz" else data
    store.put(f"file/{number}.htm", plain)


@pytest.fixture(scope="session")
def few(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _home(shared, tmp_path_factory.mktemp("few"), SAMPLE)


@pytest.fixture
def real_desk(few: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three real filings in the ledger and the store."""
    monkeypatch.setenv("HASHPIVOT_HOME", str(few))
    return Desk.open(few / "ledger.sqlite3")


def _home(shared: Path, home: Path, names: tuple[str, ...]) -> Path:
    with Store(home / "store") as store:
        for number, file in enumerate(sorted((shared / "filings").glob("*/*.gz"))):
            if not any(name in file.as_posix() for name in names):
                continue
            try:
                add_file(file, home / "ledger.sqlite3")
            except HashpivotError:
                continue
            if "MARA" not in file.name:
                _keep(store, number, file)
    return home
