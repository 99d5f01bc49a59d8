from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashpivot.core import (
    HashpivotError,
    InvalidInput,
    NoData,
    PowerMonth,
    Quarter,
    UnreadableFile,
    power_mean,
    read_power_months,
    whole_quarters,
)

AUGUST = PowerMonth("2023-08", 0.8, 20e6, 5e6, 8e6, 200_000.0, 250_000.0)


def year(number: int = 2023) -> list[PowerMonth]:
    return [replace(AUGUST, month=f"{number}-{month:02}") for month in range(1, 13)]


def written(path: Path, answer: object) -> Path:
    path.write_text(json.dumps(answer), encoding="utf-8")
    return path


def test_a_month_by_hand() -> None:
    assert (AUGUST.first_day, AUGUST.last_day) == (date(2023, 8, 1), date(2023, 8, 31))
    assert AUGUST.credits_usd == 25e6
    assert AUGUST.net_power_usd_per_mwh == -85.0
    assert replace(AUGUST, month="2024-02").last_day == date(2024, 2, 29)


def test_a_mean_by_hand() -> None:
    other = PowerMonth("2023-09", 0.9, 1e6, 0.0, 12e6, 300_000.0, 750_000.0)
    mean = power_mean([AUGUST, other])
    assert mean.uptime == pytest.approx((0.8 * 250 + 0.9 * 750) / 1_000)
    assert mean.power_usd_per_mwh == pytest.approx(20e6 / 500_000)
    assert mean.credits_usd_per_mwh == pytest.approx(26e6 / 500_000)
    assert mean.credits_usd_per_mw_hour == pytest.approx(26.0)


def test_no_power_has_no_mean() -> None:
    with pytest.raises(NoData, match="no power was used"):
        power_mean([replace(AUGUST, drawn_mwh=0.0)])


def test_quarters_are_whole_or_left_out() -> None:
    held = whole_quarters(year()[1:11])
    assert list(held) == [Quarter(2023, 2), Quarter(2023, 3)]
    assert [month.month for month in held[Quarter(2023, 2)]] == ["2023-04", "2023-05", "2023-06"]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    months = year()
    answer = {"site": "x", "power_by_month": [month.to_dict() for month in reversed(months)]}
    assert list(read_power_months(written(tmp_path / "a.json", answer))) == months


@given(st.floats(0.0, 1.0), st.floats(1.0, 1e6), st.floats(0.0, 1e8))
def test_a_mean_lies_between(uptime: float, capacity: float, credit: float) -> None:
    one, two = AUGUST, PowerMonth("2023-08", uptime, credit, 1.0, 2.0, 3.0, capacity)
    mean, parts = power_mean([one, two]), [power_mean([one]), power_mean([two])]
    assert min(p.uptime for p in parts) - 1e-12 <= mean.uptime <= max(p.uptime for p in parts) + 1e-12
    assert mean.credits_usd_per_mw_hour * (one.capacity_mwh + capacity) == pytest.approx(
        one.credits_usd + two.credits_usd
    )


def test_a_site_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.json"
    path.write_text(json.dumps([AUGUST.to_dict()]))
    with pytest.raises(InvalidInput, match="given twice"):
        read_power_months(path, tmp_path / ".." / tmp_path.name / "site.json")


def test_files_of_several_sites_add_up(tmp_path: Path) -> None:
    first = written(tmp_path / "a.json", [month.to_dict() for month in year()])
    larger = [replace(m, uptime=1.0, capacity_mwh=3 * m.capacity_mwh) for m in year()]
    second = written(tmp_path / "b.json", [month.to_dict() for month in larger])
    both = read_power_months(first, second)[7]
    assert both.month == "2023-08" and both.credits_usd == 2 * AUGUST.credits_usd
    assert both.uptime == pytest.approx((0.8 + 3 * 1.0) / 4)
    assert both.capacity_mwh == 4 * AUGUST.capacity_mwh
    shorter = written(tmp_path / "c.json", [month.to_dict() for month in year()[:-1]])
    with pytest.raises(InvalidInput, match="not those of"):
        read_power_months(first, shorter)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"uptime": 1.2}, "uptime = 1.2"),
        ({"uptime": True}, "uptime = True is no number"),
        ({"drawn_mwh": -1}, "drawn_mwh"),
        ({"power_cost_usd": "much"}, "power_cost_usd = 'much' is no number"),
        ({"power_cost_usd": float("nan")}, "power_cost_usd = nan"),
        ({"power_cost_usd": 10**400}, "too large"),
        ({"month": "August"}, "'August' is no month"),
        ({"month": "2023-13"}, "no month"),
        ({"month": "9999-12"}, "too far ahead"),
    ],
)
def test_bad_months_are_named(tmp_path: Path, change: dict[str, object], message: str) -> None:
    row = AUGUST.to_dict() | change
    with pytest.raises(InvalidInput, match=message) as caught:
        read_power_months(written(tmp_path / "a.json", [row]))
    assert "month 1" in str(caught.value)


def test_bad_files_are_named(tmp_path: Path) -> None:
    twice = [AUGUST.to_dict(), AUGUST.to_dict()]
    for answer in ({}, [], {"power_by_month": 3}, ["August"], [{"month": "2023-08"}], twice):
        with pytest.raises(InvalidInput):
            read_power_months(written(tmp_path / "a.json", answer))
    with pytest.raises(UnreadableFile, match="No such file"):
        read_power_months(tmp_path / "none.json")
    with pytest.raises(UnreadableFile, match="not JSON"):
        read_power_months(Path(__file__))


@settings(deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_is_in_it_nothing_but_our_errors(
    tmp_path_factory: pytest.TempPathFactory, text: str | bytes
) -> None:
    path = tmp_path_factory.mktemp("power") / "a.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(HashpivotError):
        read_power_months(path)
