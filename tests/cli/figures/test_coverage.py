"""`hashpivot coverage`: table, list of reports, JSON, page, mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

LINE = re.compile(r"[A-Z]+ [\w-]+(,[\w-]+)? \d{4}Q[1-4]")


def test_the_table_shows_companies_quarters_and_reports_to_get(run) -> None:
    done = run("coverage", "--quarters", "2024Q3..2025Q2")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("RIOT", "2024Q3", "2025Q2", "Reports to get"))


def test_missing_prints_one_report_a_line_and_nothing_else(run, run_json) -> None:
    lines = run("coverage", "--season", "2025Q4", "--missing").stdout.splitlines()
    assert lines and all(LINE.fullmatch(line) for line in lines)
    reports = run_json("coverage", "--season", "2025Q4", "--missing")["missing"]
    assert [report["fetch"] for report in reports] == lines
    assert {"form", "quarter", "fiscal", "due", "measures", "verdicts", "metrics", "unlocks"} <= set(
        reports[0]
    )


def test_json_of_named_companies(run_json) -> None:
    answer = run_json("coverage", "riot", "corz", "riot", "--quarters", "2024Q4")
    assert set(answer) == {"quarters", "day", "companies", "missing"} and answer["quarters"] == ["2024Q4"]
    assert sorted(company["ticker"] for company in answer["companies"]) == ["CORZ", "RIOT"]
    (quarter,) = answer["companies"][0]["quarters"]
    assert set(quarter) == {"quarter", "fiscal", "form", "owed", "parts"}
    assert quarter["parts"]["total"]["best_grade"] in ("A", "B", "C")


def test_a_few_companies_are_told_how_far_their_reports_reach(run) -> None:
    said = " ".join(run("coverage", "MARA", "--as-of", "2025-03-31").stdout.split())
    assert re.search(r"No report of MARA later than 202\dQ\d is in the ledger; next: 10-[QK] for", said)


def test_a_page_is_written(run, tmp_path: Path) -> None:
    done = run("coverage", "RIOT", "--html", "c.html", "--missing")
    assert done.returncode == 0 and "c.html" in done.stderr
    assert (tmp_path / "c.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--quarters", "2024Q1..", "RIOT"), 2, "write it like 2024Q4"),
        (("--quarters", "2025Q1..2024Q1"), 2, "earliest first"),
        (("--season", "2024"), 2, "write it like 2024Q4"),
        (("--season", "2024Q1", "--quarters", "2024Q1"), 2, "exclude each other"),
        (("RIOTT",), 1, "did you mean RIOT (Riot Platforms"),
        (("--as-of", "2015-01-01"), 1, "holds no revenue"),
    ],
)
def test_mistakes_are_named(run, words: tuple[str, ...], status: int, said: str) -> None:
    done = run("coverage", *words)
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr
