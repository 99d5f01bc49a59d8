"""Files as others write them: gridstatus, ERCOT, several locations and files, a column map, other units."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import HashpivotError
from hashpivot.site import InvalidPrices, PriceHistory, load_site, load_zone, parse_site, read_prices
from hashpivot.site.information import knowledge_of
from hashpivot.site.prices._plausible import doubts

CHICAGO = ZoneInfo("America/Chicago")
CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "site"


DAY_AHEAD_SITE = """
name = "S"
limit_mw = 5
[power]
kind = "day_ahead"
block_mw = 3
[[machines]]
name = "m"
model = "Antminer S21"
count = 9
"""


@pytest.fixture
def west(hours: PriceHistory) -> PriceHistory:
    """Over the autumn clock change of 2024."""
    first = int(np.searchsorted(hours.ts_utc, np.datetime64("2024-11-01T05")))
    return hours.part(first, first + 5 * 24)


def write(path: Path, head: str, lines: list[str]) -> Path:
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def same(one: PriceHistory, other: PriceHistory) -> bool:
    return bool(
        (one.ts_utc == other.ts_utc).all() and (one.rt == other.rt).all() and (one.da == other.da).all()
    )


def local(history: PriceHistory) -> list[str]:
    """Local times as gridstatus writes them, with their offset."""
    clock, texts = history.clock(CHICAGO), []
    for moment, wall in zip(history.ts_utc, clock.local, strict=True):
        hours = int((moment - wall) / np.timedelta64(1, "h"))
        texts.append(f"{str(wall).replace('T', ' ')}:00-{hours:02}:00")
    return texts


def test_offsets_are_converted(tmp_path: Path, west: PriceHistory) -> None:
    lines = [f"{t},{rt},{da}" for t, rt, da in zip(local(west), west.rt, west.da, strict=True)]
    table = read_prices(write(tmp_path / "p.csv", "ts_utc,rt_usd_per_mwh,da_usd_per_mwh", lines))
    assert same(table, west) and not table.notes


def test_a_column_whose_name_is_near_a_known_one_is_said(tmp_path: Path, west: PriceHistory) -> None:
    rows = zip(local(west), west.rt, west.da, strict=True)
    lines = [f"{t},{rt},{da},0,80,5,zone" for t, rt, da in rows]
    head = "ts_utc,rt_usd_per_mwh,da_usd_per_mwh,esrs_called,temp_f,load_coast_mw,Location Type"
    notes = read_prices(write(tmp_path / "p.csv", head, lines)).notes
    assert list(notes) == [
        "column esrs_called is left alone: did you mean ecrs_called?",
        "column temp_f is left alone: did you mean temp_c?",
    ]
    table = read_prices(tmp_path / "p.csv", columns={"ecrs_called": "esrs_called"})
    assert not any("esrs_called" in note for note in table.notes)


def gridstatus(west: PriceHistory, place: str, extra: float = 0.0) -> list[str]:
    rows = []
    for t, rt, da in zip(local(west), west.rt, west.da, strict=True):
        rows.append(f"{t},{t},REAL_TIME_15_MIN,{place},Load Zone,{rt + extra}")
        rows.append(f"{t},{t},DAY_AHEAD_HOURLY,{place},Load Zone,{da + extra}")
    return rows


HEAD = "Time,Interval Start,Market,Location,Location Type,SPP"


def test_a_long_file_of_gridstatus_is_read_by_zone(tmp_path: Path, west: PriceHistory) -> None:
    lines = gridstatus(west, "LZ_WEST") + gridstatus(west, "LZ_HOUSTON", 7)
    path = write(tmp_path / "p.csv", HEAD, lines)
    assert same(read_prices(path, zone="lz_west"), west)
    assert (read_prices(path, zone="LZ_HOUSTON").rt == west.rt + 7).all()
    with pytest.raises(InvalidPrices, match="2 locations: LZ_HOUSTON, LZ_WEST"):
        read_prices(path)
    with pytest.raises(InvalidPrices, match="no prices of LZ_NORTH"):
        read_prices(path, zone="LZ_NORTH")


def test_one_market_must_be_one(tmp_path: Path, west: PriceHistory) -> None:
    rows = gridstatus(west, "LZ_WEST")
    for market, said in (
        ("REAL_TIME_SCED", "which are both"),
        ("FORWARD", "neither day-ahead nor real-time"),
    ):
        more = [row.replace("REAL_TIME_15_MIN", market) for row in rows[::2]]
        with pytest.raises(InvalidPrices, match=said):
            read_prices(write(tmp_path / "p.csv", HEAD, rows + more))


def test_a_real_time_price_alone_is_read_and_said(tmp_path: Path, west: PriceHistory) -> None:
    lines = [f"{t},LZ_WEST,{rt}" for t, rt in zip(local(west), west.rt, strict=True)]
    table = read_prices(write(tmp_path / "p.csv", "Interval Start,Location,SPP", lines))
    assert (table.rt == west.rt).all() and (table.da[48:] == west.rt[:-48]).all()
    assert table.stood_in == ("da_usd_per_mwh",)
    assert "column SPP is taken for the real-time price" in table.notes[0]
    assert "two days before stands in" in table.notes[1]
    site = parse_site(DAY_AHEAD_SITE)
    with pytest.raises(InvalidPrices, match="pays day-ahead prices, which its prices do not hold"):
        knowledge_of(site, table, NetworkHistory.load())


def ercot_rows(west: PriceHistory, *, minutes: int) -> list[str]:
    """As ERCOT writes them: DeliveryDate, hour 1 to 24, interval, point, price, flag of the repeated hour."""
    clock, seen, rows = west.clock(CHICAGO), set(), []
    prices = west.rt if minutes == 15 else west.da
    for wall, hour, price in zip(clock.local, clock.hour, prices, strict=True):
        day = str(wall)[:10]
        date = f"{day[5:7]}/{day[8:]}/{day[:4]}"
        flag = "Y" if str(wall) in seen else "N"
        seen.add(str(wall))
        if minutes == 60:
            rows.append(f"{date},{hour + 1:02}:00,LZ_WEST,{price},{flag}")
        else:
            rows += [f"{date},{hour + 1},{n},LZ_WEST,LZ,{price},{flag}" for n in (1, 2, 3, 4)]
    return rows


DAM = "DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag"
RTM = "DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,"
RTM += "SettlementPointPrice,DSTFlag"


def test_ercots_two_files_are_joined(tmp_path: Path, west: PriceHistory) -> None:
    real = write(tmp_path / "rt.csv", RTM, ercot_rows(west, minutes=15))
    ahead = write(tmp_path / "da.csv", DAM, ercot_rows(west, minutes=60))
    table = read_prices([real, ahead], zone="LZ_WEST")
    assert table.minutes == 15 and table.hours == 4 * west.hours
    assert (table.rt[::4] == west.rt).all() and (table.da == np.repeat(west.da, 4)).all()
    assert (table.ts_utc[::4] == west.ts_utc).all() and not table.notes
    assert same(read_prices([ahead, real], zone="LZ_WEST"), table)


def test_ercots_reserve_prices_and_loads_are_joined(tmp_path: Path, west: PriceHistory) -> None:
    hourly = ercot_rows(west, minutes=60)
    parts = [row.split(",") for row in hourly]
    reserve = [f"{d},{h},{kind.upper()},{n + k},{flag}" for n, (d, h, _, _, flag) in enumerate(parts)
               for k, kind in enumerate(("rrs", "ecrs"))]  # fmt: skip
    load = [f"{d},{h},1,{50_000 + n},{flag}" for n, (d, h, _, _, flag) in enumerate(parts)]
    now = [f"{d},{int(h[:2])},{i},RRS,{n},{flag}" for n, (d, h, _, _, flag) in enumerate(parts)
           for i in (1, 2, 3, 4)]  # fmt: skip
    files = [
        write(tmp_path / "rt.csv", RTM, ercot_rows(west, minutes=15)),
        write(tmp_path / "da.csv", DAM, hourly),
        write(tmp_path / "as.csv", "DeliveryDate,HourEnding,AncillaryType,MCPC,DSTFlag", reserve),
        write(tmp_path / "now.csv", "DeliveryDate,DeliveryHour,DeliveryInterval,ASType,MCPC,DSTFlag", now),
        write(tmp_path / "load.csv", "OperDay,HourEnding,COAST,TOTAL,DSTFlag", load),
    ]
    table = read_prices(files, zone="LZ_WEST")
    hours = np.repeat(np.arange(west.hours), 4)
    assert (table["as_rrs"] == hours).all() and (table["as_ecrs"] == hours + 1).all()
    assert (table["rt_as_rrs"] == hours).all() and (table["load_mw"] == 50_000 + hours).all()
    assert not table.notes
    write(files[2], "DeliveryDate,HourEnding,AncillaryType,MCPC,DSTFlag", ["05/01/2024,01:00,FFR,1,N"])
    with pytest.raises(InvalidPrices, match="'ffr', which is no reserve product here"):
        read_prices(files, zone="LZ_WEST")


def test_the_repeated_hour_needs_no_flag_where_it_comes_twice(tmp_path: Path, west: PriceHistory) -> None:
    lines = [row.rsplit(",", 1)[0] for row in ercot_rows(west, minutes=15)]
    real = write(tmp_path / "rt.csv", RTM.removesuffix(",DSTFlag"), lines)
    hours = [row.rsplit(",", 1)[0] for row in ercot_rows(west, minutes=60)]
    ahead = write(tmp_path / "da.csv", DAM.removesuffix(",DSTFlag"), hours)
    table = read_prices([real, ahead])
    assert (table.ts_utc[::4] == west.ts_utc).all() or table.hours == 4 * west.hours
    assert (table.da == np.repeat(west.da, 4)).all()


def test_reserve_prices_are_those_of_their_market(tmp_path: Path, west: PriceHistory) -> None:
    prices = write(tmp_path / "p.csv", HEAD, gridstatus(west, "LZ_WEST"))
    rows = [
        f"{t},{market},{kind},{n + more}"
        for n, t in enumerate(local(west))
        for market, more in (("DAM", 0), ("RTM", 500))
        for kind in ("RRS", "ECRS")
    ]
    head, count = "Interval Start,Market,AS Type,MCPC", np.arange(west.hours)
    table = read_prices([prices, write(tmp_path / "as.csv", head, rows)])
    assert (table["as_rrs"] == count).all() and (table["rt_as_ecrs"] == count + 500).all()
    assert not table.notes
    ahead = write(tmp_path / "as.csv", head, [row for row in rows if "DAM" in row])
    assert [name for name in read_prices([prices, ahead]) if "as_" in name] == ["as_ecrs", "as_rrs"]
    bare = [row.replace(",RTM", "") for row in rows if "RTM" in row]
    table = read_prices([prices, write(tmp_path / "as.csv", head.replace(",Market", ""), bare)])
    assert (table["rt_as_rrs"] == count + 500).all()
    assert table.notes == (
        "column MCPC is taken for real-time prices of reserve; a column Market of DAM or RTM says otherwise",
    )


def test_a_total_is_taken_for_the_load_and_said(tmp_path: Path, west: PriceHistory) -> None:
    columns = {"rt_usd_per_mwh": "RT", "da_usd_per_mwh": "DA"}
    lines = [
        f"{t},{rt},{da},{n}" for n, (t, rt, da) in enumerate(zip(local(west), west.rt, west.da, strict=True))
    ]
    path = write(tmp_path / "p.csv", "Time,RT,DA,Total", lines)
    table = read_prices(path, columns=columns)
    assert (table["load_mw"] == np.arange(west.hours)).all()
    assert "column Total is taken for load_mw; --columns load_mw=COLUMN takes another" in table.notes
    said = read_prices(path, columns={**columns, "load_mw": "Total"})
    assert not any("taken for load_mw" in note for note in said.notes)


@pytest.mark.parametrize("order", [1, -1])
def test_the_repeated_hour_is_told_by_the_order_of_rows(
    tmp_path: Path, west: PriceHistory, order: int
) -> None:
    walls = west.clock(CHICAGO).local
    lines = [f"{t},{rt},{da}" for t, rt, da in zip(walls, west.rt, west.da, strict=True)]
    names = {"ts_local": "Time"}
    head = "Time,rt_usd_per_mwh,da_usd_per_mwh"
    assert same(read_prices(write(tmp_path / "p.csv", head, lines[::order]), columns=names), west)
    spring = [f"2024-03-10T0{hour}:00,1,2" for hour in (1, 2, 3, 4)][::order]
    row = 2 if order == 1 else 3
    with pytest.raises(InvalidPrices, match=f"row {row}: 2024-03-10T02:00:00 does not exist"):
        read_prices(write(tmp_path / "p.csv", head, spring), columns=names)


def test_day_ahead_prices_go_on_where_real_time_ends(tmp_path: Path, west: PriceHistory) -> None:
    real = write(tmp_path / "rt.csv", RTM, ercot_rows(west.part(0, 60), minutes=15))
    ahead = write(tmp_path / "da.csv", DAM, ercot_rows(west, minutes=60))
    table = read_prices([real, ahead], open_end=True)
    assert table.hours == 4 * west.hours and np.isnan(table.rt[240:]).all()
    assert (table.da == np.repeat(west.da, 4)).all()


@pytest.mark.parametrize("minutes", [5, 15, 30])
def test_shorter_day_ahead_prices_are_averaged_to_the_real_time_ones(
    tmp_path: Path, west: PriceHistory, minutes: int
) -> None:
    """In files of their own or one, hours to come included; an hour of which one is missing has none."""
    count = 60 // minutes
    shape = np.tile(np.linspace(-3, 3, count), west.hours) + np.repeat(west.da, count)
    times = west.ts_utc[0] + np.arange(len(shape)) * np.timedelta64(minutes, "m")
    real = {t: f"{rt}" for t, rt in zip(west.ts_utc[:60], west.rt, strict=False)}
    ahead = [f"{t}Z,{da}" for t, da in zip(times, shape, strict=True)]
    one = [f"{t}Z,{real.get(t, '')},{da}" for t, da in zip(times, shape, strict=True)]
    files = (
        [
            write(tmp_path / "rt.csv", "ts_utc,rt_usd_per_mwh", [f"{t}Z,{rt}" for t, rt in real.items()]),
            write(tmp_path / "da.csv", "ts_utc,da_usd_per_mwh", ahead),
        ],
        [write(tmp_path / "one.csv", "ts_utc,rt_usd_per_mwh,da_usd_per_mwh", one)],
    )
    for paths in files:
        table = read_prices(paths, open_end=True)
        assert (table.minutes, table.hours) == (60, west.hours)
        assert (table.rt[:60] == west.rt[:60]).all() and np.isnan(table.rt[60:]).all()
        assert table.da == pytest.approx(west.da) and not table.filled.any()
        said = f"intervals of {minutes} minutes are averaged to the 60 of real-time prices: da_usd_per_mwh"
        assert table.notes == (said,)
    write(files[0][1], "ts_utc,da_usd_per_mwh", [line for n, line in enumerate(ahead) if n != 7 * count])
    with pytest.raises(InvalidPrices, match=f"no price at {west.ts_utc[7]}"):
        read_prices(files[0], open_end=True)


@pytest.mark.parametrize(
    ("column", "factor"),
    [
        ("RT cents/kWh", 10), ("rt_c_per_kwh", 10), ("Preis ct/kWh", 10), ("RT $/kWh", 1000),
        ("usd_per_kwh", 1000), ("¢/MWh", 0.01), ("LMP", 1), ("RT USD/MWh", 1), ("LMP (C)", 1),
    ],
)  # fmt: skip
def test_a_unit_in_the_name_of_a_column_is_converted_and_said(
    tmp_path: Path, west: PriceHistory, column: str, factor: float
) -> None:
    lines = [f"{t}Z,{rt / factor},{da}" for t, rt, da in zip(west.ts_utc, west.rt, west.da, strict=True)]
    path = write(tmp_path / "p.csv", f"ts_utc,{column},da_usd_per_mwh", lines)
    table = read_prices(path, columns={"rt_usd_per_mwh": column})
    assert table.rt == pytest.approx(west.rt) and (table.da == west.da).all()
    said = [f"column {column} is multiplied by {factor:g} to be the price of a MWh"] if factor != 1 else []
    assert list(table.notes) == said


def test_the_two_files_of_pjm_are_joined(tmp_path: Path, west: PriceHistory) -> None:
    """As its Data Miner writes them: month first, 12 hours, in UTC beside local time."""
    times = [t.astype("datetime64[s]").item() for t in west.ts_utc]
    stamps = [f"{t.month}/{t.day}/{t.year} {t.hour % 12 or 12}:{t:%M:%S} {t:%p}" for t in times]
    paths = []
    for market, values in (("rt", west.rt), ("da", west.da)):
        head = f"datetime_beginning_utc,datetime_beginning_ept,pnode_name,total_lmp_{market},row_is_current"
        rows = [
            f"{t},,{node},{value},TRUE"
            for t, price in zip(stamps, values, strict=True)
            for node, value in (("WESTERN HUB", price), ("AEP", price + 9))
        ]
        paths.append(write(tmp_path / f"{market}.csv", head, rows))
    assert same(read_prices(paths, zone="western hub", hour_ending=True), west)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("13/01/2024 05:00", "'13/01/2024 05:00' is not a UTC time"),
        ("1/13/2024 15:00 PM", "is not a UTC time"),
        ("1/13/2024 0:00 AM", "is not a UTC time"),
        ("1/13/2024 25:00", "is not a UTC time"),
    ],
)
def test_moments_that_cannot_be_are_said_as_written(tmp_path: Path, moment: str, said: str) -> None:
    path = write(tmp_path / "p.csv", "ts_utc,rt_usd_per_mwh,da_usd_per_mwh", [f"{moment},1,2"])
    with pytest.raises(InvalidPrices, match=said):
        read_prices(path)


def test_our_names_are_known_in_any_case(tmp_path: Path, west: PriceHistory) -> None:
    lines = [f"{t}Z,{rt},{da}" for t, rt, da in zip(west.ts_utc, west.rt, west.da, strict=True)]
    assert same(read_prices(write(tmp_path / "p.csv", "TS_UTC,RT_USD_per_MWh,Da Usd Per Mwh", lines)), west)


@pytest.mark.parametrize(
    ("options", "head", "shift"),
    [
        (
            {"columns": {"ts_utc": "when", "rt_usd_per_mwh": "LMP", "da_usd_per_mwh": "DALMP"}},
            "when,LMP,DALMP",
            0,
        ),
        ({"columns": {"rt_usd_per_mwh": "LMP", "da_usd_per_mwh": "DALMP"}}, "Interval End,LMP,DALMP", 1),
        ({"hour_ending": True}, "ts_utc,rt_usd_per_mwh,da_usd_per_mwh", 1),
    ],
)
def test_a_column_map_and_ends_of_intervals(
    tmp_path: Path, west: PriceHistory, options: Mapping[str, Any], head: str, shift: int
) -> None:
    lines = [
        f"{t + np.timedelta64(shift, 'h')}Z,{rt},{da}"
        for t, rt, da in zip(west.ts_utc, west.rt, west.da, strict=True)
    ]
    assert same(read_prices(write(tmp_path / "p.csv", head, lines), **options), west)


def test_the_flag_moves_only_times_whose_edge_is_not_known(tmp_path: Path, west: PriceHistory) -> None:
    ahead = write(tmp_path / "da.csv", DAM, ercot_rows(west, minutes=60))
    ends = west.ts_utc + np.timedelta64(1, "h")
    real = write(tmp_path / "rt.csv", "Time,LMP", [f"{t}Z,{rt}" for t, rt in zip(ends, west.rt, strict=True)])
    table = read_prices([real, ahead], hour_ending=True)
    assert same(table, west)
    assert table.notes[-1] == (
        "--hour-ending leaves the times of HourEnding alone: they are known to begin intervals"
    )
    for name, times in (("Interval Start", west.ts_utc), ("Interval End", ends)):
        lines = [f"{t}Z,{rt},{da}" for t, rt, da in zip(times, west.rt, west.da, strict=True)]
        path = write(tmp_path / "p.csv", f"{name},rt_usd_per_mwh,da_usd_per_mwh", lines)
        for columns in ({}, {"ts_utc": name}):
            table = read_prices(path, hour_ending=True, columns=columns)
            assert same(table, west) and len(table.notes) == (name == "Interval Start")


@pytest.mark.parametrize("minutes", [15, 60])
def test_times_that_look_like_ends_are_said(tmp_path: Path, minutes: int) -> None:
    begin, count = np.datetime64("2024-06-03T05:00"), 3 * 24 * 60 // minutes
    for shift, doubted in ((0, False), (1, True), (2, False)):
        times = begin + (np.arange(count) + shift) * np.timedelta64(minutes, "m")
        lines = [f"{t}Z,30,31" for t in times]
        table = read_prices(write(tmp_path / "p.csv", "ts_utc,rt_usd_per_mwh,da_usd_per_mwh", lines))
        assert any("--hour-ending" in note for note in table.notes) == doubted


def test_market_local_time_without_offset_is_converted_if_named(tmp_path: Path, west: PriceHistory) -> None:
    walls = west.clock(CHICAGO).local
    lines = [f"{t},{rt},{da}" for t, rt, da in zip(walls, west.rt, west.da, strict=True)]
    path = write(tmp_path / "p.csv", "Time,rt_usd_per_mwh,da_usd_per_mwh", lines)
    assert same(read_prices(path, columns={"ts_local": "Time"}), west)
    with pytest.raises(InvalidPrices, match="has no offset from UTC") as raised:
        read_prices(path)
    assert "--columns ts_local='Time'" in str(raised.value)
    spring = [f"2024-03-10T0{hour}:00,1,2" for hour in (1, 2, 3)]
    with pytest.raises(InvalidPrices, match="row 2: 2024-03-10T02:00:00 does not exist"):
        read_prices(write(path, "ts_local,rt_usd_per_mwh,da_usd_per_mwh", spring))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"price": "LMP"}, "gives 'price', which is no column here"),
        ({"rt_usd_per_mwh": "SPP"}, "takes rt_usd_per_mwh from 'SPP', which is not there"),
    ],
)
def test_a_wrong_column_map_is_said(tmp_path: Path, columns: dict[str, str], said: str) -> None:
    path = write(tmp_path / "p.csv", "ts_utc,LMP", ["2024-01-01T00:00Z,1"])
    with pytest.raises(InvalidPrices, match=said):
        read_prices(path, columns=columns)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_other_separators_are_said(tmp_path: Path, mark: str) -> None:
    path = write(tmp_path / "p.csv", mark.join(["ts_utc", "rt_usd_per_mwh"]), [])
    with pytest.raises(InvalidPrices, match="not by commas"):
        read_prices(path)


def test_prices_in_another_currency_need_a_rate(tmp_path: Path, west: PriceHistory) -> None:
    lines = [f"{t}Z,{rt},{da}" for t, rt, da in zip(west.ts_utc, west.rt, west.da, strict=True)]
    path = write(tmp_path / "p.csv", "ts_utc,Balancing [EUR/MWh],Day-ahead Price [EUR/MWh]", lines)
    columns = {"rt_usd_per_mwh": "Balancing [EUR/MWh]", "da_usd_per_mwh": "Day-ahead Price [EUR/MWh]"}
    with pytest.raises(InvalidPrices, match="is in EUR, not in dollars"):
        read_prices(path, columns=columns)
    table = read_prices(path, columns=columns, usd_rate=1.25)
    assert (table.rt == west.rt * 1.25).all() and "prices in EUR are converted at 1.25 USD" in table.notes
    write(
        path, "Interval Start,Pool Price", [f"{t}Z,{rt}" for t, rt in zip(west.ts_utc, west.rt, strict=True)]
    )
    with pytest.raises(InvalidPrices, match="is in CAD"):
        read_prices(path, currency="CAD")
    with pytest.raises(InvalidPrices, match="all prices are in dollars"):
        read_prices(path, usd_rate=1.25)


def test_a_rate_is_for_prices_not_for_shares_called(tmp_path: Path, west: PriceHistory) -> None:
    lines = [f"{t}Z,{rt},{da},0.5" for t, rt, da in zip(west.ts_utc, west.rt, west.da, strict=True)]
    path = write(tmp_path / "p.csv", "ts_utc,Pool Price,Forward,Deployed", lines)
    columns = {"rt_usd_per_mwh": "Pool Price", "da_usd_per_mwh": "Forward", "ecrs_called": "Deployed"}
    table = read_prices(path, columns=columns, currency="CAD", usd_rate=0.75)
    assert (table.rt == west.rt * 0.75).all() and (table["ecrs_called"] == 0.5).all()


@pytest.mark.parametrize(
    ("name", "factor", "said"),
    [
        ("rt_usd_per_mwh", 1e-3, "if it is in USD/kWh"),
        ("da_usd_per_mwh", 0.1, "if it is in cents per kWh"),
        ("da_usd_per_mwh", 100, "if it is in cents per MWh"),
        ("load_mw", 1e-3, "if it is in GW"),
    ],
)
def test_numbers_of_another_unit_are_said(hours: PriceHistory, name: str, factor: float, said: str) -> None:
    part = hours.part(60_000, 62_000)
    notes = list(doubts({**part.columns, name: part[name] * factor}))
    assert len(notes) == 1 and name in notes[0] and said in notes[0]
    warm = np.linspace(30, 80, 100)
    assert "Fahrenheit" in next(doubts({"temp_c": warm})) and not list(doubts({"temp_c": (warm - 32) / 1.8}))


def test_no_month_of_ercot_is_doubted_in_the_years_the_bounds_were_judged_on(hours: PriceHistory) -> None:
    months = hours.clock(CHICAGO).month
    for month in np.unique(months[months < np.datetime64("2021-01")]):
        here = np.flatnonzero(months == month)
        assert not list(doubts(hours.part(int(here[0]), int(here[-1]) + 1).columns)), month
    years = hours.clock(CHICAGO).local.astype("datetime64[Y]")
    for year in np.unique(years[years < np.datetime64("2021")])[1:]:
        inside = years == year
        for factor, said in ((0.1, "cents per kWh"), (1e-3, "USD/kWh"), (100, "cents per MWh")):
            for name in ("rt_usd_per_mwh", "da_usd_per_mwh"):
                assert said in next(doubts({name: hours[name][inside] * factor})), (year, name)


@pytest.mark.parametrize(
    ("usual", "evening"),
    [(600.0, 900.0), (6.0, 80.0)],
    ids=["a dear month", "a cheap month with dear evenings"],
)
def test_unusual_months_are_not_doubted(usual: float, evening: float) -> None:
    prices = np.full(720, usual)
    prices[::48] = evening
    assert not list(doubts({"rt_usd_per_mwh": prices}))


NAMES = ("ts_utc", "Time", "Market", "Location", "LMP", "DeliveryDate", "HourEnding", "DeliveryInterval")
NAMES += ("AncillaryType", "MCPC", "DSTFlag", "rt_usd_per_mwh", "da_usd_per_mwh")
CELLS = ("", "2024-01-01T00:00Z", "2024-11-03 01:30", "11/03/2024", "01:00", "24:00", "1", "13", "nan", "-5")
CELLS += ("Y", "RRS", "DAY_AHEAD_HOURLY", "LZ_WEST", "2024-01-01T00:00+99:99", "30,5")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True), st.data(), st.booleans())
def test_any_cells_under_known_names_give_prices_or_an_error_of_ours(
    tmp_path: Path, head: list[str], data: st.DataObject, hour_ending: bool
) -> None:
    row = st.lists(st.sampled_from(CELLS), min_size=len(head), max_size=len(head)).map(",".join)
    path = write(tmp_path / "p.csv", ",".join(head), data.draw(st.lists(row, max_size=3)))
    with suppress(HashpivotError):
        read_prices(path, hour_ending=hour_ending)


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("gridstatus_spp.csv", "two days before stands in"),
        ("local_offset.csv", ""),
        ("units_usd_per_kwh.csv", "USD/kWh"),
        ("temp_f_as_c.csv", "Fahrenheit"),
    ],
)
def test_the_inputs_that_once_went_wrong(hours: PriceHistory, name: str, said: str) -> None:
    table = read_prices(CASES / name, zone="LZ_WEST")
    first = int(np.searchsorted(hours.ts_utc, table.ts_utc[0]))
    assert (table.ts_utc == hours.ts_utc[first : first + table.hours]).all()
    assert any(said in note for note in table.notes) if said else not table.notes


@pytest.mark.skipif(not CASES.exists(), reason="the shared cases are not here")
def test_a_site_with_a_byte_order_mark_is_read() -> None:
    assert load_site(CASES / "site_bom.toml").name == "T"


def test_shipped_prices_have_no_notes() -> None:
    assert not load_zone("LZ_WEST").notes
