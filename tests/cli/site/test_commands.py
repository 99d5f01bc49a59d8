"""`hashpivot site` from the outside."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import numpy as np
import pytest

NO_ZONE = """
name = "mine"
limit_mw = 20000
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 5000
"""
PERIOD = ("--start", "2024-08-01", "--end", "2024-08-07")


@pytest.mark.parametrize("inner", [(), ("backtest",), ("plan",), ("forecast",), ("allocate",), ("markets",)])
def test_help_has_an_example(run, inner: tuple[str, ...]) -> None:
    done = run("site", *inner, "--help")
    assert done.returncode == 0 and "Examples:" in done.stdout and "hashpivot site " in done.stdout


def test_backtest_as_table_page_and_json(run, run_json, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    shown = run("site", "backtest", "west_texas", *PERIOD, "--regime", "lagged", "--html", str(page))
    assert shown.returncode == 0, shown.stderr
    assert "perfect foresight" in shown.stdout and page.read_text(encoding="utf-8").startswith(
        "<!DOCTYPE html>"
    )
    answer = run_json("site", "backtest", "west_texas", *PERIOD, "--regime", "lagged")
    assert answer["site"] == "West Texas, indexed" and answer["start"] == "2024-08-01"
    assert [row["policy"] for row in answer["policies"]][-1] == "perfect_foresight"


def write_prices(path: Path, blank: int = 0) -> Path:
    chance = np.random.default_rng(2)
    times = np.datetime64("2024-05-01T05", "h") + np.arange(80 * 24)
    lines = ["ts_utc,rt_usd_per_mwh,da_usd_per_mwh"]
    for n, time in enumerate(times):
        ahead = 30 + chance.normal(0, 5)
        real = "" if n >= len(times) - blank else f"{ahead + chance.normal(0, 15):.2f}"
        lines.append(f"{time}:00Z,{real},{ahead:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_own_prices(run_json, tmp_path: Path) -> None:
    answer = run_json("site", "backtest", "west_texas", "--prices", str(write_prices(tmp_path / "mine.csv")))
    assert answer["zone"] == "LZ_WEST" and answer["start"] == "2024-07-01" and answer["end"] == "2024-07-19"
    assert any("no load_mw" in note for note in answer["notes"])


def test_a_limit_in_kilowatts_is_doubted(run_json, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(NO_ZONE, encoding="utf-8")
    answer = run_json("site", "backtest", str(tmp_path / "mine.toml"), "--zone", "LZ_WEST", *PERIOD)
    said = "limit_mw 20,000 is far above the 17.5 MW the site can draw: is it in kW?"
    assert said in answer["notes"]


def test_markets_as_table_and_json(run, run_json) -> None:
    shown = run("site", "markets").stdout
    assert all(f" {name} " in shown for name in ("aeso", "caiso", "ercot", "miso", "nord_pool", "pjm"))
    ercot = next(market for market in run_json("site", "markets")["markets"] if market["key"] == "ercot")
    assert (ercot["day_ahead"][0]["gate"], ercot["day_ahead"][0]["published"]) == ("10:00", "13:30")
    assert ercot["day_ahead"][0]["start"] is None
    assert ercot["ancillary"][-1]["start"] == "2025-12-05" and ercot["ancillary"][-1]["source"]


def test_prices_under_other_names(run, run_json, tmp_path: Path) -> None:
    lines = write_prices(tmp_path / "mine.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    real = "".join(f"{ts},LZ_WEST,{rt}\n" for ts, rt, _ in rows)
    ahead = "".join(f"{ts},{da}\n" for ts, _, da in rows)
    (tmp_path / "rt.csv").write_text(f"Interval Start,Location,LMP\n{real}", encoding="utf-8")
    (tmp_path / "da.csv").write_text(f"ts_utc,Ahead\n{ahead}", encoding="utf-8")
    files = ("--prices", str(tmp_path / "rt.csv"), "--prices", str(tmp_path / "da.csv"))
    words = ("site", "backtest", "west_texas", "--end", "2024-07-05")
    refused = run(*words, *files)
    assert refused.returncode == 2 and "--columns" in refused.stderr
    refused = run(*words, *files, "--columns", "da_usd_per_mwh:Ahead")
    assert refused.returncode == 2 and "no NAME=COLUMN" in refused.stderr
    both = run_json(*words, *files, "--columns", "da_usd_per_mwh=Ahead")
    alone = run_json(*words, "--prices", str(tmp_path / "mine.csv"))
    mapped = run_json(*words, *files[:2], "--columns", "rt_usd_per_mwh=LMP")
    assert any("stands in" in note for note in mapped["notes"])
    assert [row["profit_usd"] for row in both["policies"]] == [row["profit_usd"] for row in alone["policies"]]
    assert mapped["policies"][0]["profit_usd"] == alone["policies"][0]["profit_usd"]


def test_plan_as_json_and_csv(run, run_json, tmp_path: Path) -> None:
    words = ("site", "plan", "west_texas", "--at", "2024-08-20T14:00", "--hours", "24")
    answer = run_json(*words)
    assert len(answer["hours"]) == 24 and all(g["reason"] for h in answer["hours"] for g in h["groups"])
    rows = list(csv.DictReader(io.StringIO(run(*words, "--csv").stdout)))
    assert len(rows) == 24 * 3 and rows[0]["mode"] in ("off", "eco", "normal")
    ahead = run_json(
        "site", "plan", "west_texas", "--prices", str(write_prices(tmp_path / "p.csv", blank=10))
    )
    assert len(ahead["hours"]) == 10


def test_a_plan_shows_battery_and_panels(run) -> None:
    shown = run("site", "plan", "mine_with_battery", "--hours", "2").stdout
    assert "battery" in shown.split("Day-ahead")[1] and shown.count("gives ") == 2


def test_forecast_and_allocate(run, run_json) -> None:
    seen = run_json("site", "forecast", "--zone", "LZ_WEST", "--at", "2024-08-20T14:00", "--hours", "3")
    assert seen["hours"][0]["local"] == "2024-08-20T14:00"
    period = ("--start", "2024-06-01", "--end", "2024-08-31")
    answer = run_json("site", "allocate", "mine_weighing_ai", *period)
    assert answer["frontier"] and answer["flip_usd_per_ph_day"] > 0
    shown = run("site", "allocate", "mine_weighing_ai", *period)
    assert "AI is worth more" in shown.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("site", "backtest", "none.toml"), 1, "ai_campus"),
        (("site", "backtest", "west_texas", "--zone", "LZ_MOON"), 2, "LZ_WEST"),
        (("site", "backtest", "west_texas", "--fill-gaps"), 2, "--fill-gaps goes with --prices"),
        (("site", "backtest", "west_texas", "--start", "2024-01-02", "--end", "2024-01-01"), 2, "cannot end"),
        (("site", "backtest", "west_texas", "--regime", "psychic"), 2, "live"),
        (("site", "backtest", "west_texas", "--prices", "none.csv"), 1, "none.csv"),
        (("site", "plan", "west_texas", "--hours", "99"), 2, "1 to 48"),
        (("site", "plan", "west_texas", "--csv", "--json"), 2, "exclude each other"),
        (("site", "allocate", "west_texas"), 2, "[conversion]"),
        (
            ("site", "allocate", "mine_weighing_ai", "--start", "2030-01-01", "--end", "2030-02-01"),
            2,
            "prices do not cover",
        ),
        (("site", "dig"), 2, "No such command"),
    ],
)
def test_mistakes_are_named_with_the_right_status(run, words, status: int, said: str) -> None:
    done = run(*words)
    assert (done.returncode, said in done.stderr + done.stdout) == (status, True), (
        done.returncode,
        done.stderr,
    )
    assert "Traceback" not in done.stderr


def test_a_site_without_zone_and_prices_is_told(run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(NO_ZONE, encoding="utf-8")
    done = run("site", "backtest", str(tmp_path / "mine.toml"))
    assert done.returncode == 2 and "no load zone is named" in done.stderr


def test_a_page_into_a_folder_that_is_not_there(run) -> None:
    done = run("site", "backtest", "west_texas", *PERIOD, "--html", "missing/folder/page.html")
    assert done.returncode == 1 and "hint" in done.stderr


@pytest.mark.parametrize("command", ["forecast", "plan"])
def test_the_learned_forecaster_drops_in(run, tmp_path: Path, command: str) -> None:
    pytest.importorskip("lightgbm", reason="needs LightGBM (the extra `site`)")
    prices = write_prices(tmp_path / "prices.csv")
    words = (
        "site",
        command,
        "west_texas",
        "--prices",
        str(prices),
        "--at",
        "2024-07-15T14:00",
        "--hours",
        "3",
    )
    plain, learned = run(*words), run(*words, "--learned")
    assert plain.returncode == learned.returncode == 0
    assert plain.stdout != learned.stdout
