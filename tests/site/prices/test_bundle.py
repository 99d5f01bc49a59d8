"""The shipped tables against the collected data and what is known of ERCOT."""

from __future__ import annotations

import gzip
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from hashpivot.core import BundleError
from hashpivot.site import PriceHistory
from hashpivot.site.prices._bundle import _parsed

DATA = Path(str(files("hashpivot.site") / "data"))


def test_the_descriptor_fits_the_tables() -> None:
    for resource in json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (DATA / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        text = gzip.decompress(content) if resource["path"].endswith(".gz") else content
        names = text.split(b"\n", 1)[0].decode().split(",")
        assert [field["name"] for field in resource["schema"]["fields"]] == names


@pytest.mark.filterwarnings("ignore")
def test_the_descriptor_is_valid() -> None:
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    package = frictionless.Package(str(DATA / "datapackage.json"))
    report = frictionless.validate(package.get_resource("asics"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])[:5]


def test_the_tables_are_what_the_collected_ones_give(shared: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pytest.importorskip("pandas", reason="pandas is not installed")
    from tools.bundle.power import make

    made = {path.name: content for path, content in make().items()}
    assert made["asics.csv"] == (DATA / "asics.csv").read_text(encoding="utf-8")
    name = "ercot_lz_west.csv.gz"
    assert gzip.decompress(made[name]) == gzip.decompress((DATA / name).read_bytes())


def test_hours_are_those_of_ercot(hours: PriceHistory) -> None:
    assert hours.hours == 70_122 and str(hours.ts_utc[0]) == "2017-01-01T06:00"
    days = hours.clock(ZoneInfo("America/Chicago")).day
    uri = hours.rt[(days >= np.datetime64("2021-02-14")) & (days <= np.datetime64("2021-02-19"))]
    assert (uri > 8_900).sum() == 90 and uri.mean() == pytest.approx(6_658, abs=1)
    assert hours.rt.max() == pytest.approx(9198.25, abs=0.01) and hours.rt.min() < -31
    assert hours.filled.sum() == 154


def test_loads_are_as_published_so_that_each_month_has_its_peak(hours: PriceHistory) -> None:
    """Rounded to 10 MW, two hours of July 2024 were equal and the earlier one was taken."""
    local = hours.clock(ZoneInfo("America/Chicago")).local
    july = np.flatnonzero(local.astype("datetime64[M]") == np.datetime64("2024-07"))
    top, second = july[np.argsort(-hours["load_mw"][july])[:2]]
    assert str(local[top]) == "2024-07-01T17:00" and hours["load_mw"][top] == 81_010.1
    assert str(local[second]) == "2024-07-01T16:00" and hours["load_mw"][second] == 81_007.3


def test_peaks_are_those_of_the_collected_loads(hours: PriceHistory, shared: Path) -> None:
    """Every month of every year, not only the summers."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    table = parquet.read_table(shared / "energy/ercot_system_hourly.parquet", columns=["ts_utc", "load_mw"])
    times = table.column("ts_utc").to_numpy().astype("datetime64[h]")
    collected = dict(zip(times.tolist(), table.column("load_mw").to_numpy().tolist(), strict=True))
    exact = np.array([collected[moment] for moment in hours.ts_utc.astype("datetime64[h]").tolist()])
    month = hours.clock(ZoneInfo("America/Chicago")).month
    for each in np.unique(month):
        inside = np.flatnonzero(month == each)
        assert hours["load_mw"][inside].argmax() == exact[inside].argmax(), each


@pytest.mark.parametrize("damage", [b"", b"x", b"ts_utc,rt_usd_per_mwh\n2020,1\n"])
def test_a_damaged_table_is_an_error_of_ours(damage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from hashpivot.site.prices import _bundle

    monkeypatch.setattr(_bundle.gzip, "decompress", lambda _content: damage)
    with pytest.raises(BundleError):
        _bundle.load_zone.__wrapped__("LZ_WEST")


def test_blanks_are_not_zero() -> None:
    head = "ts_utc,rt_usd_per_mwh,da_usd_per_mwh,as_ecrs,rt_flag,da_flag\n"
    table = _parsed(f"{head}2020-01-01T00,1,2,,0,0\n2020-01-01T01,1,2,3,1,0\n".encode())
    assert (
        np.isnan(table["as_ecrs"][0]) and table["as_ecrs"][1] == 3 and table.filled.tolist() == [False, True]
    )
