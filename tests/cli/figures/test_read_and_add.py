"""`read` and `add`: good and bad files, the ledger that grows by whole filings."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

import hashpivot
from hashpivot.ledger import Ledger
from hashpivot.testing import InlineFiling, product

REVENUE = "us-gaap:Revenues"


@pytest.fixture
def filing(tmp_path: Path) -> Path:
    path = tmp_path / "exmp-20240630.htm"
    path.write_bytes(
        InlineFiling()
        .statement(
            ("Bitcoin mining", REVENUE, 70, product("Mining")),
            ("Cloud services", REVENUE, 20, product("Cloud")),
            ("Total revenue", REVENUE, 90),
            ("Bitcoin mining", "us-gaap:CostOfRevenue", 40, product("Mining")),
        )
        .write()
    )
    return path


def test_read_json_keeps_the_contract(run_json, filing: Path) -> None:
    (reading,) = run_json("read", str(filing))["readings"]
    assert set(reading["source"]) == {"file", "sha256", "form", "accession"}
    assert set(reading["company"]) == {"name", "cik", "ticker"} and reading["company"]["ticker"] == "EXMP"
    assert reading["document_period_end"] == "2024-06-30"
    (period,) = reading["periods"]
    assert (period["start"], period["end"], period["months"], period["quarter"]) == (
        "2024-04-01",
        "2024-06-30",
        3,
        "2024Q2",
    )
    assert period["total_revenue_usd"] == 90_000 and period["ties"] is True
    assert [(r["line"], r["label"], r["value_usd"]) for r in period["revenue"]] == [
        ("self_mining", "Bitcoin mining", 70_000),
        ("ai_cloud", "Cloud services", 20_000),
    ]
    assert period["cost_of_revenue"][0]["value_usd"] == 40_000
    assert {"eliminations_usd", "unattributed_usd"} <= set(period)
    assert reading["operating"] == [] and reading["measures"][0]["measure"] == "operating_income"


def test_one_bad_file_among_good_ones(run, filing: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.htm").write_bytes(b"\x00\x01\x02" * 50)
    done = run("read", str(filing), "bad.htm", "missing.htm", ".", "--json")
    readings = json.loads(done.stdout)["readings"]
    assert done.returncode == 1 and len(readings) == 4
    assert "error" not in readings[0]
    for reading in readings[1:]:
        assert set(reading["error"]) == {"kind", "message", "hint"} and reading["error"]["message"]


def test_adding_makes_the_company_appear_and_twice_changes_nothing(run, run_json, filing: Path) -> None:
    first = run_json("add", str(filing), "--filed", "2024-08-01")["added"][0]
    again = run_json("add", str(filing))["added"][0]
    assert first["new"] and first["figures"] > 0 and first["known"] == "2024-08-01"
    assert not again["new"] and again["figures"] == 0
    rows = run_json("lines", "EXMP")["rows"]
    amounts = {(r["measure"], r["line"]): r["value_usd"] for r in rows}
    assert amounts["revenue", "ai_cloud"] == 20_000 and amounts["gross_profit", "self_mining"] == 30_000
    season = run_json("season", "2024Q2")
    exmp = next(c for c in season["companies"] if c["ticker"] == "EXMP")
    assert exmp["answers"]["revenue"]["verdict"] == "meaningful"
    assert run("lines", "EXMP", "--as-of", "2024-07-31").returncode == 1


def test_a_corrupt_ledger_is_named_and_left_alone(run, filing: Path, tmp_path: Path) -> None:
    home = tmp_path / "broken"
    home.mkdir()
    ledger = home / "ledger.sqlite3"
    ledger.write_bytes(b"this is not a database" * 100)
    before = ledger.read_bytes()
    for words in (("season", "2024Q4"), ("add", str(filing))):
        done = run(*words, home=home)
        assert done.returncode == 1 and "ledger" in done.stderr and "hint" in done.stderr
    assert ledger.read_bytes() == before


def test_a_home_that_is_a_file(run, filing: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("add", str(filing), home=tmp_path / "file")
    assert done.returncode == 1 and "hint" in done.stderr


def test_a_filing_of_no_known_company_is_not_added(run, tmp_path: Path) -> None:
    text = InlineFiling().statement(("Total revenue", REVENUE, 90)).write().decode()
    anonymous = text.replace(">EXMP<", "><")
    (tmp_path / "anonymous.htm").write_text(anonymous)
    done = run("add", "anonymous.htm")
    assert done.returncode == 1 and "companies.toml" in done.stderr
    assert not (tmp_path / "home" / "ledger.sqlite3").exists()


def test_a_release_that_disagrees_with_one_held_is_said_aloud(run, run_json, filing: Path) -> None:
    other = filing.with_name("restated.htm")
    changed = filing.read_text().replace(">90<", ">95<")
    other.write_text(changed)
    run_json("add", str(filing), "--filed", "2024-08-01")
    (added,) = run_json("add", str(other), "--filed", "2024-08-05")["added"]
    assert any(
        "total revenue is 95,000" in warning and "both are kept" in warning for warning in added["warnings"]
    )
    (again,) = run_json("add", str(other))["added"]
    assert not any("both are kept" in warning for warning in again["warnings"])


def test_the_ledger_is_plain_sqlite(run, filing: Path, tmp_path: Path) -> None:
    assert run("add", str(filing)).returncode == 0
    with sqlite3.connect(tmp_path / "home" / "ledger.sqlite3") as connection:
        assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
        with pytest.raises(sqlite3.DatabaseError):
            connection.execute("delete from figures")
    connection.close()


def test_add_killed_at_random_moments_leaves_whole_filings(run, tmp_path: Path) -> None:
    quarters = [
        (f"{year}-{month:02d}-01", f"{year}-{month + 2:02d}-30")
        for year in range(2018, 2026)
        for month in (4, 7)
    ]
    paths = [tmp_path / f"{start}.htm" for start, _ in quarters]
    for path, span in zip(paths, quarters, strict=True):
        made = InlineFiling(span=span).statement(("Bitcoin mining revenue", REVENUE, 90)).write()
        path.write_bytes(made.replace(b"</body>", b"<p>We expect to operate 45 EH/s by 2030.</p></body>"))
    home, chance = tmp_path / "home", random.Random(1)
    words = [sys.executable, "-m", "hashpivot", "add", *map(str, paths)]
    for _ in range(15):
        process = subprocess.Popen(
            words, env=os.environ | {"HASHPIVOT_HOME": str(home)}, stdout=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.05, 0.6))
        process.kill()
        process.wait()
        with Ledger.open(home / "ledger.sqlite3") as ledger:
            ledger.check()
            held = ledger.read()
        each = Counter(figure.source for figure in held.figures)
        assert set(each) == set(held.sources) and len(set(each.values())) <= 1
        said = Counter(remark.source for remark in held.remarks)
        assert set(said) == set(held.sources) and set(said.values()) <= {2}, "read, and one target"
    assert run("add", *map(str, paths), home=home).returncode == 0
    with Ledger.open(home / "ledger.sqlite3") as ledger:
        assert len(ledger.read().sources) == len(paths)


def test_a_file_that_an_earlier_reader_read_is_read_again(
    run, run_json, filing: Path, tmp_path: Path
) -> None:
    """As if 0.1 had read it with another total, and with an amount that nobody finds any more."""
    ledger = tmp_path / "ledger.sqlite3"
    reading = hashpivot.read(filing)
    total = next(figure for figure in reading.figures() if figure.measure == "total_revenue")
    wrong = replace(total, value=total.value * 1000)
    gone = replace(total, measure="net_income")
    others = [figure for figure in reading.figures() if figure != total]
    with Ledger.open(ledger) as opened:
        opened.add(replace(reading.source, reader=0), [wrong, gone, *others])
    (added,) = run_json("add", str(filing), ledger=ledger)["added"]
    assert (added["new"], added["reread"], added["figures"]) == (False, True, 1)
    changes = {change["measure"]: (change["old"], change["new"]) for change in added["changes"]}
    assert changes == {"total_revenue": (90_000_000, 90_000), "net_income": (90_000, None)}
    assert "already in the ledger" in run("add", str(filing), ledger=ledger).stdout
    answer = run_json("trace", "EXMP/2024Q2/total_revenue", ledger=ledger)
    assert answer["value"] == "90000" and answer["known"] == str(reading.source.known)
    before = run_json("trace", "EXMP/2024Q2/total_revenue", "--as-of", "2025-12-31", ledger=ledger)
    assert before["value"] == "90000000"


def test_a_symbol_that_is_none_is_refused_by_name_and_breaks_nothing(run, run_json, filing: Path) -> None:
    for symbol in ("N/A", "EXMP (pending)"):
        other = filing.with_name("other.htm")
        other.write_bytes(filing.read_bytes().replace(b">EXMP<", f">{symbol}<".encode()))
        done = run("add", str(other), "--filed", "2024-08-01")
        assert done.returncode == 1 and repr(symbol) in done.stderr
    slashed = filing.with_name("slashed.htm")
    slashed.write_bytes(filing.read_bytes().replace(b">EXMP<", b">EXM/B<"))
    (added,) = run_json("add", str(slashed), "--filed", "2024-08-01")["added"]
    assert added["ticker"] == "EXM.B"
    season = run_json("season", "2024Q2")
    assert "EXM.B" in {company["ticker"] for company in season["companies"]}


def test_a_ledger_that_holds_a_symbol_with_a_slash_still_answers(
    run_json, filing: Path, tmp_path: Path
) -> None:
    """0.1 stored symbols as covers write them."""
    ledger = tmp_path / "ledger.sqlite3"
    reading = hashpivot.read(filing)
    source = replace(reading.source, ticker="EXM/B")
    with Ledger.open(ledger) as opened:
        opened.add(source, [replace(figure, ticker="EXM/B") for figure in reading.figures()])
    season = run_json("season", "2024Q2", ledger=ledger)
    assert {"EXM/B", "RIOT"} <= {company["ticker"] for company in season["companies"]}
    assert run_json("trace", "EXM/B/2024Q2/total_revenue", ledger=ledger)["value"] == "90000"


def test_lines_of_which_only_a_longer_period_is_known_say_so(run, run_json, tmp_path: Path) -> None:
    path = tmp_path / "half.htm"
    filing = InlineFiling(span=("2024-01-01", "2024-06-30"))
    path.write_bytes(
        filing.statement(("Mining", REVENUE, 9, product("Mining")), ("Total revenue", REVENUE, 9)).write()
    )
    run("add", str(path), "--filed", "2024-08-01")
    answer = run_json("lines", "EXMP")
    assert answer["rows"] == [] and answer["notes"] == []
    assert [gap["figure"] for gap in answer["missing"] if "total" in gap["figure"]] == [
        "EXMP/2024Q1/total_revenue", "EXMP/2024Q2/total_revenue",
    ]  # fmt: skip
    assert all("half year 2024-01-01..2024-06-30 is known" in gap["reason"] for gap in answer["missing"])
    shown = run("lines", "EXMP").stdout
    assert "quarters that cannot be derived" in shown and "2024Q2 cannot be derived" in shown
