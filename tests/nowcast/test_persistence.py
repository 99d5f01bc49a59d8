"""Quarters not yet reported are one path of the company."""

from __future__ import annotations

import numpy as np
import pytest

from hashpivot.core import Line, Quarter, QuarterDraws
from hashpivot.nowcast._persistence import PERSISTENCE, joined

DRAWS = 4_000


def quarters() -> list[QuarterDraws]:
    random = np.random.default_rng(5)
    found = []
    for step in range(3):
        pay = np.exp(0.3 * random.standard_normal(DRAWS)) if step == 2 else np.ones(DRAWS)
        mined, hosted = np.exp(0.2 * random.standard_normal((2, DRAWS))) * (50e6, 5e6)[step % 2]
        lines = {Line.SELF_MINING: mined * pay, Line.HOSTING: hosted}
        total = lines[Line.SELF_MINING] + lines[Line.HOSTING]
        found.append(QuarterDraws(Quarter(2026, 2) + step, lines, total, pay, {}))
    return found


def test_a_company_above_its_median_stays_above() -> None:
    first, second, last = (
        each.total_usd - each.lines_usd[Line.SELF_MINING] * (1 - 1 / each.usd_per_eh)
        for each in joined(quarters())
    )
    assert np.corrcoef(second, last)[0, 1] == pytest.approx(PERSISTENCE, abs=0.03)
    assert np.corrcoef(first, last)[0, 1] == pytest.approx(PERSISTENCE**2, abs=0.04)


def test_no_quarters_own_draws_change() -> None:
    before = quarters()
    after = joined(before)
    assert (after[-1].total_usd == before[-1].total_usd).all()
    for old, new in zip(before, after, strict=True):
        assert (np.sort(old.total_usd) == np.sort(new.total_usd)).all()
        assert sum(new.lines_usd.values()) == pytest.approx(new.total_usd)


def test_one_quarter_alone_is_as_it_is() -> None:
    (only,) = joined(quarters()[-1:])
    assert (only.total_usd == quarters()[-1].total_usd).all()
