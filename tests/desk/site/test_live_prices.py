"""Prices of a site's zone from its market: fetched before each decision, planned on from the table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import HashpivotError, InvalidInput, home
from hashpivot.desk import SiteDesk
from hashpivot.desk.site._live_prices import LivePrices
from hashpivot.site import RunLog, RunSettings, SiteOperator, StateFile, load_site, replay, site_text
from hashpivot.testing.services.ercot import ErcotService, ercot_postings
from hashpivot.testing.services.http import status

FIRST, LAST = date(2026, 10, 28), date(2026, 11, 3)  # the clocks change between them
NOW = datetime(2026, 11, 2, 21, 5, tzinfo=UTC)  # 15:05 in Texas


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[ErcotService]:
    monkeypatch.setenv("HASHPIVOT_ERCOT_REQUESTS_PER_SECOND", "500")
    monkeypatch.setattr("hashpivot.sources.http._client.Client._pause", lambda *_: None)  # between attempts
    postings = [one for one in ercot_postings(FIRST, LAST, ("LZ_WEST",)) if one.posted <= NOW]
    with ErcotService(postings, keyless_days=12, now=NOW) as opened:
        yield opened


@pytest.fixture
def earlier() -> Path:
    """The table as it was fetched until a few days ago."""
    table = home() / "power" / "ercot_LZ_WEST.csv"
    table.parent.mkdir(parents=True)
    axis = np.arange(np.datetime64("2026-08-20T00", "h"), np.datetime64("2026-11-01T05", "h"))
    rows = [f"{ts}:00Z,{30 + n % 24},{31 + n % 24}" for n, ts in enumerate(axis)]
    table.write_text("ts_utc,rt_usd_per_mwh,da_usd_per_mwh\n" + "\n".join(rows) + "\n")
    return table


def test_what_is_published_is_fetched_and_planned_on(
    service: ErcotService, earlier: Path, tmp_path: Path
) -> None:
    site = load_site("west_texas")
    live = LivePrices(site, "LZ_WEST", service.url)
    prices = live.read(NOW)
    real = prices.ts_utc[~np.isnan(prices.rt)]
    assert np.datetime64("2026-11-02T18") <= real[-1] < np.datetime64("2026-11-02T21")
    assert prices.ts_utc[-1] == np.datetime64("2026-11-04T05")  # to the end of tomorrow
    read = lambda moment: (live.read(moment), NetworkHistory.load())  # noqa: E731
    log = RunLog(tmp_path / "run.log")
    operator = SiteOperator(
        site_text("west_texas"), RunSettings(60), StateFile(tmp_path / "s.json"), log, read
    )
    decision = operator.step(NOW)
    assert decision.answer["by"] == "plan" and not decision.alarms
    assert len(decision.schedule) >= 24
    assert replay(log.path).difference is None


def test_a_market_that_does_not_answer_is_told(service: ErcotService, earlier: Path, tmp_path: Path) -> None:
    service.fail(status(500), times=None)
    desk = SiteDesk("west_texas", live=True, base_url=service.url)
    with pytest.raises(HashpivotError, match="unreachable"):
        desk.plan()
    (interval,) = desk.run(tmp_path / "s.json", once=True)
    assert "unreachable" in interval.decision.alarms[0]["message"]
    assert interval.decision.alarms[0]["kind"] == "inputs_unreadable"


def test_live_prices_exclude_a_file() -> None:
    with pytest.raises(InvalidInput, match="exclude"):
        SiteDesk("west_texas", prices="mine.csv", live=True)


def test_live_prices_are_hourly_ones_in_dollars(tmp_path: Path) -> None:
    desk = SiteDesk("west_texas", live=True)
    with pytest.raises(InvalidInput, match="60 minutes"):
        next(desk.run(tmp_path / "s.json", minutes=15))
    market = 'market = "aeso"\ntimezone = "America/Edmonton"\n[power]'
    text = site_text("west_texas").replace("[power]", market, 1)
    (tmp_path / "site.toml").write_text(text)
    with pytest.raises(InvalidInput, match="CAD"):
        SiteDesk(tmp_path / "site.toml", zone="AESO", live=True)
