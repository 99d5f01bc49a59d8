from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hashpivot.outlook import PRESETS

from ..conftest import Run

FEW = ("--paths", "300", "--quarters", "4")
SPREAD = {"p10", "p50", "p90", "mean"}


def test_json_contract(run_json: Callable[..., Any]) -> None:
    answer = run_json("outlook", "IREN", "--scenario", "base", "--seed", "7", *FEW)
    assert {"ticker", "scenario", "seed", "paths", "quarters", "market"} <= set(answer)
    assert (answer["ticker"], answer["scenario"], answer["seed"], answer["paths"]) == ("IREN", "base", 7, 300)
    assert len(answer["quarters"]) == len(answer["market"]) == 4
    for row in answer["quarters"]:
        assert set(row["revenue_usd"]) == set(row["gross_profit_usd"]) == set(row["cash_usd"]) == SPREAD
        assert set(row["effective_lines"]) == SPREAD
        assert all(set(line) == SPREAD for line in row["lines"].values())
        assert row["p_shortfall"] is None
        assert 0 <= row["p_ai_chips_majority"] <= 1
    for row in answer["market"]:
        assert set(row["price_usd"]) == set(row["hashprice_usd_ph_day"]) == set(row["difficulty"]) == SPREAD


def test_what_is_assumed_says_so(run: Run, run_json: Callable[..., Any]) -> None:
    money = [word for name in ("cash_usd=3e8", "debt_usd=9e8", "bitcoin=1e4", "shares=3e8")
             for word in ("--assume", f"finance.{name}")]  # fmt: skip
    absent, assumed = run_json("outlook", "RIOT", *FEW), run_json("outlook", "RIOT", *money, *FEW)
    assert (absent["solvency"]["basis"], assumed["solvency"]["basis"]) == ("absent", "assumed")
    assert "finance.cash_usd" in assumed["solvency"]["assumed"]
    assert assumed["quarters"][0]["p_shortfall"] is not None
    shown = run("outlook", "RIOT", *FEW[:-1] if FEW[-1] == "--json" else FEW).stdout
    assert "needed: 10-Q for 20" in " ".join(shown.split())
    assert "every bill is paid" not in shown


def test_workers_change_nothing(run_process: Run) -> None:
    """Both in a process of its own: the nowcast's linear algebra may differ by 1e-8 after other work."""
    words = ("outlook", "IREN", "--paths", "9000", "--quarters", "2", "--json")
    assert run_process(*words).stdout == run_process(*words, "--workers", "2").stdout


