"""`hashpivot record` and `hashpivot ledger export`, as a user runs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hashpivot.cli import app
from hashpivot.ledger.records import RECORD_KINDS

ROW = (  # noqa: SIM905
    "--ticker RIOT --measure bitcoin_mined --period 2026-05-01..2026-05-31 --value 514 --unit btc "
    "--known 2026-06-03 --title Production --grade B --locator table --recorded-on 2026-07-01"
).split()


@pytest.fixture
def hashpivot(tmp_path: Path) -> Callable[..., Result]:
    environment = {"HASHPIVOT_HOME": str(tmp_path), "HASHPIVOT_LEDGER": "", "COLUMNS": "120"}
    return lambda *words: CliRunner(env=environment).invoke(app, words, catch_exceptions=True)


def test_one_row_then_its_trace(hashpivot: Callable[..., Result]) -> None:
    done = hashpivot("record", "figure", *ROW)
    assert (done.exit_code, done.exception) == (0, None)
    assert "figures: 1 recorded" in done.output
    again = json.loads(hashpivot("record", "figures", *ROW, "--json").output)
    assert (again["new"], again["held"], again["rows"][0]["status"]) == (0, 1, "held")
    trace = json.loads(hashpivot("trace", again["rows"][0]["id"], "--json").output)
    assert (trace["value"], trace["locator"], trace["source"]["known_basis"]) == ("514", "table", "recorded")


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_a_template_is_a_table(kind: str, hashpivot: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(hashpivot("record", kind, "--template").output)
    assert "nothing was recorded" in hashpivot("record", kind, str(path), "--check").output
    assert "1 recorded" in hashpivot("record", kind, str(path)).output
    assert "already in the ledger" in hashpivot("record", kind, str(path)).output
    columns = json.loads(hashpivot("record", kind, "--template", "--json").output)["columns"]
    assert [c["name"] for c in columns] == path.read_text().splitlines()[0].split(",")


def test_a_wrong_table_stores_nothing(hashpivot: Callable[..., Result], tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    text = hashpivot("record", "figures", "--template").output
    path.write_text(text + text.splitlines()[1].replace("67500000", "67.5m").replace("2024Q3", "2024Q2"))
    done = hashpivot("record", "figures", str(path), "--json")
    assert done.exit_code == 2
    printed = done.output
    answer: Any = json.JSONDecoder().raw_decode(printed[printed.index("{") :])[0]
    assert [(fault["line"], fault["column"]) for fault in answer["faults"]] == [(3, "value")]
    assert answer["error"]["kind"] == "row_faults"
    assert "line 3, value: '67.5m' is not a plain number" in printed
    assert not (tmp_path / "ledger.sqlite3").exists()
    missing = hashpivot("record", "figures", str(tmp_path / "none.csv"))
    assert missing.exit_code == 1


@pytest.mark.parametrize("words", [[], ["t.csv", "--ticker", "RIOT"], ["t.csv", "--template"]])
def test_wrong_usage(words: list[str], hashpivot: Callable[..., Result]) -> None:
    done = hashpivot("record", "figures", *words)
    assert done.exit_code == 2
    assert "give a FILE, the options of one row, or --template" in done.output


def test_export(hashpivot: Callable[..., Result], tmp_path: Path) -> None:
    shown = hashpivot(
        "ledger", "export", "figures", "--ticker", "RIOT", "--measure", "cash"
    ).output.splitlines()
    assert shown[0].startswith("ticker,measure,line,period,value")
    assert all(line.startswith("RIOT,cash,") for line in shown[1:])
    out = tmp_path / "c.csv"
    assert hashpivot("ledger", "export", "contracts", "--out", str(out)).output.endswith(" rows\n")
    answer = json.loads(hashpivot("ledger", "export", "sources", "--as-of", "2024-12-31", "--json").output)
    assert max(row["known"] for row in answer["rows"]) <= "2024-12-31"
    named = json.loads(hashpivot("ledger", "export", "splits", "--out", str(out), "--json").output)
    assert named == {"table": "splits", "file": str(out), "rows": 0}
    assert hashpivot("ledger", "export", "figures", "--format", "parquet").exit_code == 2


def test_export_as_parquet(hashpivot: Callable[..., Result], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs pyarrow (extra parquet)")
    out = tmp_path / "f.parquet"
    assert hashpivot("ledger", "export", "figures", "--out", str(out)).exit_code == 0
    assert parquet.read_table(out).num_rows > 2_000
