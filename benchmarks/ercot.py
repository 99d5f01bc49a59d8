"""ERCOT's public hours as a table of the columns `hashpivot.site.forecast` reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from hashpivot.site.forecast import PlainFrame

_FILES = {
    "ercot_prices_hourly.parquet": {"rt_{zone}": "rt_usd_per_mwh", "da_{zone}": "da_usd_per_mwh"},
    "ercot_system_hourly.parquet": {"load_mw": "load_mw", "wind_mw": "wind_mw", "solar_mw": "solar_mw"},
    "ercot_forecasts_hourly.parquet": {
        "load_fc_dam_mw": "load_fc_mw",
        "wind_stwpf_dam_mw": "wind_fc_mw",
        "solar_stppf_dam_mw": "solar_fc_mw",
    },
    "ercot_ancillary_hourly.parquet": {"as_rrs": "as_rrs", "as_nspin": "as_nspin"},
}


def ercot(folder: Path, zone: str) -> PlainFrame:
    """Hours of a load zone (`lz_west`), as far as prices go; forecasts begin in 2023 and 2024."""
    from pyarrow import parquet

    axis: Any = None
    columns = {}
    for name, wanted in _FILES.items():
        keys = {key.format(zone=zone): column for key, column in wanted.items()}
        table = parquet.read_table(folder / name, columns=["ts_utc", *keys])
        hours = table["ts_utc"].to_numpy().astype("datetime64[h]")
        axis = hours if axis is None else axis
        place = (hours - axis[0]).astype(np.int64)
        inside = place < len(axis)
        for key, column in keys.items():
            columns[column] = np.full(len(axis), np.nan)
            columns[column][place[inside]] = table[key].to_numpy()[inside]
    return PlainFrame(axis, columns)
