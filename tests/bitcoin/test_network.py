import math
from bisect import bisect
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.bitcoin import (
    BLOCKS_PER_EPOCH,
    BLOCKS_PER_HALVING,
    SATOSHI_PER_BTC,
    NetworkDay,
    NetworkHistory,
    fees_of,
    issuance_sat,
)
from hashpivot.bitcoin._fees import ESTIMATED_HIGH, ESTIMATED_LOW
from hashpivot.core import InvalidInput, NoData, Quarter

from .conftest import shared_rows

HISTORY = NetworkHistory.load()
PRICED = (HISTORY.first_priced_day - HISTORY.first_day).days
positions = st.integers(0, len(HISTORY) - 1)


def without_fees(history: NetworkHistory, start: date, days: int) -> NetworkHistory:
    hidden = range((start - history.first_day).days, (start - history.first_day).days + days)
    rows = [
        row._replace(fees_btc=None, fees_flag="missing") if position in hidden else row
        for position, row in enumerate(history)
    ]
    return NetworkHistory(rows)


def test_known_days() -> None:
    assert HISTORY.day(date(2023, 12, 31)).price_usd == 42284
    assert HISTORY.day(date(2024, 3, 13)).price_usd == 73072
    assert HISTORY.day(date(2025, 10, 6)).price_usd == 124659
    assert HISTORY.hashprice_usd_per_ph_day(date(2025, 11, 21)) == pytest.approx(35.42, abs=0.05)


def test_a_days_fees_can_be_far_from_the_mean_of_its_month(collected: NetworkHistory) -> None:
    """The day after the 2024 halving paid eight times the month's mean; hashprice was 187.5."""
    day = date(2024, 4, 20)
    assert collected.hashprice_usd_per_ph_day(day) == pytest.approx(187.5, abs=0.05)
    assert HISTORY.hashprice_usd_per_ph_day(day) == pytest.approx(62.1, abs=0.1)
    assert HISTORY.over(date(2024, 4, 1), date(2024, 4, 30)).mean_hashprice_usd_per_ph_day == pytest.approx(
        collected.over(date(2024, 4, 1), date(2024, 4, 30)).mean_hashprice_usd_per_ph_day, rel=0.01
    )


def test_the_history_is_read_once_and_reads_well() -> None:
    assert NetworkHistory.load() is HISTORY
    assert repr(HISTORY).startswith("NetworkHistory(2010-07-18 to ")
    assert HISTORY[0].day == HISTORY.first_day
    assert HISTORY[-2:][-1].day == HISTORY.last_day


@given(positions, positions)
def test_issuance_over_any_span_is_the_protocols_to_the_satoshi(one: int, other: int) -> None:
    first, last = HISTORY[min(one, other)], HISTORY[max(one, other)]
    issued = sum(row.issuance_btc for row in HISTORY[min(one, other) : max(one, other) + 1])
    expected = issuance_sat(first.height_end - first.blocks + 1, last.height_end)
    assert issued * SATOSHI_PER_BTC == expected


@given(st.integers(PRICED, len(HISTORY) - 1), st.integers(0, 400), st.integers(0, 400))
def test_periods_add_up(start: int, first: int, second: int) -> None:
    days = [
        HISTORY[min(start + step, len(HISTORY) - 1)].day for step in (0, first, first + 1, first + 1 + second)
    ]
    if days[2] > days[1]:
        whole = HISTORY.over(days[0], days[3])
        parts = (HISTORY.over(days[0], days[1]), HISTORY.over(days[2], days[3]))
        for name in (
            "days",
            "blocks",
            "issuance_btc",
            "fees_btc",
            "revenue_usd",
            "btc_per_eh",
        ):
            assert getattr(whole, name) == pytest.approx(
                sum(getattr(part, name) for part in parts), rel=1e-12
            )


