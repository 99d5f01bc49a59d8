"""A desk that keeps up with its files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.desk import CurrentDesk
from hashpivot.ledger import Ledger
from hashpivot.nowcast import days_known
from hashpivot.testing import MadeUpMiner


def add(path: Path) -> None:
    held = (
        MadeUpMiner(days_known(NetworkHistory.load(), date(2025, 5, 1))).quarter("2024Q4", None, 4e7).held()
    )
    with Ledger.open(path) as ledger:
        for key, source in held.sources.items():
            ledger.add(source, [figure for figure in held.figures if figure.source == key])


def test_it_is_the_same_until_a_file_changes(tmp_path: Path) -> None:
    current = CurrentDesk(tmp_path / "ledger.sqlite3")
    before = current.get()
    assert current.get() is before
    add(tmp_path / "ledger.sqlite3")
    after = current.get()
    assert after is not before
    assert "TEST" in after.view.tickers()
    assert current.get() is after


def test_a_season_is_computed_once_for_each_state(tmp_path: Path) -> None:
    current = CurrentDesk(tmp_path / "ledger.sqlite3")
    season = current.season()
    assert current.season() is season
    add(tmp_path / "ledger.sqlite3")
    assert current.season() is not season


def test_the_users_own_companies_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_HOME", str(tmp_path))
    current = CurrentDesk()
    before = current.get()
    (tmp_path / "companies.toml").write_text('[NEW]\nname = "New Mining Inc."\n', encoding="utf-8")
    assert current.get() is not before
    assert current.get().company_of("New Mining").ticker == "NEW"
