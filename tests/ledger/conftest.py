from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.core import MEASURES, Figure, Line, Source
from hashpivot.ledger import View, bundled

Make = Callable[..., Figure]


@pytest.fixture(scope="session")
def desk() -> View:
    """The bundled figures alone, latest known."""
    return View(bundled())


@pytest.fixture
def source() -> Callable[..., Source]:
    def make(key: str, *, grade: str = "A", known: date = date(2025, 1, 31)) -> Source:
        return Source(key, "TEST", "10-Q", known, "filed", grade)

    return make


@pytest.fixture
def figure() -> Make:
    def make(
        value: object,
        start: str | None,
        end: str,
        *,
        line: str | None = None,
        measure: str = "revenue",
        source: str = "s",
        label: str = "row",
        known: date = date(2025, 1, 31),
        decimals: int | None = 0,
        cut: str = "main",
    ) -> Figure:
        return Figure(
            "TEST",
            measure,
            Line(line) if line else None,
            date.fromisoformat(start) if start else None,
            date.fromisoformat(end),
            Decimal(str(value)),
            MEASURES[measure].unit,
            label,
            source,
            "row",
            known,
            decimals=decimals,
            cut=cut,
        )

    return make
