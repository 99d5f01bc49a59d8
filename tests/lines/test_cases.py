"""The small inputs of ../shared/cases/reader, each with its right value."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from hashpivot.lines import Reading, read

CASES = Path(__file__).parents[3] / "shared" / "cases" / "reader"
EXPECTED: dict[str, dict[str, Any]] = (
    json.loads((CASES / "expected.json").read_text(encoding="utf-8")) if CASES.is_dir() else {}
)

pytestmark = pytest.mark.skipif(not EXPECTED, reason="the cases of ../shared/cases/reader are not at hand")


def totals(reading: Reading) -> dict[str, int]:
    return {f"{p.start}..{p.end}": int(p.total_revenue) for p in reading.periods}


@pytest.mark.parametrize("name", sorted(EXPECTED) or ["none"])
def test_right_value(name: str) -> None:
    right = EXPECTED[name]
    started = time.process_time()
    reading = read(CASES / name)
    assert time.process_time() - started <= right.get("seconds_at_most", 20)
    wanted = right.get("total_revenue", right.get("total_revenue_rounded"))
    if wanted is None:
        assert len(reading.periods) > 1 or any("Fiscal" in warning for warning in reading.warnings)
        return
    read_totals = totals(reading)
    assert {period: read_totals.get(period) for period in wanted} == wanted
    assert wanted or not read_totals  # where there is no total none is made
    measures = {f"{r.measure.name} {r.start}..{r.end}": int(r.value) for r in reading.reported}
    for measure, value in right.get("measures", {}).items():
        assert measures[measure] == value
    by_period = {f"{p.start}..{p.end}": p.revenue.by_line() for p in reading.periods}
    for period, lines in right.get("lines_at_least", {}).items():
        found = {str(line): int(value) for line, value in by_period[period].items()}
        assert all(found.get(line, 0) >= value for line, value in lines.items())
