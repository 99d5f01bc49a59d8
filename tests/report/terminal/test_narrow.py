"""Outlooks and a nowcast at 80 and 40 columns: no line too long, no cell broken; what is dropped is said."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from rich.console import Console

from hashpivot.desk.shared import DeskResult
from hashpivot.testing import bundled_desk

TICKERS = ["CORZ", "RIOT"]
STYLE = re.compile(r"\x1b\[[0-9;]*m")


def shown(result: DeskResult, width: int) -> list[str]:
    out = StringIO()
    result._show(Console(file=out, width=width, force_terminal=True, no_color=True, highlight=False))
    return STYLE.sub("", out.getvalue()).splitlines()


@pytest.fixture(scope="module")
def results() -> dict[str, DeskResult]:
    desk = bundled_desk()
    return {
        "outlook": desk.outlook("CORZ", paths=256, beside=["bitcoin_halves"], why=True),
        "outlooks": desk.outlooks((), TICKERS, paths=256),
        "nowcast": desk.nowcast(None, TICKERS),
        "one nowcast": desk.nowcast(None, ["CORZ"]),
    }


@pytest.mark.parametrize("name", ["outlook", "outlooks", "nowcast", "one nowcast"])
@pytest.mark.parametrize("width", [80, 40])
def test_no_line_is_longer_than_the_terminal(results: dict[str, DeskResult], name: str, width: int) -> None:
    lines = shown(results[name], width)
    assert max(map(len, lines)) <= width
    assert not any(
        line.startswith(" ") and (line.rstrip().endswith(" /") or "…" in line) for line in lines
    )  # a broken cell
    if width == 40:
        assert any(line.startswith("Left out at 40 columns") for line in lines)
