"""The command line: `season --excel`, `lines --excel`, `season --compare`."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from hashpivot.cli._app import app
from hashpivot.report import comparison_tables, print_comparison
from hashpivot.season import KEY_METRICS, Season, compare


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_season_workbook(tmp_path: Path) -> None:
    file = tmp_path / "q.xlsx"
    done = run("season", "2023Q4", "--no-html", "--excel", str(file))
    assert done.exit_code == 0 and f"Workbook: {file}" in done.stdout
    assert file.read_bytes().startswith(b"PK")


def _first_object(text: str) -> dict[str, object]:
    """The JSON that text begins with; the runner of click 8.1 puts standard error behind it."""
    found: dict[str, object] = json.JSONDecoder().raw_decode(text)[0]
    return found


def test_workbook_beside_json(tmp_path: Path) -> None:
    done = run("season", "2023Q4", "--json", "--excel", str(tmp_path / "q.xlsx"))
    assert _first_object(done.stdout)["quarter"] == "2023Q4"
    assert "Workbook:" in done.output
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["q.xlsx"]
    done = run("lines", "riot", "--json", "--excel", str(tmp_path / "riot.xlsx"))
    assert _first_object(done.stdout)["ticker"] == "RIOT"
    assert (tmp_path / "riot.xlsx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--compare",), "two or more"),
        (("--compare", "2024Q4"), "two or more"),
        (("2023Q4", "2024Q4"), "--compare"),
        (("--compare", "2023Q4", "2024Q4", "--excel", "x.xlsx"), "writes no file"),
        (("--compare", "2023Q4", "2024Q4", "--html", "x.html"), "writes no file"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], said: str) -> None:
    done = run("season", *words)
    assert done.exit_code == 2 and said in done.output


def test_compare_prints_four_tables() -> None:
    done = run("season", "--compare", "2023Q4", "2024Q4", "2025Q4")
    assert done.exit_code == 0
    assert done.stdout.count("Overall") == len(KEY_METRICS)
    assert "CORZ" in done.stdout and "up since" in done.stdout


def test_compare_json() -> None:
    done = run("season", "--compare", "2025Q4", "2024Q4", "--json")
    assert json.loads(done.stdout)["quarters"] == ["2024Q4", "2025Q4"]


def test_comparison_tables_hold_every_standing(seasons: dict[str, Season]) -> None:
    comparison = compare(list(seasons.values()))
    for table in comparison_tables(comparison):
        assert [row[0] for row in table.rows] == [course.ticker for course in comparison.companies]
        for (_, cells, _), course in zip(table.rows, comparison.companies, strict=True):
            for cell, standing in zip(cells, course.answers[table.question], strict=True):
                assert cell.verdict == (standing.verdict.replace("_", " ") or "–")
                assert bool(cell.value) != bool(cell.reason)


def test_nothing_in_a_comparison_is_markup(hostile: Season, seasons: dict[str, Season]) -> None:
    out = StringIO()
    print_comparison(compare([hostile, seasons["2025Q4"]]), Console(file=out, width=120))
    assert "[RED]LO" in out.getvalue()
