"""Small inputs on which other tools once went wrong, with the right answers, from `../shared/cases/bugs`.

Each folder's `expected.json` gives the command lines to run and a check of what the last one printed.
"""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

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


def check_case(number: str, tmp_path: Path) -> None:
    """Run the steps of a case and check what the last one printed."""
    folder = next(CASES.glob(f"{number}_*"), None) if CASES.is_dir() else None
    if folder is None:
        pytest.skip(f"needs case {number} of ../shared/cases/bugs, which is not there")
    case = Path(copytree(folder, tmp_path / "case"))
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    done = [run(step, case, expected["env"]) for step in expected["steps"]]
    names = {key: done[-1][key] for key in ("d", "text", "err", "rc")} | {"R": done}
    assert eval(expected["check"], names), expected["right"]


def run(words: list[str], case: Path, env: dict[str, str]) -> dict[str, Any]:
    done = run_here(*words, env=env | {"HASHPIVOT_HOME": str(case / "home")}, folder=case)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = None
    return {"rc": done.returncode, "text": done.stdout, "err": done.stderr, "d": answer}
