"""The next difficulty and hashprice: from the past alone, sharper as the epoch goes on."""

from __future__ import annotations

from csv import DictReader
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import BLOCKS_PER_EPOCH, NetworkHistory, next_difficulty, next_hashprices
from hashpivot.core import InvalidInput, NoData

DAY = date(2024, 10, 15)


@pytest.fixture(scope="module")
def history(collected: NetworkHistory) -> NetworkHistory:
    """A history whose blocks are all counted."""
    return collected


def adjustments(epochs: list[dict[str, str]]) -> list[tuple[int, date, float]]:
    """Height, day and relative change of the adjustments from 2022 to 2024."""
    found = [(int(e["height"]), date.fromisoformat(e["date_mtp"]), float(e["difficulty"])) for e in epochs]
    return [
        (h, day, new / old - 1) for (_, _, old), (h, day, new) in pairwise(found) if 2022 <= day.year <= 2024
    ]


@pytest.fixture(scope="module")
def epochs(shared: Path) -> list[dict[str, str]]:
    with (shared / "network" / "difficulty_epochs.csv").open(encoding="utf-8") as lines:
        return list(DictReader(lines))


@pytest.mark.parametrize(("before", "most"), [(1, 0.012), (7, 0.025), (12, 0.04)])
def test_real_adjustments_are_met(
    epochs: list[dict[str, str]], history: NetworkHistory, before: int, most: float
) -> None:
    """Mean error over real adjustments; the mean adjustment is 3.4 points."""
    errors = []
    for height, day, change in adjustments(epochs)[::4]:
        known = next_difficulty(history, day - timedelta(days=before))
        if known.height == height:
            errors.append(abs(known.median_change - change))
    assert len(errors) > 10
    assert np.mean(errors) < most


def test_nothing_after_the_day_is_read(history: NetworkHistory) -> None:
    assert next_difficulty(history, DAY) == next_difficulty(history.until(DAY))
    whole, cut = next_hashprices(history, 10, DAY), next_hashprices(history.until(DAY), 10)
    np.testing.assert_array_equal(whole.values_usd_per_ph_day, cut.values_usd_per_ph_day)


def test_the_epoch_ends_at_a_whole_number_of_epochs(history: NetworkHistory) -> None:
    for back in range(0, 60, 7):
        known = next_difficulty(history, history.last_day - timedelta(days=back))
        assert known.height % BLOCKS_PER_EPOCH == 0
        assert known.height - known.blocks_left == history.day(known.as_of).height_end + 1
        assert list(known.change) == sorted(known.change)
        assert 0 < known.days_left < 20


def test_hashprices_spread_as_days_go_on(history: NetworkHistory) -> None:
    values = next_hashprices(history, 14, DAY).values_usd_per_ph_day
    assert values.shape == (14, 7)
    assert (np.diff(values, axis=1) > 0).all()
    assert values[13, -1] - values[13, 0] > 2 * (values[0, -1] - values[0, 0])
    assert values[0, 3] == pytest.approx(history.hashprice_usd_per_ph_day(DAY), rel=0.02)


def test_a_halving_on_the_way_halves_the_subsidy(history: NetworkHistory) -> None:
    values = next_hashprices(history, 10, date(2024, 4, 14)).values_usd_per_ph_day[:, 3]
    assert values[9] < 0.62 * values[0]


def test_bad_questions_are_refused(history: NetworkHistory) -> None:
    with pytest.raises(InvalidInput, match="1 to 30"):
        next_hashprices(history, 31)
    with pytest.raises(NoData, match="at least 300 days"):
        next_difficulty(history, history.first_day + timedelta(days=100))
    with pytest.raises(NoData):
        next_difficulty(history, date(2100, 1, 1))


def test_interpolated_blocks_forecast_nothing() -> None:
    """The bundled table counts blocks of some months only; elsewhere they know how their epoch ended."""
    bundled = NetworkHistory.load()
    for day in (None, DAY):
        with pytest.raises(NoData, match="not counted day by day") as caught:
            next_difficulty(bundled, day)
        assert "network.csv" in caught.value.hint
    assert next_difficulty(bundled, date(2026, 1, 30)).height % BLOCKS_PER_EPOCH == 0
