"""Small inputs on which other tools once went wrong, with the right answers, from `../shared/cases/bugs`.

Each folder's `expected.json` gives the command lines to run and a check of what the last one printed.
"""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from hashpivot.site import load_site

from .in_process import run_here

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "bugs"
WHICH_COUNTS = (
    "01",
    "03",
    "05",
    "07",
    "09",
    "10",
    "11",
    "13",
    "14",
    "15",
    "17",
    "19",
    "20",
    "22",
    "23",
    "26",
    "28",
)


@pytest.mark.parametrize("number", WHICH_COUNTS)
def test_which_figure_counts_and_whose_it_is(number: str, tmp_path: Path) -> None:
    check_case(number, tmp_path)


def test_nothing_acts_on_the_terminal(tmp_path: Path) -> None:
    check_case("50", tmp_path)


def test_a_zone_half_an_hour_off_shows_its_own_time(tmp_path: Path) -> None:
    check_case("44", tmp_path)


def test_quarter_hours_are_decided_and_settled_as_such(tmp_path: Path) -> None:
    """Once refused, as its `expected.json` says; a quarter of an hour is an interval like another now."""
    done = done_steps("42", tmp_path)[-1]
    assert done["rc"] == 0, done["err"]
    always_on = done["d"]["policies"][0]
    assert always_on["drawn_mwh"] == pytest.approx(load_site("west_texas").normal_mw * 24 * 72)
    assert always_on["hours_off"] == 0


def check_case(number: str, tmp_path: Path) -> None:
    """Run the steps of a case and check what the last one printed."""
    done = done_steps(number, tmp_path)
    expected = json.loads((tmp_path / "case" / "expected.json").read_text(encoding="utf-8"))
    names = {key: done[-1][key] for key in ("d", "text", "err", "rc")} | {"R": done}
    assert eval(expected["check"], names), expected["right"]


def done_steps(number: str, tmp_path: Path) -> list[dict[str, Any]]:
    """Run the steps of a case in a copy of its folder."""
    folder = next(CASES.glob(f"{number}_*"), None) if CASES.is_dir() else None
    if folder is None:
        pytest.skip(f"needs case {number} of ../shared/cases/bugs, which is not there")
    case = Path(copytree(folder, tmp_path / "case"))
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    return [run(step, case, expected["env"]) for step in expected["steps"]]


def run(words: list[str], case: Path, env: dict[str, str]) -> dict[str, Any]:
    done = run_here(*words, env=env | {"HASHPIVOT_HOME": str(case / "home")}, folder=case)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    return {"rc": done.returncode, "text": done.stdout, "err": done.stderr, "d": answer}
