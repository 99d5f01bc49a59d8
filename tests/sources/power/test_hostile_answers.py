"""Answers that are JSON and zip, but not ERCOT's: every one ends in a state, none in a traceback."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from hashpivot.sources.power import DayState, PublicReports
from hashpivot.sources.store import Store
from hashpivot.testing.services.ercot import ERCOT_REPORTS, ErcotService, ercot_postings
from hashpivot.testing.services.http import SeenRequest, ServedAnswer

from .conftest import fetched

DAY = date(2026, 6, 1)
VALUES: list[Any] = [
    None,
    True,
    -1,
    10**30,
    1e308,
    "",
    "²",
    "25:61",
    "2026-02-31",
    [],
    {},
    [[]],
    {"name": 1},
    "x" * 500,
]


def mutated(value: Any, dice: random.Random) -> Any:
    """The value with one thing in it replaced, removed or doubled."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(list(value))
        if dice.random() < 0.15:
            return {name: held for name, held in value.items() if name != key}
        return value | {key: mutated(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        place = dice.randrange(len(value))
        if dice.random() < 0.15:
            return value[:place] + value[place + 1 :]
        return [*value[:place], mutated(value[place], dice), *value[place + 1 :]]
    return dice.choice(VALUES)


@pytest.mark.parametrize("age", [5, 200])
def test_mutated_answers_end_in_a_state(public: Callable[..., PublicReports], store: Store, age: int) -> None:
    dice, states = random.Random(age), set()

    def fault(request: SeenRequest, right: ServedAnswer) -> ServedAnswer:
        if right.body.startswith(b"PK"):
            cells = bytearray(right.body)
            cells[dice.randrange(len(cells))] ^= 1 << dice.randrange(8)
            return replace(right, body=bytes(cells))
        return replace(right, body=json.dumps(mutated(json.loads(right.body), dice)).encode())

    with ErcotService(ercot_postings(DAY, DAY, ("HB_WEST",), ERCOT_REPORTS[:1])) as service:
        service.now = (
            datetime(2026, 6, 1, tzinfo=UTC).replace(day=6)
            if age == 5
            else datetime(2026, 12, 18, tzinfo=UTC)
        )
        route = public(service)
        for _ in range(60):
            service.fail(fault, "NP4-190|np4-190", times=None)
            (one,) = fetched(route, store, "day-ahead", DAY, DAY, service.now).values()
            states.add(one.state)
            service.heal()
            for document in list(store):
                store.drop(document.key)
    assert states <= {DayState.COMPLETE, DayState.MISSING, DayState.UNREADABLE, DayState.UNREACHABLE}
    assert DayState.UNREADABLE in states
