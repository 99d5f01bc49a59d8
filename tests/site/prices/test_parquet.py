"""Prices from Parquet: what its types say, and blanks in columns of text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hashpivot.site import InvalidPrices, read_prices

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

STARTS = np.datetime64("2024-07-01T05:00", "s") + np.arange(24) * np.timedelta64(3600, "s")


def write(path: Path, columns: Mapping[str, Any]) -> Path:
    parquet.write_table(pa.table(columns), path)
    return path


@pytest.mark.parametrize("blank", ["", "  ", None])
def test_blanks_in_a_column_of_text_are_empty(tmp_path: Path, blank: str | None) -> None:
    prices = [*("30",) * 23, "31"]
    load = ["50000", blank, *("50001",) * 22]
    columns = {"ts_utc": STARTS, "rt_usd_per_mwh": prices, "da_usd_per_mwh": prices, "load_mw": load}
    table = read_prices(write(tmp_path / "p.parquet", columns))
    assert table.rt[-1] == 31 and np.flatnonzero(np.isnan(table["load_mw"])).tolist() == [1]
    wrong = {**columns, "load_mw": ["50000", blank, "much", *load[3:]]}
    with pytest.raises(InvalidPrices, match="row 3: load_mw 'much' is not a number"):
        read_prices(write(tmp_path / "p.parquet", wrong))


def prices(name: str, times: Any) -> dict[str, Any]:
    return {name: times, "rt_usd_per_mwh": np.arange(24.0), "da_usd_per_mwh": np.arange(24.0)}


def test_moments_without_a_time_zone_are_refused_as_in_csv(tmp_path: Path) -> None:
    path = write(tmp_path / "p.parquet", prices("Interval Start", STARTS))
    with pytest.raises(InvalidPrices, match=r"row 1: Interval Start .* has no offset from UTC") as raised:
        read_prices(path)
    assert "--columns ts_local='Interval Start'" in str(raised.value)
    table = read_prices(path, columns={"ts_local": "Interval Start"})
    assert (table.ts_utc == STARTS + np.timedelta64(5, "h")).all()
    assert (read_prices(path, columns={"ts_utc": "Interval Start"}).ts_utc == STARTS).all()
    assert (read_prices(write(path, prices("ts_utc", STARTS))).ts_utc == STARTS).all()


@pytest.mark.parametrize("columns", [{}, {"ts_local": "Interval Start"}, {"ts_utc": "Interval Start"}])
def test_moments_with_a_time_zone_are_converted_once(tmp_path: Path, columns: dict[str, str]) -> None:
    times = pa.array(STARTS).cast(pa.timestamp("s", tz="America/Chicago"))
    path = write(tmp_path / "p.parquet", {**prices("Interval Start", times), "Location": ["A"] * 24})
    assert (read_prices(path, columns=columns).ts_utc == STARTS).all()
    two = write(path, {**prices("Interval Start", times), "Location": ["A", "B"] * 12})
    with pytest.raises(InvalidPrices, match="2 locations"):
        read_prices(two, columns=columns)
    assert (read_prices(two, zone="A", columns=columns, fill_gaps=True).ts_utc[::2] == STARTS[::2]).all()
