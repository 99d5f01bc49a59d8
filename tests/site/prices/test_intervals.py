"""Price files of 5, 15, 30 and 60 minutes: which interval they have, and what is refused."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.site import InvalidPrices, make_price_history, read_prices
from hashpivot.site.model import Floats, Times

CHICAGO = ZoneInfo("America/Chicago")
START = np.datetime64("2024-03-09T06:00")


def times(minutes: int, count: int) -> Times:
    return START + np.arange(count) * np.timedelta64(minutes, "m")


def columns(count: int, **others: Floats) -> dict[str, Floats]:
    prices = np.arange(count, dtype=np.float64)
    return {"rt_usd_per_mwh": prices, "da_usd_per_mwh": prices, **others}


@pytest.mark.parametrize("minutes", [5, 15, 30, 60])
def test_the_interval_is_found_in_the_file(minutes: int, tmp_path: Path) -> None:
    stamps = times(minutes, 100)
    lines = [f"{stamp}Z,{n},{n}" for n, stamp in enumerate(stamps)]
    path = tmp_path / "p.csv"
    path.write_text("ts_utc,rt_usd_per_mwh,da_usd_per_mwh\n" + "\n".join(lines) + "\n")
    table = read_prices(path)
    assert table.minutes == minutes and table.hours == 100 and (table.ts_utc == stamps).all()
    assert table.interval_hours == minutes / 60 and table.clock(CHICAGO).minutes == minutes


@pytest.mark.parametrize(
    ("minutes", "said"), [(1, "1 minutes"), (7, "7 minutes"), (10, "10 minutes"), (45, "45 minutes")]
)
def test_other_intervals_are_refused_by_name(minutes: int, said: str) -> None:
    with pytest.raises(InvalidPrices, match=f"row 2: rows follow one another by {said}") as raised:
        make_price_history(times(minutes, 50), columns(50), "z", "p.csv")
    assert "5, 15, 30 or 60 minutes" in str(raised.value.hint)


def test_rows_beside_the_others_are_refused() -> None:
    stamps = times(15, 50)
    stamps[20] += np.timedelta64(4, "m")
    with pytest.raises(InvalidPrices, match=r"row 21: 2024-03-09T11:04 lies between two"):
        make_price_history(stamps, columns(50), "z", "p.csv")
    seconds = times(15, 50).astype("datetime64[s]")
    seconds[3] += np.timedelta64(30, "s")
    with pytest.raises(InvalidPrices, match=r"row 4: .* is not a whole minute"):
        make_price_history(seconds, columns(50), "z", "p.csv")


@pytest.mark.parametrize("fill_gaps", [True, False])
@pytest.mark.parametrize(("longer", "shorter"), [(30, range(120, 200)), (90, range(360, 400))])
def test_a_file_that_changes_its_interval_is_refused(longer: int, shorter: range, fill_gaps: bool) -> None:
    """Also where gaps are filled: what is not published by the quarter hour is none."""
    both = np.concatenate([times(60, longer), times(15, 400)[shorter]])
    said = (
        f"row {longer + 1}: rows follow one another by 60 minutes until {both[longer]}, and by 15 from then"
    )
    with pytest.raises(InvalidPrices, match=said) as raised:
        make_price_history(both, columns(len(both)), "z", "p.csv", fill_gaps=fill_gaps)
    assert "repeat each price of 60 minutes every 15" in str(raised.value.hint)
    few = np.concatenate([times(15, 50)[:1], times(15, 50)[2:]])  # the second row is missing
    assert make_price_history(few, columns(49), "z", "p.csv", fill_gaps=True).minutes == 15


def test_gaps_are_filled_up_to_three_hours_whatever_the_interval() -> None:
    for minutes in (5, 15, 30, 60):
        each = 60 // minutes
        kept = np.r_[0 : 5 * each, 8 * each : 20 * each]
        stamps, values = times(minutes, 20 * each)[kept], columns(20 * each)
        table = make_price_history(
            stamps, {name: v[kept] for name, v in values.items()}, "z", "p", fill_gaps=True
        )
        assert table.filled.sum() == 3 * each and table.minutes == minutes
        kept = np.r_[0 : 5 * each, 8 * each + 1 : 20 * each]
        with pytest.raises(InvalidPrices, match=r"no price for .* hours from 2024-03-09T11:00"):
            make_price_history(
                times(minutes, 20 * each)[kept],
                {name: v[kept] for name, v in values.items()},
                "z",
                "p",
                fill_gaps=True,
            )


def test_a_day_ahead_price_given_once_an_hour_holds_for_all_of_it() -> None:
    given = np.full(48, np.nan)
    given[::12] = [10, 11, 12, 13]
    table = make_price_history(times(5, 48), columns(48, da_usd_per_mwh=given, as_rrs=given), "z", "p")
    assert table.da.tolist() == np.repeat([10, 11, 12, 13], 12).tolist()
    assert (table["as_rrs"] == table.da).all() and not table.filled.any()
    given[12] = np.nan
    with pytest.raises(InvalidPrices, match="no price at 2024-03-09T07:00"):
        make_price_history(times(5, 48), columns(48, da_usd_per_mwh=given), "z", "p")
    with pytest.raises(InvalidPrices, match="no price at 2024-03-09T06:05"):  # real-time prices never
        make_price_history(times(5, 48), columns(48, rt_usd_per_mwh=given), "z", "p")


def test_hours_are_means_of_their_intervals() -> None:
    table = make_price_history(times(15, 22), columns(22), "z", "p").part(2, 22)
    hourly = table.hourly(CHICAGO)
    assert hourly.minutes == 60 and hourly.ts_utc.tolist() == times(60, 6).tolist()
    assert hourly.rt.tolist() == [2.5, 5.5, 9.5, 13.5, 17.5, 20.5]
    assert hourly.hourly(CHICAGO) is hourly
