from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Run

RunJson = Callable[..., Any]


def test_the_json_contract(run_json: RunJson) -> None:
    answer = run_json("nowcast", "2024Q4", "RIOT", "--as-of", "2025-01-31", "--json")
    assert (answer["quarter"], answer["as_of"]) == ("2024Q4", "2025-01-31")
    (company,) = answer["companies"]
    assert company["ticker"] == "RIOT"
    assert company["level"] == "updates"
    assert {"median_usd", "p10_usd", "p90_usd"} == company["total"].keys()
    assert company["total"]["p10_usd"] < company["total"]["median_usd"] < company["total"]["p90_usd"]
    assert {"line", "median_usd", "p10_usd", "p90_usd"} <= company["lines"][0].keys()
    assert company["bridge"][0]["name"] == "from"
    assert all({"name", "value", "source"} == each.keys() for each in company["inputs"])
    assert all(amount % 1000 == 0 for amount in company["total"].values())


def test_a_table_with_its_details(run: Run) -> None:
    done = run("nowcast", "riot", "--as-of", "2025-01-31")
    assert done.returncode == 0
    assert "Nowcast 2024Q4, as of 2025-01-31" in done.stdout
    assert "From the last report to the nowcast" in done.stdout
    assert "bitcoin price" in done.stdout


@pytest.mark.parametrize("words", [("2024Q4",), ("2024Q4", "RIOT")])
def test_a_chart(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run("nowcast", *words, "--chart", str(tmp_path / "n.svg"))
    assert done.returncode == 0
    assert "<svg" in (tmp_path / "n.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("2024Q4", "NOPE"), 1, "no company"),
        (("2024Q5",), 2, "not a quarter"),
        (("RIOT", "2024Q4"), 2, "comes first"),
        (("2030Q1", "--as-of", "2025-01-31"), 2, "hashpivot outlook"),
        (("2024Q4", "--as-of", "soon"), 2, "Invalid value"),
        (("--backtest", "2024Q4"), 2, "give it alone"),
        (("2009Q1", "--as-of", "2009-02-01"), 1, "too early"),
    ],
)
def test_mistakes_are_told_what_to_do(run: Run, words: tuple[str, ...], status: int, said: str) -> None:
    done = run("nowcast", *words)
    assert done.returncode == status
    assert said in done.stderr


def test_an_as_of_day_without_any_figures_says_so_for_each_company(run: Run) -> None:
    done = run("nowcast", "2021Q1", "RIOT", "--as-of", "2021-03-31")
    assert done.returncode == 0
    assert "nothing of it was known on 2021-03-31" in done.stdout


def test_months_that_tell_nothing_of_the_quarter_are_not_passed_over(run: Run, tmp_path: Path) -> None:
    keys = ("curtailment_credits_usd", "demand_response_credits_usd")
    year = [
        {
            "month": f"2024-{month:02}",
            "uptime": 0.9,
            "power_cost_usd": 1e6,
            "drawn_mwh": 9e4,
            "capacity_mwh": 1e5,
        }
        | dict.fromkeys(keys, 0.0)
        for month in range(1, 13)
    ]
    for months, said in ((year[:6], "no month of the quarter"), (year[7:], "left as it was"), (year, "")):
        path = tmp_path / "site.json"
        path.write_text(json.dumps(months))
        done = run("nowcast", "2024Q4", "RIOT", "--as-of", "2025-01-31", "--power", str(path))
        assert done.returncode == 0
        assert said in done.stderr and bool(said) == ("Note" in done.stderr)
