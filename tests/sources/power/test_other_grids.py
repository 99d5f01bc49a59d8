"""Other grids through a made-up gridstatus: its frames, its zones, its failures."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from hashpivot.core import InvalidInput, SourceError
from hashpivot.sources.power import DayState, OtherGrid, grid_days
from hashpivot.sources.store import Store

NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2026, 11, 1)
Change = Callable[[pd.DataFrame], pd.DataFrame]


def made_up_grid(change: Change = lambda frame: frame) -> tuple[Any, list[dict[str, Any]]]:
    asked: list[dict[str, Any]] = []

    class Grid:
        default_timezone = "America/New_York"
        markets = (SimpleNamespace(value="DAY_AHEAD_HOURLY"), SimpleNamespace(value="REAL_TIME_5_MIN"))

        def get_lmp(self, **query: Any) -> pd.DataFrame:
            asked.append(query)
            minutes = 5 if "5_MIN" in query["market"] else 60
            first, end = (
                datetime.fromisoformat(query[name]).replace(tzinfo=NEW_YORK) for name in ("date", "end")
            )
            start, rows = first.astimezone(UTC), []
            while start < end:
                stop = start + timedelta(minutes=minutes)
                rows += [
                    {
                        "Interval Start": pd.Timestamp(start).tz_convert("America/New_York"),
                        "Interval End": pd.Timestamp(stop).tz_convert("America/New_York"),
                        "Location": point,
                        "LMP": start.hour + (0.5 if point == "WEST" else 100),
                    }
                    for point in ("WEST", "CAPITL")
                ]
                start = stop
            return change(pd.DataFrame(rows))

    return SimpleNamespace(NYISO=Grid, PJM=Grid), asked


@pytest.mark.parametrize("product", ["day-ahead", "real-time"])
def test_days_come_once_and_in_utc(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, product: str) -> None:
    library, asked = made_up_grid()
    monkeypatch.setitem(sys.modules, "gridstatus", library)
    grid, now = OtherGrid("nyiso"), datetime(2026, 11, 10, tzinfo=UTC)
    days = [date(2026, 10, 31), DAY, date(2026, 11, 2)]
    with Store(tmp_path / "store") as store:
        came = list(grid_days(grid, store, product, "WEST", days, now))
        again = list(grid_days(grid, store, product, "WEST", days, now))
    assert len(asked) == 2  # one a month
    assert [day.state for day in came] == [DayState.COMPLETE] * 3
    (series,) = came[1].series.values()
    assert len(series.values) == 25 * (60 // series.minutes)
    assert all(value == start.hour + 0.5 for start, value in series.values.items())
    assert [day.series for day in again] == [day.series for day in came]
    assert not any(day.fetched for day in again)


def test_missing_and_not_yet_published(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    library, _ = made_up_grid(lambda frame: frame.iloc[:-10])
    monkeypatch.setitem(sys.modules, "gridstatus", library)
    with Store(tmp_path / "store") as store:
        for now, state in ((DAY, DayState.NOT_YET_PUBLISHED), (date(2026, 12, 1), DayState.MISSING)):
            moment = datetime(now.year, now.month, now.day, tzinfo=UTC)
            (came,) = grid_days(OtherGrid("pjm"), store, "day-ahead", "WEST", [DAY], moment)
            assert came.state == state and "lacks 5 of 25" in came.reason


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.drop(columns="LMP"),
        lambda frame: frame.assign(**{"Interval Start": frame["Interval Start"].dt.tz_localize(None)}),
        lambda frame: frame.assign(**{"Interval End": frame["Interval Start"]}),
        lambda frame: pd.concat([frame, frame.assign(LMP=1.0)]),
    ],
)
def test_another_shape_is_unreadable(monkeypatch: pytest.MonkeyPatch, tmp_path: Any, change: Change) -> None:
    monkeypatch.setitem(sys.modules, "gridstatus", made_up_grid(change)[0])
    with Store(tmp_path / "store") as store:
        now = datetime(2026, 11, 10, tzinfo=UTC)
        (came,) = grid_days(OtherGrid("nyiso"), store, "day-ahead", "WEST", [DAY], now)
    assert came.state == DayState.UNREADABLE and came.reason


def test_what_fails_in_it_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(frame: pd.DataFrame) -> pd.DataFrame:
        raise RuntimeError("https://example.com/?key=a-secret")

    monkeypatch.setitem(sys.modules, "gridstatus", made_up_grid(fail)[0])
    with pytest.raises(SourceError) as caught:
        OtherGrid("nyiso").prices("day-ahead", "WEST", DAY, DAY)
    assert "RuntimeError" in str(caught.value) and "a-secret" not in str(caught.value)


def test_an_unknown_grid() -> None:
    with pytest.raises(InvalidInput, match="no grid"):
        OtherGrid("texas")
