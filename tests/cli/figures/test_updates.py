"""A production update from the file to the nowcast."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hashpivot.ledger import Ledger
from hashpivot.testing import release_page, release_table

HEAD = (
    "<p>CASTLE ROCK, Colo., October 5, 2026 /PRNewswire/ -- Riot Platforms, Inc. (NASDAQ: RIOT) announced</p>"
)
ROWS = (
    ("", "", "", "", "2:Comparison (%)"),
    ("Metric", "September 2026 (1)", "August 2026", "July 2026", "Month/Month", "Year/Year"),
    ("Bitcoin Produced", "430", "455", "470", "-5%", "-4%"),
    ("Blocks Won", "137", "145", "150", "-6%", "-4%"),
    ("Deployed Hash Rate - Rockdale (EH/s)", "16.0", "16.0", "16.0", "0%", "0%"),
    ("Deployed Hash Rate - Total (EH/s)", "38.0", "37.5", "37.0", "1%", "4%"),
    ("Avg. Operating Hash Rate - Total (EH/s)", "33.0", "32.5", "32.0", "2%", "4%"),
)


@pytest.fixture
def update(tmp_path: Path) -> Path:
    path = tmp_path / "update.htm"
    path.write_bytes(release_page(HEAD, release_table(*ROWS)))
    return path


def nowcast(run_json: Any, as_of: str) -> dict[str, Any]:
    (riot,) = run_json("nowcast", "2026Q3", "RIOT", "--as-of", as_of)["companies"]
    return riot


def test_read_shows_the_operating_figures(run, run_json, update: Path) -> None:
    (reading,) = run_json("read", str(update))["readings"]
    assert reading["periods"] == [] and reading["measures"] == [] and reading["warnings"] == []
    assert reading["document_period_end"] == "2026-09-30"
    mined = [f for f in reading["operating"] if f["measure"] == "bitcoin_mined"]
    assert [(f["start"], f["value"]) for f in mined] == [
        ("2026-09-01", 430),
        ("2026-08-01", 455),
        ("2026-07-01", 470),
    ]
    shown = run("read", str(update)).stdout
    assert "bitcoin_blocks_won" in shown and "table:0/row:5/col:1" in shown


def test_an_update_added_is_what_the_nowcast_stands_on(run_json, update: Path, tmp_path: Path) -> None:
    before = nowcast(run_json, "2026-10-06")
    (added,) = run_json("add", str(update))["added"]
    assert (added["ticker"], added["figures"], added["known"]) == ("RIOT", 12, "2026-10-05")
    with Ledger.open(tmp_path / "home" / "ledger.sqlite3") as ledger:
        ids = {figure.id for figure in ledger.read().figures if figure.measure == "bitcoin_mined"}
    after, eve = nowcast(run_json, "2026-10-06"), nowcast(run_json, "2026-10-04")
    assert before["level"] != "updates" and eve["level"] != "updates" and after["level"] == "updates"
    assert len(ids) == 3 and ids <= {given["source"] for given in after["inputs"]}
    assert not any(given["source"] in ids for given in eve["inputs"])
    width, wide = (
        mining["p90_usd"] - mining["p10_usd"] for mining in (after["lines"][0], before["lines"][0])
    )
    assert width < wide / 5


def test_a_page_of_percentages_is_not_added(run, tmp_path: Path) -> None:
    rows = (("", "September 2026", "August 2026"), ("Bitcoin Produced", "4%", "3%"))
    (tmp_path / "update.htm").write_bytes(release_page(HEAD, release_table(*rows)))
    done = run("add", "update.htm")
    assert done.returncode == 1 and "no figures" in done.stderr
