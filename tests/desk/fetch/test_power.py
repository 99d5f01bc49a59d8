"""Power days from the stand-in into hourly tables that `hashpivot site` reads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from hashpivot.core import InvalidInput, MissingLibrary, UnreadableFile, home
from hashpivot.desk import Desk, PowerFetch
from hashpivot.desk.fetch import fetch_power
from hashpivot.site import read_prices
from hashpivot.sources.power import ERCOT_PRODUCTS, DayState
from hashpivot.testing.services.ercot import ErcotService, ercot_postings, flag_never_set, made_up_value
from hashpivot.testing.services.http import status

FIRST, LAST = date(2026, 10, 31), date(2026, 11, 2)  # the clocks change between them
ALL = list(ERCOT_PRODUCTS)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[ErcotService]:
    monkeypatch.setenv("HASHPIVOT_ERCOT_REQUESTS_PER_SECOND", "500")
    days = (FIRST - timedelta(days=3), LAST + timedelta(days=2))
    with ErcotService(ercot_postings(*days, ("HB_WEST", "LZ_WEST")), keyless_days=12) as opened:
        yield opened


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_ERCOT_USERNAME", "user@example.com")
    monkeypatch.setenv("HASHPIVOT_ERCOT_PASSWORD", "made-up-password")
    monkeypatch.setenv("HASHPIVOT_ERCOT_SUBSCRIPTION_KEY", "made-up-key")


def ask(service: ErcotService, **more: object) -> PowerFetch:
    asked = {"start": FIRST, "end": LAST, "points": ["HB_WEST", "LZ_WEST"], "base_url": service.url}
    return fetch_power("ercot", now=service.now, **(asked | more))  # type: ignore[arg-type]


def printed(result: PowerFetch) -> str:
    text = StringIO()
    result.print(Console(file=text, width=200))
    return text.getvalue()


@pytest.mark.parametrize("keyless", [False, True])
def test_tables_are_what_site_reads(
    service: ErcotService, request: pytest.FixtureRequest, keyless: bool
) -> None:
    if not keyless:
        request.getfixturevalue("keys")
    result = ask(service, products=ALL)
    assert result.complete and result.source == ("keyless reports" if keyless else "public API")
    assert [file.path for file in result.files] == [
        home() / "power" / f"ercot_{point}.csv" for point in ("HB_WEST", "LZ_WEST")
    ]
    prices = read_prices(result.files[0].path)
    assert prices.hours == 24 + 25 + 24
    hours = [hour.astype("datetime64[s]").item().replace(tzinfo=UTC) for hour in prices.ts_utc]
    quarters = [[hour + timedelta(minutes=15 * n) for n in range(4)] for hour in hours]
    mean = [np.mean([made_up_value("HB_WEST real-time", at) for at in quarter]) for quarter in quarters]
    assert prices.rt == pytest.approx(mean)
    assert list(prices.da) == [made_up_value("HB_WEST day-ahead", hour) for hour in hours]
    assert list(prices["load_mw"]) == [made_up_value("TOTAL", hour) for hour in hours]
    assert list(prices["as_ecrs"]) == [made_up_value("ECRS day-ahead", hour) for hour in hours]
    for name in ("load_fc_mw", "wind_fc_mw", "solar_fc_mw", "wind_mw", "solar_mw"):
        assert np.isfinite(prices[name]).all(), name
    assert "rt_as_regup" in result.files[0].path.read_text().split("\n")[0]


@pytest.mark.usefixtures("keys")
def test_a_second_run_asks_for_nothing_and_changes_nothing(service: ErcotService) -> None:
    first = ask(service)
    before = first.files[0].path.read_bytes()
    service.forget()
    again = ask(service)
    assert service.requests == [] and again.requests == 0
    assert again.files[0].path.read_bytes() == before
    assert (again.files[0].new, again.files[0].changed) == (0, 0)
    assert again.files[0].unchanged == first.files[0].new > 0


@pytest.mark.usefixtures("keys")
def test_a_table_grows_and_keeps_what_it_has(service: ErcotService) -> None:
    table = ask(service, end=FIRST).files[0].path
    text = table.read_text().splitlines()
    table.write_text(
        "\n".join([text[0] + ",mine", *(f"{line},{n}" for n, line in enumerate(text[1:]))]) + "\n"
    )
    result = ask(service)
    heads, *rows = table.read_text().splitlines()
    assert "mine" in heads and len(rows) == 24 + 25 + 24
    assert rows[23].split(",")[heads.split(",").index("mine")] == "23"
    assert result.files[0].unchanged and result.files[0].new
    assert read_prices(table).hours == 73


@pytest.mark.usefixtures("keys")
def test_a_correction_is_counted_as_changed(service: ErcotService) -> None:
    table = ask(service).files[0].path
    table.write_text(table.read_text().replace(table.read_text().splitlines()[5].split(",")[2], "-9.5"))
    result = ask(service)
    assert result.files[0].changed >= 1 and "-9.5" not in table.read_text()


@pytest.mark.usefixtures("keys")
def test_a_table_of_another_kind_is_left_alone(service: ErcotService) -> None:
    table = home() / "power" / "ercot_HB_WEST.csv"
    table.parent.mkdir(parents=True)
    for text in ("a,b\n1,2\n", "ts_utc,rt_usd_per_mwh\nyesterday,1\n", "ts_utc,x\n2026-01-01T00:00Z\n"):
        table.write_text(text)
        with pytest.raises(UnreadableFile):
            ask(service)
        assert table.read_text() == text
    assert not list(table.parent.glob(".*.csv.*[0-9]"))


@pytest.mark.usefixtures("keys")
def test_a_dry_run_asks_for_nothing(service: ErcotService) -> None:
    ask(service, end=FIRST)
    service.forget()
    result = ask(service, dry_run=True, end=LAST + timedelta(days=15))
    assert service.requests == [] and not result.files
    assert result.counts[DayState.COMPLETE] and result.counts[DayState.WANTED]
    assert result.counts[DayState.NOT_YET_PUBLISHED]
    assert "wanted" in printed(result)


def test_days_without_data_are_told_apart(service: ErcotService) -> None:
    result = ask(service, start="2025-12-03", end="2025-12-06", products=["real-time-ancillary"])
    states = [day["state"] for day in result.to_dict()["days"]]
    assert states == ["not_introduced", "not_introduced", "missing", "missing"]
    assert not result.complete and "keys" in printed(result)
    json.dumps(result.to_dict())


@pytest.mark.usefixtures("keys")
def test_an_unmarked_repeated_hour_is_left_out(service: ErcotService) -> None:
    service.fail(flag_never_set(), "spp_node|dam_", times=None)
    result = ask(service, products=["day-ahead", "real-time"])
    assert {day.day for day in result.of(DayState.UNREADABLE)} == {date(2026, 11, 1)}
    assert "marked as repeated" in printed(result)
    with pytest.raises(Exception, match="hours are missing"):
        read_prices(result.files[0].path)


def test_refused_keys_are_tried_once(
    service: ErcotService, monkeypatch: pytest.MonkeyPatch, keys: None
) -> None:
    monkeypatch.setenv("HASHPIVOT_ERCOT_PASSWORD", "wrong-secret")
    result = ask(service, products=ALL)
    assert len(service.requests) == 1
    assert set(result.counts) == {DayState.UNREACHABLE}
    assert "settings.toml" in printed(result)
    shown = printed(result) + json.dumps(result.to_dict()) + repr(result)
    assert "wrong-secret" not in shown and "made-up-key" not in shown


def test_keys_go_over_no_open_network(keys: None) -> None:
    with pytest.raises(InvalidInput, match="unprotected"):
        fetch_power("ercot", start=FIRST, end=FIRST, base_url="http://ercot.example.com")


def test_incomplete_keys_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHPIVOT_ERCOT_USERNAME", "user@example.com")
    with pytest.raises(InvalidInput, match="password and subscription_key") as caught:
        fetch_power("ercot", start=FIRST, end=FIRST)
    assert "user@example.com" not in str(caught.value)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"market": "ercto"}, "no power market"),
        ({"start": "yesterday"}, "is no day"),
        ({"start": "2026-12-01", "end": "2026-11-01"}, "is after"),
        ({"start": "2026-12-01", "end": "9999-12-31"}, "more than a year ahead"),
        ({"products": ["dayahead"]}, "no product"),
        ({"points": ["../x"]}, "no settlement point"),
    ],
)
def test_wrong_questions(wrong: dict[str, object], says: str) -> None:
    asked: dict[str, object] = {"market": "ercot", "start": "2026-06-01", "end": "2026-06-02"} | wrong
    market = str(asked.pop("market"))
    with pytest.raises(InvalidInput, match=says):
        fetch_power(market, **asked)  # type: ignore[arg-type]


def test_another_grid_needs_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "gridstatus", None)
    with pytest.raises(MissingLibrary, match="gridstatus"):
        fetch_power("nyiso", start=FIRST, end=FIRST, points=["WEST"])


def test_the_desk_fetches_too(service: ErcotService) -> None:
    result = Desk.fetch_power(
        "ERCOT", start=str(FIRST), end=str(FIRST), products=["day-ahead"], base_url=service.url
    )
    assert isinstance(result, PowerFetch) and result.market == "ercot"
    assert isinstance(result.files[0].path, Path)


def test_settings_name_the_stand_in(service: ErcotService) -> None:
    home().mkdir(parents=True)
    (home() / "settings.toml").write_text(f'[ercot]\nbase_url = "{service.url}"\n')
    (home() / "settings.toml").chmod(0o600)
    result = fetch_power("ercot", start=FIRST, end=FIRST, products=["day-ahead"], now=service.now)
    assert result.complete and service.requests


def test_the_running_day_ends_where_data_end(service: ErcotService) -> None:
    service.now = datetime(2026, 11, 2, 18, 1, tzinfo=UTC)  # noon
    result = ask(service, points=["HB_WEST"], products=["day-ahead", "real-time"])
    prices = read_prices(result.files[0].path, open_end=True)
    assert result.complete and np.isnan(prices.rt[-1]) and prices.hours == 73


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("after", [1, 3, 4])
def test_stopped_at_any_request_the_next_run_ends_as_one_run_does(service: ErcotService, after: int) -> None:
    whole = ask(service).files[0].path
    expected = whole.read_bytes()
    shutil.rmtree(home())
    service.fail(status(403), "public-reports", times=None, after=after)
    assert not ask(service).complete
    service.heal()
    result = ask(service)
    assert result.complete and whole.read_bytes() == expected


@pytest.mark.usefixtures("keys")
def test_a_mistyped_point_is_asked_about(service: ErcotService) -> None:
    result = ask(service, points=["HB_WST"], products=["day-ahead"])
    assert not result.complete and "is its name right?" in printed(result)
    assert not result.files[0].path.exists()
