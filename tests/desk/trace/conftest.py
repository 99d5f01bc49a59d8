"""A ledger of real filings with the store beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from hashpivot import Desk
from hashpivot.desk import add_file

SAMPLE = ("ixbrl/RIOT_10Q-2024-06-30", "ixbrl/BTBT_6K-2024-06-30", "submissions/CORZ_8K_2025Q3")


@pytest.fixture(scope="session")
def few(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("few")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("HASHPIVOT_HOME", str(home))
        for file in sorted((shared / "filings").glob("*/*.gz")):
            if any(name in file.as_posix() for name in SAMPLE):
                add_file(file)
    return home


@pytest.fixture
def real_desk(few: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Three real filings in the ledger and the store."""
    monkeypatch.setenv("HASHPIVOT_HOME", str(few))
    return Desk.open()
