"""Prices from files: every fault named with its row or column."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.core import HashpivotError, UnreadableFile
from hashpivot.site import InvalidPrices, PriceHistory, load_zone, read_prices

HEAD = "ts_utc,rt_usd_per_mwh,da_usd_per_mwh,load_mw"


def rows(count: int = 48) -> list[str]:
    times = np.datetime64("2024-03-09T06", "h") + np.arange(count)
    return [f"{time}:00Z,{10 + n},{20 + n},{50000 + n}" for n, time in enumerate(times)]


def write(path: Path, lines: list[str], head: str = HEAD) -> Path:
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def test_csv_is_read(tmp_path: Path) -> None:
    table = read_prices(write(tmp_path / "p.csv", rows()))
    assert table.hours == 48 and table.zone == "p" and set(table) == set(HEAD.split(",")[1:])
    assert table.rt[:3].tolist() == [10, 11, 12] and not table.filled.any()


def test_parquet_is_read_as_csv_is(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    path = write(tmp_path / "p.csv", rows())
    frame = pandas.read_csv(path)
    frame["ts_utc"] = pandas.to_datetime(frame["ts_utc"], utc=True)
    frame.to_parquet(tmp_path / "p.parquet")
    one, other = read_prices(path), read_prices(tmp_path / "p.parquet")
    assert (one.ts_utc == other.ts_utc).all()
    assert all((one[name] == other[name]).all() for name in one)


def edit(lines: list[str], row: int, new: str | None) -> list[str]:
    return [*lines[: row - 1], *([] if new is None else [new]), *lines[row:]]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (edit(rows(), 5, rows()[3]), "row 5: 2024-03-09T09:00:00 stands twice"),
        (edit(rows(), 5, rows()[1]), "row 5: 2024-03-09T07:00:00 comes after a later one"),
        (edit(rows(), 5, None), "row 5: hours are missing before 2024-03-09T11"),
        (edit(rows(), 5, "2024-03-09T10:00Z,,5,5"), "row 5: no price at 2024-03-09T10"),
        (edit(rows(), 5, "2024-03-09T10:00Z,cheap,5,5"), "row 5: rt_usd_per_mwh 'cheap' is not a number"),
        (edit(rows(), 5, "2024-03-09T10:00Z,inf,5,5"), "row 5: rt_usd_per_mwh is inf"),
        (edit(rows(), 5, "2024-03-09T10:00Z,1e9,5,5"), "row 5: rt_usd_per_mwh is 1e+09"),
        (edit(rows(), 5, "yesterday,1,5,5"), "row 5: ts_utc 'yesterday' is not a UTC time"),
        (
            edit(rows(), 5, "2024-03-09T10:00-06:00,1,5,5"),
            "row 6: 2024-03-09T11:00:00 comes after a later one",
        ),
        (edit(rows(), 5, "2024-03-09T10:00Z,'1,5',5,5"), "row 5: has 5 cells"),
        (edit(rows(), 5, '2024-03-09T10:00Z,"1,5",5,5'), "write decimals with a point"),
        (
            edit(rows(), 5, "2024-03-09T10:15Z,1,5,5"),
            "row 5: 2024-03-09T10:15 lies between two beginnings of intervals of 60 minutes",
        ),
        (edit(rows(), 5, "2024-03-09T10:00Z,1"), "row 5: has 2 cells"),
        ([], "holds no hour"),
    ],
)
def test_faults_are_named_by_row(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(InvalidPrices) as raised:
        read_prices(write(tmp_path / "p.csv", lines))
    assert said in str(raised.value), raised.value


@pytest.mark.parametrize("column", ["ts_utc", "rt_usd_per_mwh", "da_usd_per_mwh"])
def test_missing_columns_are_named(tmp_path: Path, column: str) -> None:
    with pytest.raises(InvalidPrices, match=f"column {column} is missing"):
        read_prices(write(tmp_path / "p.csv", rows(), HEAD.replace(column, "other")))
    with pytest.raises(InvalidPrices, match=f"column {column} stands twice"):
        read_prices(write(tmp_path / "p.csv", [f"{row},1" for row in rows()], f"{HEAD},{column}"))


def test_short_gaps_are_filled_if_asked_and_flagged(tmp_path: Path) -> None:
    lines = [row for n, row in enumerate(rows()) if n not in (10, 11, 20)]
    table = read_prices(write(tmp_path / "p.csv", lines), fill_gaps=True)
    assert table.hours == 48 and np.flatnonzero(table.filled).tolist() == [10, 11, 20]
    assert table.rt[9:13].tolist() == [19, 20, 21, 22]
    assert table["load_mw"][9:13].tolist() == [50009, 50010, 50011, 50012]
    assert (table.as_seen()["load_mw"][10:12] == table["load_mw"][9]).all()
    long = [row for n, row in enumerate(rows()) if n not in (10, 11, 12, 13)]
    with pytest.raises(InvalidPrices, match="no price for 4 hours from 2024-03-09T16"):
        read_prices(write(tmp_path / "p.csv", long), fill_gaps=True)


def test_hours_to_come_need_no_real_time_price(tmp_path: Path) -> None:
    lines = [*rows()[:40], *(f"{row.split(',')[0]},,{row.split(',')[2]}," for row in rows()[40:])]
    path = write(tmp_path / "p.csv", lines)
    table = read_prices(path, open_end=True)
    assert np.isnan(table.rt).sum() == 8 and not table.filled.any()
    with pytest.raises(InvalidPrices, match="no price at"):
        read_prices(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for content in (b"", b"\x00\x01\x02", b"PAR1 but nothing else", b"\xff\xfe\x00"):
        path = tmp_path / "bad"
        path.write_bytes(content)
        with pytest.raises(HashpivotError):
            read_prices(path)
    with pytest.raises(UnreadableFile):
        read_prices(tmp_path)
    with pytest.raises(UnreadableFile):
        read_prices(tmp_path / "none.csv")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_an_error_of_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fuzz"
    path.write_bytes(content)
    with pytest.raises(HashpivotError):
        read_prices(path)


def test_days_of_23_and_25_hours(hours: PriceHistory) -> None:
    clock = hours.clock(ZoneInfo("America/Chicago"))
    days, counts = np.unique(clock.day, return_counts=True)
    short, long = days[counts == 23], days[counts == 25]
    assert [str(d) for d in short if str(d) > "2023"] == ["2023-03-12", "2024-03-10"]
    assert [str(d) for d in long if str(d) > "2023"] == ["2023-11-05", "2024-11-03"]
    march = clock.hour[clock.day == np.datetime64("2024-03-10")].tolist()
    november = clock.hour[clock.day == np.datetime64("2024-11-03")].tolist()
    assert march == [0, 1, *range(3, 24)] and november == [0, 1, 1, *range(2, 24)]


def test_unknown_zones_are_named() -> None:
    with pytest.raises(InvalidPrices, match="LZ_WEST"):
        load_zone("LZ_MOON")
