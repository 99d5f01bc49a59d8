"""What has changed in a user's own file is told in one plain line on standard error."""

from __future__ import annotations

from pathlib import Path

from .conftest import Run


def test_a_renamed_key_of_a_scenario_is_one_plain_line(run_process: Run, tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_text("[finance]\nleast_cash_usd = 5e6\n", encoding="utf-8")
    done = run_process("outlook", "RIOT", "--scenario", "old.toml", "--write", "new.toml")
    assert done.returncode == 0 and "minimum_cash_usd" in (tmp_path / "new.toml").read_text(encoding="utf-8")
    (line,) = done.stderr.splitlines()
    assert line.startswith("hashpivot: old.toml") and "'least_cash_usd' is now 'minimum_cash_usd'" in line


def test_another_ledger_is_named_by_the_environment(run_process: Run, tmp_path: Path) -> None:
    (tmp_path / "not-a-ledger.sqlite3").write_text("not a ledger", encoding="utf-8")
    done = run_process("lines", "RIOT", ledger=tmp_path / "not-a-ledger.sqlite3")
    assert done.returncode == 1 and "not-a-ledger.sqlite3" in done.stderr