def test_a_quarter_with_exact_fees() -> None:
    quarter = HISTORY.quarter(Quarter(2024, 4))
    rows = [HISTORY.day(date(2024, 10, 1) + timedelta(days=n)) for n in range(92)]
    assert (quarter.start, quarter.end, quarter.days) == (date(2024, 10, 1), date(2024, 12, 31), 92)
    assert quarter.blocks == rows[-1].height_end - rows[0].height_end + rows[0].blocks
    assert quarter.issuance_btc == quarter.blocks * 3.125
    assert (
        quarter.fees_low_btc
        == quarter.fees_btc
        == quarter.fees_high_btc
        == math.fsum(r.fees_btc for r in rows)
    )
    assert (quarter.fees_missing_days, quarter.fees_approx_days, quarter.fee_uncertainty) == (0, 0, 0)
    assert quarter.mean_price_usd == pytest.approx(fmean(r.price_usd for r in rows), rel=1e-14)
    earned = [86400e18 / 2**32 / r.difficulty * (r.issuance_btc + r.fees_btc) / r.blocks for r in rows]
    assert quarter.btc_per_eh == pytest.approx(sum(earned), rel=1e-12)
    hashprices = [btc / 1000 * r.price_usd for btc, r in zip(earned, rows, strict=True)]
    assert quarter.mean_hashprice_usd_per_ph_day == pytest.approx(fmean(hashprices), rel=1e-12)
    subsidy_only = quarter.mean_subsidy_hashprice_usd_per_ph_day
    assert subsidy_only == pytest.approx(
        quarter.mean_hashprice_usd_per_ph_day * (1 - quarter.fee_share), rel=2e-3
    )


def test_miners_of_all_hash_rate_earn_what_the_protocol_pays() -> None:
    quarter = HISTORY.quarter(Quarter(2025, 1))
    blocks_at_pace = quarter.days * 144 / quarter.blocks
    network = quarter.btc_per_eh * quarter.mean_hash_rate_ehs
    assert network == pytest.approx((quarter.issuance_btc + quarter.fees_btc) * blocks_at_pace, rel=5e-3)


def test_quarters_are_whole_and_complete() -> None:
    quarters = dict(HISTORY.quarters())
    assert next(iter(quarters)) == Quarter(2017, 4)
    assert all(period.days == quarter.days for quarter, period in quarters.items())
    assert len(quarters) == max(quarters).since(min(quarters)) + 1


def test_missing_fees_are_estimated_not_zero() -> None:
    period = HISTORY.over(date(2026, 7, 1), date(2026, 7, 31))
    assert period.fees_missing_days == period.days == 31
    assert 0 < period.fees_low_btc < period.fees_btc < period.fees_high_btc
    assert period.mean_hashprice_usd_per_ph_day > period.mean_subsidy_hashprice_usd_per_ph_day
    assert 0 < period.fee_uncertainty < 0.01


def test_approximate_fees_have_an_interval() -> None:
    fees = HISTORY.fees(date(2026, 8, 16))
    assert fees == pytest.approx((2.06, 2.06 * 0.95 - 0.1, 2.06 * 1.05 + 0.1))


def test_a_missing_day_takes_the_mean_of_the_days_around_it(collected: NetworkHistory) -> None:
    day = date(2025, 6, 15)
    around = [collected.day(day + timedelta(days=n)) for n in range(-14, 15) if n]
    per_block = [row.fees_btc / row.blocks for row in around]
    blocks = collected.day(day).blocks
    expected = (fmean(per_block) * blocks, min(per_block) * blocks, max(per_block) * blocks)
    assert without_fees(collected, day, 1).fees(day) == pytest.approx(expected)


def test_a_point_in_time_view_fills_from_the_past_only(collected: NetworkHistory) -> None:
    day = date(2025, 6, 15)
    hidden = without_fees(collected, day, 1)
    past = [collected.day(day - timedelta(days=n)) for n in range(1, 15)]
    expected = fmean(row.fees_btc / row.blocks for row in past) * collected.day(day).blocks
    assert hidden.until(day).fees(day).btc == pytest.approx(expected)
    assert hidden.until(day).last_day == day


