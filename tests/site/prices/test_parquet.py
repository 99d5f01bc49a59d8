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
