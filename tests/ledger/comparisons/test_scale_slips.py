"""Slips of scale are those of every figure compared with all before it, though few are compared."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from hashpivot.core import Figure, Line, Source
from hashpivot.ledger.comparisons import ScaleSlip, scale_slips
from hashpivot.ledger.comparisons._scale_slips import (
    Compared,
    by_day_known,
    is_comparative,
    own_ends,
    question_of,
    slips_of_columns,
)
from hashpivot.ledger.comparisons._sound_figures import SoundFigures

DAYS = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30)]
SOURCES = {
    f"s{n}": Source(f"s{n}", "RIOT", "10-Q", DAYS[n % 3] + timedelta(n), "filed", "A", period_end=DAYS[n % 3])
    for n in range(5)
}


def all_compared(figures: list[Figure]) -> list[ScaleSlip[Figure]]:
    """Every figure beside every one before it."""
    reported = by_day_known(figures)
    ends = own_ends(reported, SOURCES)
    sound: dict[object, SoundFigures[Figure]] = defaultdict(SoundFigures)
    compared = []
    for order, figure in enumerate(reported):
        alike = sound[question_of(figure)]
        earlier = alike.any_before(figure)
        held = alike.judge(figure, order, is_comparative(figure, ends))
        compared.append(Compared(figure, held, earlier))
    return slips_of_columns(compared)


def made_up(draw: Random) -> list[Figure]:
    return [
        Figure(
            "RIOT", measure, draw.choice((None, Line.HOSTING)), end - timedelta(days=90), end,
            Decimal(draw.choice((0, 5, -5, 7, 12345))) * 1000 ** draw.choice((0, 0, 0, 1, 2, 3)),
            "usd", f"row {row}", source.key, f"fact:{row}", source.known, decimals=draw.choice((0, -3)),
        )
        for row, (measure, end, source) in enumerate(
            (draw.choice(("revenue", "cash")), draw.choice(DAYS), draw.choice([*SOURCES.values()]))
            for _ in range(draw.randrange(2, 25))
        )
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_few_are_compared_and_none_is_missed(seed: int) -> None:
    draw, found = Random(seed), 0
    for _ in range(60):
        figures = made_up(draw)
        slips = scale_slips(figures, SOURCES)
        assert slips == all_compared(figures)
        found += len(slips)
    assert found > 5
