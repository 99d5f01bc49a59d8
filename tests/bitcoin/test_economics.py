import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashpivot.bitcoin import (
    NetworkHistory,
    breakeven_hashprice_usd_per_ph_day,
    breakeven_power_usd_per_mwh,
    btc_per_eh_day,
    difficulty_of_ehs,
    hash_rate_ehs,
    hash_rate_ths,
    hashprice_usd_per_ph_day,
)
from hashpivot.core import InvalidInput, parse_day

amount = st.floats(1e-3, 1e6)
difficulty = st.floats(1, 1e18)


def test_hash_rate_of_difficulty_one() -> None:
    assert hash_rate_ths(1) == pytest.approx(2**32 / 600 / 1e12, rel=1e-15)
    assert hash_rate_ehs(86_388_558_925_171.02) == pytest.approx(618.40, abs=0.01)


def test_the_worked_example_of_a_breakeven() -> None:
    assert breakeven_power_usd_per_mwh(50.0, 20.0) == pytest.approx(50 / 0.48, rel=1e-14)
    assert breakeven_hashprice_usd_per_ph_day(60.0, 25.0) == pytest.approx(36.0, rel=1e-14)
    assert breakeven_hashprice_usd_per_ph_day(-10.0, 25.0) == pytest.approx(-6.0, rel=1e-14)


def test_all_hash_rate_finds_144_blocks_a_day() -> None:
    assert btc_per_eh_day(1e14, 3.125) * hash_rate_ehs(1e14) == pytest.approx(144 * 3.125, rel=1e-14)


@given(difficulty)
def test_hash_rate_and_difficulty_are_inverse(value: float) -> None:
    assert difficulty_of_ehs(hash_rate_ehs(value)) == pytest.approx(value, rel=1e-14)


@given(amount, amount)
def test_breakevens_are_inverse(power: float, j_per_th: float) -> None:
    hashprice = breakeven_hashprice_usd_per_ph_day(power, j_per_th)
    assert breakeven_power_usd_per_mwh(hashprice, j_per_th) == pytest.approx(power, rel=1e-14)


@given(difficulty, amount, amount, amount)
def test_hashprice_is_bitcoin_per_eh_at_the_price(
    d: float, subsidy: float, fees: float, price: float
) -> None:
    expected = btc_per_eh_day(d, subsidy, fees) / 1000 * price
    assert hashprice_usd_per_ph_day(d, subsidy, fees, price) == pytest.approx(expected, rel=1e-12)
    only = hashprice_usd_per_ph_day(d, subsidy, 0.0, price)
    assert expected - only == pytest.approx(only * fees / subsidy, rel=1e-6, abs=1e-9 * expected)


def test_hashprice_agrees_with_the_published_series(
    published_hashprices: list[dict[str, str]], collected: NetworkHistory
) -> None:
    assert len(published_hashprices) > 5000
    for row in published_hashprices:
        day = collected.day(parse_day(row["date"]))
        subsidy = float(row["hashprice_subsidy_usd_ph_day"])
        assert day.subsidy_hashprice_usd_per_ph_day == pytest.approx(subsidy, rel=1e-6, abs=1e-4)
        if row["hashprice_usd_ph_day"]:
            full = float(row["hashprice_usd_ph_day"])
            assert collected.hashprice_usd_per_ph_day(day.day) == pytest.approx(full, rel=1e-6, abs=1e-4)


@pytest.mark.parametrize("wrong", [0.0, -1.0, math.nan, math.inf, 5e-324, 1e308, 10**400])
def test_a_difficulty_or_efficiency_must_be_positive(wrong: float) -> None:
    for call in (hash_rate_ths, hash_rate_ehs, difficulty_of_ehs):
        with pytest.raises(InvalidInput):
            call(wrong)
    with pytest.raises(InvalidInput):
        hashprice_usd_per_ph_day(wrong, 3.125, 0.0, 1e5)
    with pytest.raises(InvalidInput):
        breakeven_power_usd_per_mwh(50.0, wrong)


@pytest.mark.parametrize("wrong", [-1.0, math.nan, math.inf, 1e308, 10**400])
def test_amounts_must_not_be_negative(wrong: float) -> None:
    for amounts in ((wrong, 0.0, 1e5), (3.125, wrong, 1e5), (3.125, 0.0, wrong)):
        with pytest.raises(InvalidInput):
            hashprice_usd_per_ph_day(1e14, *amounts)
    with pytest.raises(InvalidInput):
        breakeven_power_usd_per_mwh(wrong, 20.0)
    if wrong != -1.0:
        with pytest.raises(InvalidInput):
            breakeven_hashprice_usd_per_ph_day(wrong, 20.0)
