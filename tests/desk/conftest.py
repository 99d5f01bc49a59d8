"""Every result a desk hands out, made once from the bundled figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from hashpivot import Desk
from hashpivot.testing import bundled_desk

DAY = datetime(2023, 8, 10, 14)

MAKERS: dict[str, Callable[[Desk], Any]] = {
    "season": lambda desk: desk.season("2024Q4"),
    "compare": lambda desk: desk.compare(["2023Q4", "2024Q4"]),
    "company": lambda desk: desk.company("CORZ"),
    "lines": lambda desk: desk.lines("RIOT"),
    "coverage": lambda desk: desk.coverage(["RIOT", "CORZ"], ["2024Q4", "2025Q1"]),
    "restated": lambda desk: desk.restated("RIOT"),
    "trace": lambda desk: desk.trace("RIOT/2024Q4/revenue/self_mining"),
    "halving": lambda desk: desk.halving(),
    "health": lambda desk: desk.health(),
    "nowcast": lambda desk: desk.nowcast("2024Q4", ["RIOT"], date(2025, 1, 31)),
    "outlook": lambda desk: desk.outlook("RIOT", quarters=4, paths=256, tornado=True, bridge=True),
    "site backtest": lambda desk: desk.site("fixed_block").backtest(date(2024, 12, 1), date(2024, 12, 4)),
    "site plan": lambda desk: desk.site("ai_campus").plan(DAY, 3),
    "site forecast": lambda desk: desk.site("west_texas").forecast(DAY, 3),
    "site allocate": lambda desk: desk.site("mine_weighing_ai").allocate(
        date(2024, 1, 1), date(2024, 12, 30)
    ),
}


@pytest.fixture(scope="session")
def desk() -> Desk:
    return bundled_desk()


@pytest.fixture(scope="session")
def result_of(desk: Desk) -> Callable[[str], Any]:
    return cache(lambda name: MAKERS[name](desk))