@pytest.mark.parametrize("days", [1, 7, 30, 79])
def test_the_fill_holds_on_days_whose_fees_are_known(collected: NetworkHistory, days: int) -> None:
    """Runs of known days since the 2024 halving, hidden: nine sums in ten or more lie in the interval."""
    starts = [date(2024, 6, 1) + timedelta(days=7 * n) for n in range(88)]
    inside, errors = [], []
    for start in starts:
        end = start + timedelta(days=days - 1)
        truth, filled = collected.over(start, end), without_fees(collected, start, days).over(start, end)
        inside.append(filled.fees_low_btc <= truth.fees_btc <= filled.fees_high_btc)
        errors.append(abs(filled.mean_hashprice_usd_per_ph_day / truth.mean_hashprice_usd_per_ph_day - 1))
    assert fmean(inside) >= 0.9
    assert fmean(errors) < 0.01


def test_an_estimated_day_has_an_interval_and_a_whole_month_has_none() -> None:
    day = HISTORY.day(date(2024, 12, 10))
    fees = HISTORY.fees(day.day)
    assert (day.fees_flag, fees.low_btc, fees.high_btc) == (
        "estimated",
        day.fees_btc * ESTIMATED_LOW,
        day.fees_btc * ESTIMATED_HIGH,
    )
    assert HISTORY.over(date(2024, 12, 1), date(2024, 12, 31)).fee_uncertainty == 0
    assert HISTORY.over(date(2024, 12, 1), date(2024, 12, 30)).fee_uncertainty > 0


def test_nine_days_in_ten_lie_in_the_interval_of_an_estimated_day(collected: NetworkHistory) -> None:
    rows = [row for row in HISTORY if row.close_usd and row.fees_flag == "estimated"]
    shares = [
        collected.day(row.day).fees_btc / collected.day(row.day).blocks / (row.fees_btc / row.blocks)
        for row in rows
    ]
    assert fmean(ESTIMATED_LOW <= share <= ESTIMATED_HIGH for share in shares) == pytest.approx(0.9, abs=0.02)


def test_the_mean_of_a_month_is_not_known_before_it_ends() -> None:
    inside, end = HISTORY.until(date(2024, 12, 10)), HISTORY.until(date(2024, 12, 31))
    assert {row.fees_flag for row in inside[-10:]} == {"missing"}
    assert {row.fees_flag for row in end[-31:]} == {"estimated"}
    past = [HISTORY.day(date(2024, 11, 30) - timedelta(days=n)) for n in range(14)]
    per_block = fmean(row.fees_btc / row.blocks for row in past)
    assert inside.fees(inside.last_day).btc == pytest.approx(per_block * inside[-1].blocks)


@pytest.mark.parametrize("day", [date(2024, 12, 10), date(2019, 2, 1), date(2024, 4, 22), date(2022, 7, 20)])
def test_interpolated_blocks_do_not_tell_when_their_epoch_ends(day: date) -> None:
    """As of a day, the running epoch has the protocol's pace: changing the later blocks changes nothing."""
    known = HISTORY.until(day)
    epoch = (known[-1].height_end + 1) // BLOCKS_PER_EPOCH
    assert epoch == (HISTORY.day(day).height_end + 1) // BLOCKS_PER_EPOCH
    halved = known[-1].height_end // BLOCKS_PER_HALVING * BLOCKS_PER_HALVING
    opened = HISTORY.day_of_height(max(epoch * BLOCKS_PER_EPOCH, halved))
    assert all(130 <= row.blocks <= 144 for row in known if row.day > opened)
    assert all(row.blocks == HISTORY.day(row.day).blocks for row in known if row.day <= opened)
    later = [row._replace(height_end=row.height_end + 500) if row.day > day else row for row in HISTORY]
    assert NetworkHistory(later).until(day)[-20:] == known[-20:]
    assert known.until(day) is known


