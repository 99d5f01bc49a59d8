"""Ctrl-C in the middle of writing is raised as it is, and never told as a failure of one file."""

import sqlite3
from pathlib import Path

import pytest

from hashpivot.ledger import Ledger
from hashpivot.ledger.store.database import _sqlite


@pytest.mark.parametrize("committed", [True, False])
def test_while_a_new_ledger_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, committed: bool) -> None:
    make = _sqlite.run_script

    def interrupted(connection: sqlite3.Connection, script: str) -> None:
        make(connection, script)
        if committed:
            connection.execute("COMMIT")
        raise KeyboardInterrupt

    monkeypatch.setattr(_sqlite, "run_script", interrupted)
    path = tmp_path / "ledger.sqlite3"
    with Ledger.open(path) as ledger, pytest.raises(KeyboardInterrupt), ledger.transaction():
        pass
    monkeypatch.undo()
    with Ledger.open(path) as ledger:
        with ledger.transaction():
            pass
        assert not ledger.read().sources
