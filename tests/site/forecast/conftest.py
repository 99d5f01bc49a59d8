"""A small made-up market, whose prices follow its drivers, and the real hours of a load zone."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from hashpivot.site.forecast import DailyPanel, PlainFrame


@pytest.fixture(scope="session")
def panel() -> DailyPanel:
    """150 days: a daily shape, a driver, a memory and noise."""
    chance = np.random.default_rng(5)
    days = np.arange(np.datetime64("2020-01-01"), np.datetime64("2020-01-01") + 150)
    driver = chance.normal(50, 10, (150, 24))
    level = np.cumsum(chance.normal(0, 1, 150))[:, None]
    shape = 10 * np.sin(np.arange(24) / 24 * 2 * np.pi)
    prices = 30 + shape + 0.6 * (driver - 50) + level + chance.normal(0, 1, (150, 24))
    return DailyPanel(days, prices, driver[None])


@pytest.fixture(scope="session")
def hours() -> PlainFrame:
    """120 days of hours with every column, across the spring change of clocks."""
    chance = np.random.default_rng(6)
    count = 120 * 24
    axis = np.arange(np.datetime64("2021-01-10T06", "h"), np.datetime64("2021-01-10T06", "h") + count)
    load = 40_000 + 8_000 * np.sin(np.arange(count) / 24 * 2 * np.pi) + chance.normal(0, 500, count)
    wind, solar = chance.uniform(0, 20_000, count), chance.uniform(0, 5_000, count)
    ahead = 10 + (load - wind) / 1_500 + chance.normal(0, 1, count)
    real = ahead + chance.standard_t(3, count) * 4
    columns = {
        "rt_usd_per_mwh": real,
        "da_usd_per_mwh": ahead,
        "load_mw": load,
        "wind_mw": wind,
        "solar_mw": solar,
        "load_fc_mw": load + chance.normal(0, 300, count),
        "wind_fc_mw": wind + chance.normal(0, 900, count),
    }
    return PlainFrame(axis, columns)


@pytest.fixture(scope="session")
def lz_west(shared: Path) -> PlainFrame:
    """Real hours of LZ_WEST."""
    pytest.importorskip("pyarrow", reason="needs pyarrow (the extra `site`)")
    table: PlainFrame = benchmark("ercot").ercot(shared / "energy", "lz_west")
    return table


@pytest.fixture(scope="session")
def nord_pool(shared: Path) -> DailyPanel:
    """Nord Pool of the EPF benchmark, with two drivers."""
    pytest.importorskip("pyarrow", reason="needs pyarrow (the extra `site`)")
    energy = shared / "energy"
    market = benchmark("epf").load(
        energy / "epf_benchmark.parquet", energy / "epf_published_forecasts.parquet", "NP"
    )
    panel: DailyPanel = market.panel
    return panel


def benchmark(name: str) -> ModuleType:
    """A module of `benchmarks`, which is no package of ours."""
    path = Path(__file__).resolve().parents[3] / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", path)
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
