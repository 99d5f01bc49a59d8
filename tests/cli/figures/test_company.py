"""`hashpivot company`."""

from __future__ import annotations

from pathlib import Path

KEYS = [
    "ticker", "name", "cik", "day", "quarters", "newest_quarter", "message", "caveat", "key_numbers", "lines",
    "statements", "operating", "shares", "debt", "megawatts", "contracts", "events", "targets", "answers",
    "absences", "sources",
]  # fmt: skip


def test_tables_and_a_page(run, tmp_path: Path) -> None:
    done = run("company", "CORZ")
    assert done.returncode == 0 and done.stdout.startswith("Core Scientific: ")
    for heading in ("Revenue by line", "Balance sheet", "AI contracts", "The four answers", "Not in ledger"):
        assert heading in done.stdout
    assert "Core Scientific" in (tmp_path / "company-CORZ.html").read_text(encoding="utf-8")


def test_json_prints_nothing_else_and_writes_no_page(run_json, tmp_path: Path) -> None:
    answer = run_json("company", "corz", "--as-of", "2025-12-31", "--quarters", "4")
    assert list(answer) == KEYS
    assert answer["day"] == "2025-12-31" and len(answer["quarters"]) == 4
    assert set(answer["answers"]) == {"revenue", "profitability", "growth", "execution"}
    assert not list(tmp_path.glob("*.html"))


def test_a_company_without_figures(run, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "companies.toml").write_text('[NEWC]\nname = "New Miner Inc."\n', encoding="utf-8")
    done = run("company", "newc", "--excel", "newc.xlsx", "--no-html", home=home)
    assert done.returncode == 0 and "No revenue of New Miner is in the ledger" in done.stdout
    assert (tmp_path / "newc.xlsx").read_bytes().startswith(b"PK") and not list(tmp_path.glob("*.html"))


def test_an_unknown_company(run) -> None:
    done = run("company", "CORS")
    assert done.returncode == 1 and "CORZ" in done.stderr


def test_wrong_usage(run) -> None:
    assert run("company", "CORZ", "--html", "x.html", "--no-html").returncode == 2
    assert run("company", "CORZ", "--quarters", "0").returncode == 2
    assert run("company").returncode == 2