def test_write_then_run(run: Run, run_json: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "iren.toml"
    assert run("outlook", "IREN", "--write", str(path)).returncode == 0
    written = run_json("outlook", "IREN", "--scenario", str(path), *FEW)
    assert written["quarters"] == run_json("outlook", "IREN", *FEW)["quarters"]


def test_table(run: Run) -> None:
    done = run("outlook", "iren", "--scenario", "bitcoin_halves", "--scenario", "ai_tenant_late", *FEW)
    assert done.returncode == 0
    assert "bitcoin −50%, AI tenants 3 quarters late" in done.stdout
    assert "inputs are assumed" in done.stdout


def test_wrong_use(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("[mining]\nhash_rate_ehs = -1\n")
    bad = run("outlook", "RIOT", "--scenario", str(tmp_path / "bad.toml"), "--json")
    assert bad.returncode == 2
    assert "hash_rate_ehs" in bad.stderr
    assert not bad.stdout
    assert run("outlook", "RIOT", "--scenario", "moon").returncode == 2
    assert run("outlook", "RIOT", "--paths", "0").returncode == 2
    assert run("outlook", "NOBODY").returncode == 1
    for more in (("CORZ",), ("--sweep", "sweep.toml", "--out", str(tmp_path))):
        lost = run("outlook", "RIOT", *more, "--assume", "finance.cash_usd=1e8")
        assert lost.returncode == 2 and "--assume" in lost.stderr
    assert run("outlook", "RIOT", "--as-of", "2011-01-01").returncode == 1


def test_an_old_name_of_an_input_is_read_and_said_in_one_line(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.toml"
    path.write_text("[finance]\nleast_cash_usd = 5e6\n")
    done = run("outlook", "RIOT", "--scenario", str(path), "--paths", "20", "--quarters", "2", "--json")
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        f"hashpivot: {path} [finance]: 'least_cash_usd' is now 'minimum_cash_usd'; the old form goes in "
        "hashpivot 0.3"
    ]


def test_as_of(run_json: Callable[..., Any]) -> None:
    answer = run_json("outlook", "CORZ", "--as-of", "2025-03-31", *FEW)
    assert answer["quarters"][0]["quarter"] == "2025Q2"


def test_help_lists_the_scenarios(run: Run) -> None:
    text = run("outlook", "--help").stdout
    assert all(name in text for name in PRESETS)


def test_bridge_and_tornado(run: Run, run_json: Callable[..., Any], tmp_path: Path) -> None:
    words = ("outlook", "CORZ", "--scenario", "ai_tenant_late", "--bridge", *FEW)
    found = run_json(*words)["bridge"]
    steps = sum(found["lines_usd"].values()) + found["overheads_usd"]
    assert abs(found["start_usd"] + steps - found["end_usd"]) < 0.05
    page = tmp_path / "corz.html"
    done = run(*words, "--tornado", "--html", str(page))
    assert done.returncode == 0
    assert "Bridge: adjusted EBITDA" in done.stdout
    assert "Share of variance" in done.stdout
    assert page.stat().st_size > 20_000


def test_sweep(run: Run, run_json: Callable[..., Any], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="results of sweeps need pyarrow (extra cluster)")
    (tmp_path / "sweep.toml").write_text('tickers = ["CORZ", "RIOT"]\n[grid]\n"mining.uptime" = [0.8, 1.0]\n')
    words = ("outlook", "CORZ", "--sweep", "sweep.toml", "--out", "results", *FEW)
    assert run_json(*words)["points"] == 4
    assert len(list((tmp_path / "results").glob("*.parquet"))) == 4
    assert "4 cases" in run(*words).stdout
    assert run("outlook", "CORZ", "--sweep", "sweep.toml").returncode == 2
    assert run(*words, "--tornado").returncode == 2


def test_writing_a_scenario_runs_nothing_else(run, tmp_path) -> None:
    done = run("outlook", "IREN", "--write", str(tmp_path / "i.toml"), "--html", str(tmp_path / "i.html"))
    assert done.returncode == 2 and "--write runs nothing" in done.stderr
    assert not list(tmp_path.glob("i.*"))


def test_the_months_of_a_site_go_in(run: Run, run_json: Callable[..., Any], tmp_path: Path) -> None:
    days = ("--start", "2023-01-01", "--end", "2023-12-31")
    done = run("site", "backtest", "fixed_block", *days, "--regime", "lagged", "--json")
    path = tmp_path / "site.json"
    path.write_text(done.stdout, encoding="utf-8")
    fed = run_json("outlook", "RIOT", "--power", str(path), *FEW)
    assert fed["quarters"] != run_json("outlook", "RIOT", *FEW)["quarters"]
    answer = run_json("nowcast", "2023Q3", "RIOT", "--as-of", "2023-09-30", "--power", str(path))
    assert any(each["name"] == "site_uptime_2023-08" for each in answer["companies"][0]["inputs"])
    several = run("nowcast", "2023Q3", "--power", str(path))
    assert several.returncode == 2 and "name its ticker" in several.stderr
    swept = run("outlook", "RIOT", "--power", str(path), "--sweep", "s.toml", "--out", "o")
    assert swept.returncode == 2 and "--write" in swept.stderr
    none = run("outlook", "RIOT", "--power", str(tmp_path / "none.json"))
    assert none.returncode == 1 and "cannot be read" in none.stderr
