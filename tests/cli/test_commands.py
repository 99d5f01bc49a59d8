"""Every command on the bundled figures: tables, JSON keys, exit status."""

from __future__ import annotations

from pathlib import Path

import pytest


def test_season_prints_a_table_and_writes_a_report(run_process, tmp_path: Path) -> None:
    done = run_process("season", "2024Q4")
    assert done.returncode == 0 and "RIOT" in done.stdout and "BTBT" in done.stdout
    page = (tmp_path / "season-2024Q4.html").read_text(encoding="utf-8")
    assert "Riot Platforms" in page


def test_season_json_prints_nothing_else_and_writes_no_report(run_json, tmp_path: Path) -> None:
    answer = run_json("season", "2025Q4")
    assert answer["quarter"] == "2025Q4" and len(answer["companies"]) >= 5
    assert not list(tmp_path.glob("*.html"))


def test_lines_json(run_json) -> None:
    answer = run_json("lines", "riot")
    assert answer["ticker"] == "RIOT"
    row = next(
        r
        for r in answer["rows"]
        if (r["quarter"], r["measure"], r["line"]) == ("2024Q4", "revenue", "self_mining")
    )
    keys = {"quarter", "measure", "line", "value_usd", "kind", "formula", "figure", "sources", "note"}
    assert set(row) == keys and answer["notes"] == []
    assert row["value_usd"] == 126_351_000 and row["kind"] == "derived" and len(row["sources"]) == 2


def test_any_figure_lines_shows_can_be_traced(run_json) -> None:
    rows = run_json("lines", "BTBT")["rows"]
    for row in rows[:: max(1, len(rows) // 6)]:
        trace = run_json("trace", row["figure"])
        assert trace["figure"] == row["figure"] and float(trace["value"]) == row["value_usd"]


def test_restated_amounts_show_both_vintages(run, run_json) -> None:
    rows = run_json("lines", "RIOT", "--restated")["restated"]
    # Data center hosting was folded into other from 2024 on: 24 thousand became 3,225 in 2024Q1.
    (other,) = [r for r in rows if (r["quarter"], r["measure"], r["line"]) == ("2024Q1", "revenue", "other")]
    assert (other["first_usd"], other["latest_usd"]) == (24_000, 3_225_000)
    assert other["first_known"] < other["latest_known"]
    assert run("lines", "RIOT", "--restated", "--first").returncode == 2


def test_trace_goes_down_to_the_cell(run) -> None:
    done = run("trace", "RIOT/2024Q4/revenue/self_mining")
    assert done.returncode == 0
    assert "126,351,000" in done.stdout and "{0} - {1}" in done.stdout and "fact:" in done.stdout


def test_halving_json(run_json) -> None:
    answer = run_json("halving")
    assert [h["date"] for h in answer["schedule"][:4]] == [
        "2012-11-28",
        "2016-07-09",
        "2020-05-11",
        "2024-04-20",
    ]
    assert answer["schedule"][3]["height"] == 840_000 and answer["next"]["height"] == 1_050_000
    assert answer["next"]["p10"] <= answer["next"]["median"] <= answer["next"]["p90"]
    riot = next(c for c in answer["squeeze"]["companies"] if c["ticker"] == "RIOT")
    assert riot["before"]["breakeven_hashprice_usd_per_ph_day"] > 0


@pytest.mark.parametrize(
    "words",
    [(), ("season",), ("read",), ("add",), ("lines",), ("trace",), ("coverage",), ("halving",), ("site",)],
)
def test_help_has_an_example(run, words: tuple[str, ...]) -> None:
    done = run(*words, "--help")
    assert done.returncode == 0 and "Examples:" in done.stdout and "hashpivot " in done.stdout


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("season", "2024Q9"), 2, "write it like 2024Q4"),
        (("season", "1999Q1"), 1, "no company has figures in 1999Q1"),
        (("season", "--as-of", "yesterday"), 2, "--as-of"),
        (("season", "--html", "a.html", "--no-html"), 2, "exclude each other"),
        (("lines", "RIOTT"), 1, "did you mean RIOT (Riot Platforms"),
        (("lines", "EBON"), 1, "no revenue of EBON is known"),
        (("trace", "nonsense"), 1, "hint"),
        (("trace", "RIOT/2024Q4/revenue/self_minin"), 1, "self_mining"),
        (("trace", "RIOT/2024Q4/revenue/self_mining@00000000"), 1, "hint"),
        (("halving", "--number", "7"), 2, "not happened"),
        (("lines",), 2, "Missing argument"),
        (("seson",), 2, "season"),
        (("read",), 2, "Missing argument"),
    ],
)
def test_mistakes_are_named_with_the_right_status(
    run, words: tuple[str, ...], status: int, said: str
) -> None:
    done = run(*words)
    assert (done.returncode, said in done.stderr) == (status, True), (done.returncode, done.stderr)


def test_report_into_a_folder_that_is_not_there(run) -> None:
    done = run("season", "2024Q4", "--html", "missing/folder/q.html")
    assert done.returncode == 1 and "hint" in done.stderr