def test_counted_blocks_are_known_on_their_day() -> None:
    known = HISTORY.until(date(2025, 11, 20))
    assert known[-30:] == HISTORY.until(date(2025, 12, 31))[-71:-41]


def test_a_window_of_144_blocks_tells_a_days_fees_to_five_percent(collected: NetworkHistory) -> None:
    """Approximate days rest on 144 blocks counted after midnight; tried on days known block by block."""
    rows = [row for row in shared_rows("block_fees_sample.csv.gz") if int(row["height"]) >= 909_458]
    times = [int(row["time"]) for row in rows]
    fees = [int(row["totalfee_sat"]) / SATOSHI_PER_BTC for row in rows]
    errors = []
    for day in collected.until(date(2026, 1, 30))[-170:]:
        midnight = (day.day.toordinal() + 1 - date(1970, 1, 1).toordinal()) * 86_400
        end = bisect(times, midnight + 6_300)
        errors.append(fmean(fees[end - 144 : end]) * day.blocks / day.fees_btc - 1)
    assert fmean(abs(error) <= 0.05 for error in errors) >= 0.85
    assert abs(fmean(errors)) < 0.01


def test_no_fees_at_all_is_said() -> None:
    row = HISTORY[0]._replace(fees_btc=None, fees_flag="missing")
    with pytest.raises(NoData, match="no other day"):
        fees_of([row], 0)


@pytest.mark.parametrize("day", [date(2010, 7, 17), HISTORY.last_day + timedelta(days=1), date.max, date.min])
def test_a_day_outside_names_the_range(day: date) -> None:
    for call in (
        HISTORY.day,
        HISTORY.fees,
        HISTORY.until,
        lambda d: HISTORY.over(min(d, date(2020, 1, 1)), d),
    ):
        with pytest.raises(NoData) as caught:
            call(day)
        assert f"{HISTORY.first_day} to {HISTORY.last_day}" in str(caught.value)


def test_an_unfinished_quarter_is_no_data() -> None:
    with pytest.raises(NoData):
        HISTORY.quarter(Quarter.containing(HISTORY.last_day + timedelta(days=1)))


def test_a_period_backwards() -> None:
    with pytest.raises(InvalidInput):
        HISTORY.over(date(2024, 2, 1), date(2024, 1, 31))


def test_an_empty_history() -> None:
    with pytest.raises(NoData):
        NetworkHistory([])


@given(positions, st.floats(0, 1))
def test_the_day_of_a_height(position: int, share: float) -> None:
    row = HISTORY[position]
    height = row.height_end - round(share * (row.blocks - 1))
    assert HISTORY.day_of_height(height) == row.day


@pytest.mark.parametrize(
    "height", [-1, HISTORY[0].height_end - HISTORY[0].blocks, HISTORY[-1].height_end + 1]
)
def test_a_height_outside(height: int) -> None:
    with pytest.raises(NoData):
        HISTORY.day_of_height(height)


def test_a_day_of_a_halving_has_a_mixed_subsidy() -> None:
    day = HISTORY.day(HISTORY.day_of_height(840_000))
    assert isinstance(day, NetworkDay)
    assert 3.125 < day.subsidy_btc < 6.25


def test_a_day_before_the_first_price_says_so() -> None:
    day = HISTORY.first_priced_day - timedelta(days=1)
    for call in (lambda: HISTORY.day(day).price_usd, lambda: HISTORY.over(day, HISTORY.last_day)):
        with pytest.raises(NoData, match=f"no bitcoin price of {day}") as caught:
            call()
        assert "network.csv" in caught.value.hint
    with pytest.raises(NoData, match="has no prices"):
        _ = HISTORY.until(day).first_priced_day
