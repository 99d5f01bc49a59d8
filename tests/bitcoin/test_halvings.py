from datetime import date, timedelta
from itertools import pairwise

import pytest

from hashpivot.bitcoin import NetworkHistory, expected_block, halvings, next_halving
from hashpivot.core import InvalidInput, NoData

HISTORY = NetworkHistory.load()


def test_past_halvings_stand_on_their_days() -> None:
    past = [(step.number, step.height, step.day) for step in halvings(HISTORY) if not step.estimated]
    assert past == [
        (1, 210_000, date(2012, 11, 28)),
        (2, 420_000, date(2016, 7, 9)),
        (3, 630_000, date(2020, 5, 11)),
        (4, 840_000, date(2024, 4, 19)),
    ]


def test_the_schedule_runs_to_zero() -> None:
    steps = halvings(HISTORY)
    assert len(steps) == 33
    assert all(later.before_sat == step.after_sat for step, later in pairwise(steps))
    assert (steps[0].before_sat, steps[-1].before_sat, steps[-1].after_sat) == (5_000_000_000, 1, 0)
    assert all(later.day > step.day for step, later in pairwise(steps))
    assert steps[-1].day.year in (2139, 2140)


def test_the_next_halving() -> None:
    estimate = next_halving(history=HISTORY)
    assert (estimate.height, estimate.as_of) == (1_050_000, HISTORY.last_day)
    assert estimate.blocks_left == 1_050_000 - HISTORY[-1].height_end
    assert estimate.p10 < estimate.median < estimate.p90
    assert halvings(HISTORY)[4].day == estimate.median
    assert str(HISTORY.last_day) in estimate.method


def test_an_estimated_height_is_said_to_be_one() -> None:
    """The chain's was 839,852: 148 blocks were left, not the 173 that the protocol's pace leaves."""
    estimate = next_halving(date(2024, 4, 18), HISTORY)
    assert not estimate.counted and estimate.left_words == f"about {estimate.blocks_left:,} blocks"
    assert "the height of 2024-04-18 is estimated" in estimate.method
    assert abs(estimate.blocks_left - 148) < 100 and estimate.median == date(2024, 4, 20)
    counted = next(day.day for day in reversed(HISTORY) if day.blocks_flag == "counted")
    known = next_halving(counted, HISTORY)
    assert known.counted and not known.left_words.startswith("about") and "estimated" not in known.method


@pytest.mark.parametrize("day", [date(2015, 3, 31), date(2019, 6, 30), date(2022, 12, 31)])
def test_nothing_after_the_day_asked_is_used(day: date) -> None:
    assert next_halving(day, HISTORY) == next_halving(history=HISTORY.until(day))
    later = [row._replace(height_end=row.height_end + 10**6) if row.day > day else row for row in HISTORY]
    assert next_halving(day, NetworkHistory(later)) == next_halving(day, HISTORY)


@pytest.mark.parametrize(
    ("day", "height", "within"),
    [(date(2015, 6, 30), 420_000, 15), (date(2019, 3, 31), 630_000, 15), (date(2022, 9, 30), 840_000, 15)],
)
def test_a_year_or_so_ahead_the_median_is_days_off(day: date, height: int, within: int) -> None:
    estimate = next_halving(day, HISTORY)
    assert estimate.height == height
    assert abs((estimate.median - HISTORY.day_of_height(height)).days) <= within


def test_most_intervals_held() -> None:
    """Every quarter start since 2014: an 80% interval must hold in at least that share."""
    days = [date(year, month, 1) - timedelta(days=1) for year in range(2014, 2025) for month in (1, 4, 7, 10)]
    estimates = [
        e for e in (next_halving(day, HISTORY) for day in days) if e.height <= HISTORY[-1].height_end
    ]
    held = [e.p10 <= HISTORY.day_of_height(e.height) <= e.p90 for e in estimates]
    assert len(held) == 42
    assert sum(held) >= 0.8 * len(held)


def test_a_steady_chain_is_foretold_exactly() -> None:
    first = HISTORY[0]
    days = [first.day + timedelta(days=n) for n in range(200)]
    heights = range(209_999 - 144 * 249, 210_000, 144)
    steady = [first._replace(day=d, blocks=144, height_end=h) for d, h in zip(days, heights, strict=False)]
    estimate = next_halving(history=NetworkHistory(steady))
    assert (estimate.height, estimate.blocks_left) == (210_000, 50 * 144 + 1)
    assert estimate.p10 == estimate.median == estimate.p90 == days[-1] + timedelta(days=51)


def test_stretches_must_fit_the_history() -> None:
    with pytest.raises(NoData, match="too short"):
        expected_block(2_000_000, HISTORY)


def test_a_block_already_known() -> None:
    with pytest.raises(InvalidInput, match="was known"):
        expected_block(840_000, HISTORY)


def test_the_first_days_are_too_short_a_history() -> None:
    with pytest.raises(NoData, match="too short"):
        next_halving(date(2010, 12, 31), HISTORY)


def test_a_day_outside_the_history() -> None:
    with pytest.raises(NoData):
        next_halving(HISTORY.last_day + timedelta(days=1), HISTORY)


def test_no_halving_is_left() -> None:
    end = HISTORY[-1]._replace(height_end=6_930_000)
    with pytest.raises(NoData, match="no halving is left"):
        next_halving(history=NetworkHistory([end]))
