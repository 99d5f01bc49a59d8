"""`hashpivot ledger check`, `backup`, `restore`, `vacuum` and `repair` as a user runs them."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree

import pytest

FILINGS = Path(__file__).parents[2] / "ledger" / "data" / "filings-0.1.0"
COMPANIES = '[EXMP]\nname = "Example Mining Inc."\ncik = "1"\n'
RECORD = (
    "ticker,measure,period,value,unit,known,title,grade,locator\n"
    "EXMP,total_revenue,2026Q3,180000000,usd,2026-10-29,Results,B,table 1\n"
)


@pytest.fixture
def home(tmp_path: Path, run) -> Path:
    home = tmp_path / "home"
    home.mkdir()
    (home / "companies.toml").write_text(COMPANIES)
    folder = copytree(FILINGS, tmp_path / "filings")
    for name, day in (("exmp-20240331.htm", "2024-05-08"), ("exmp-20240630.htm", "2024-08-01")):
        assert not run("add", str(folder / name), "--filed", day, "--ticker", "EXMP").returncode
    (tmp_path / "record.csv").write_text(RECORD)
    assert not run("record", "figures", str(tmp_path / "record.csv")).returncode
    return home


def damage(home: Path, text: bytes) -> None:
    path = home / "ledger.sqlite3"
    data = bytearray(path.read_bytes())
    data[data.index(text)] ^= 1
    path.write_bytes(data)


def test_a_sound_ledger(run, home: Path) -> None:
    done = run("ledger", "check")
    assert done.returncode == 0 and "3 sources" in done.stdout and "sound: every row is there" in done.stdout
    backup = run("ledger", "backup", "safe.sqlite3", "--json")
    assert json.loads(backup.stdout)["rows"]["sources"] == 3
    again = run("ledger", "backup", "safe.sqlite3")
    assert again.returncode == 1 and "there is a file of this name" in again.stderr
    assert "checked" in run("ledger", "vacuum").stdout
    restored = run("ledger", "restore", "safe.sqlite3")
    assert restored.returncode == 0 and "the ledger before" in restored.stdout
    assert "sound: left as it is" in run("ledger", "repair").stdout


def test_a_damaged_filing_is_named_and_read_again(run, home: Path) -> None:
    lines = run("lines", "EXMP", "--json").stdout
    damage(home, b"exmp-20240331")
    done = run("ledger", "check", "--json")
    (found,) = json.loads(done.stdout)["damaged"]
    assert done.returncode == 1 and found["ticker"] == "EXMP" and found["rows"]
    assert "damaged" in run("lines", "EXMP").stderr
    repaired = run("ledger", "repair", "--json")
    assert repaired.returncode == 0, repaired.stderr
    assert [row["source"] for row in json.loads(repaired.stdout)["reread"]] == [found["source"]]
    assert json.loads(run("lines", "EXMP", "--json").stdout)["rows"] == json.loads(lines)["rows"]


def test_what_was_recorded_by_hand_is_named_with_what_can_be_read(run, home: Path) -> None:
    damage(home, b"180000000")
    done = run("ledger", "repair")
    assert done.returncode == 1 and "lost: EXMP Results" in done.stdout
    assert "can be read: EXMP/2026Q3/total_revenue/total@" in done.stdout and "080000000 usd" in done.stdout
    assert "hashpivot record" in done.stdout and "the damaged ledger" in done.stdout
    assert run("ledger", "check").returncode == 0


def test_sources_of_an_earlier_reader_are_named(run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hashpivot.desk.ledger._upkeep.READER_VERSION", 10_000)
    done = run("ledger", "check")
    assert done.returncode == 0 and "2 sources were read by an earlier version of the reader" in done.stdout
    assert "exmp-20240331.htm" in done.stdout and "hashpivot add" in done.stdout


@pytest.mark.parametrize(
    "words", [["check"], ["backup"], ["vacuum"], ["repair"], ["restore", "none.sqlite3"]]
)
def test_without_a_ledger(run, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "empty").touch()
    named = (tmp_path / "empty", tmp_path / "typo.sqlite3")
    for ledger in named if words == ["check"] else ("", *named):
        done = run("ledger", *words, ledger=ledger)
        assert done.returncode == 1 and "hint:" in done.stderr and "sound" not in done.stdout, done


def test_before_the_first_filing_there_is_nothing_to_check(run) -> None:
    done = run("ledger", "check")
    assert done.returncode == 0 and "no ledger yet" in done.stdout and "sound" not in done.stdout
    assert json.loads(run("ledger", "check", "--json").stdout)["rows"]["sources"] == 0


def test_a_ledger_that_is_none_is_one_clear_line(run, tmp_path: Path) -> None:
    (tmp_path / "rubbish").write_bytes(b"rubbish" * 1000)
    for word in ("check", "backup", "vacuum", "repair"):
        done = run("ledger", word, ledger=tmp_path / "rubbish")
        assert done.returncode == 1 and "not a ledger" in done.stderr, done


@pytest.mark.parametrize(
    ("words", "tool"),
    [
        (["backup"], "pg_dump"),
        (["restore", "x"], "pg_restore"),
        (["vacuum"], "VACUUM"),
        (["repair"], "pg_res"),
    ],
)
def test_a_ledger_on_a_server_is_kept_by_the_servers_tools(run, words: list[str], tool: str) -> None:
    done = run("ledger", *words, ledger="postgresql://reader:secret@127.0.0.1:9/ledger")
    assert done.returncode == 1 and tool in done.stderr and "secret" not in done.stderr
