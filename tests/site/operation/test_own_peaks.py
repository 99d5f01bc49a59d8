"""Own peaks across calls: each charge's window and length of demand, and months a ratchet looks back on."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.site import Remembered, Site, SiteState, backtest, parse_site, plan_from_state
from hashpivot.site.operation import RunSettings
from hashpivot.site.operation._alarms import NO_INPUTS, Alarm
from hashpivot.site.operation._decision import decide
from hashpivot.site.operation._inputs import RunInputs
from hashpivot.site.operation._own_peaks import OwnPeak, own_peaks_after
from hashpivot.site.operation._site_state import ReserveSale
from hashpivot.site.operation._state_file import read_remembered
from hashpivot.testing import made_up_prices

from .test_state import blank_from

NETWORK = NetworkHistory.load()
TEXT = """
name = "Own peaks"
limit_mw = 100
zone = "HB"
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 10000
[[tariffs]]
kind = "own_peak"
name = "evening"
usd_per_kw_month = 30
hours = [16, 17, 18, 19]
interval_minutes = 15
ratchet_share = 0.8
"""
FOUR = datetime(2024, 7, 1, 21, tzinfo=UTC)  # 16:00 in Texas


@pytest.fixture(scope="module")
def site() -> Site:
    return parse_site(TEXT)


def peak_after(site: Site, spans: list[tuple[int, float]], begin: datetime = FOUR) -> OwnPeak:
    """The charge's peaks after so many minutes at a power, one after the other."""
    peaks: tuple[OwnPeak, ...] = ()
    for minutes, mw in spans:
        end = begin + timedelta(minutes=minutes)
        peaks, begin = own_peaks_after(site, peaks, begin, end, {"hall": mw}), end
    return peaks[0]


@pytest.mark.parametrize(
    ("spans", "months"),
    [
        ([(5, 30.0), (10, 0.0)], {"2024-07": {"hall": 10.0}}),
        ([(5, 30.0), (5, 30.0), (5, 0.0), (60, 9.0)], {"2024-07": {"hall": 20.0}}),
        ([(10, 30.0)], {}),  # this span is not over
        ([(60, 12.0)], {"2024-07": {"hall": 12.0}}),
        ([(240, 0.0), (600, 30.0)], {"2024-07": {"hall": 0.0}}),  # from 20:00 on nothing counts
        ([(24 * 60, 7.0), (24 * 60 * 31, 8.0)], {"2024-07": {"hall": 8.0}, "2024-08": {"hall": 8.0}}),
    ],
)
def test_demand_is_measured_in_its_window_by_its_length(site: Site, spans, months) -> None:
    assert peak_after(site, spans).months == months


def test_a_state_keeps_them_through_its_file(site: Site) -> None:
    peak = peak_after(site, [(60, 12.0), (10, 30.0)])
    assert (peak.span_minutes, peak.span_mw_minutes) == (10, {"hall": 300.0})
    remembered = Remembered(replace(SiteState.new(site, FOUR), own_peaks=(peak,)))
    assert read_remembered(json.loads(json.dumps(remembered.to_dict()))) == remembered


def _first_of_window(site: Site) -> int:
    return int(np.flatnonzero(made_up_prices().clock(site.zoneinfo).hour == 16)[62])


def planned_modes(site: Site, own_peaks: tuple[OwnPeak, ...]) -> np.ndarray:
    """Modes in the window of a day whose power is so cheap that only the charge keeps machines off."""
    prices = made_up_prices()
    position = _first_of_window(site)
    moment = prices.ts_utc[position].item().replace(tzinfo=UTC)
    state = replace(SiteState.new(site, moment), own_peaks=own_peaks)
    made = plan_from_state(site, blank_from(prices, position), Remembered(state), hours=4, network=NETWORK)
    return made.plan.modes[:, 0]


def test_what_was_drawn_this_month_or_is_billed_anyway_is_free(site: Site) -> None:
    prices = made_up_prices()
    month = prices.clock(site.zoneinfo).month[_first_of_window(site)]
    full, before = 35.0, str(month - 1)
    assert (planned_modes(site, ()) == 0).all()
    reached = OwnPeak("evening", {str(month): {"hall": full}})
    assert (planned_modes(site, (reached,)) == 1).all()
    ratcheted = OwnPeak("evening", {before: {"hall": full / 0.8}})
    assert (planned_modes(site, (ratcheted,)) == 1).all()
    other = OwnPeak("morning", {str(month): {"hall": full}})
    assert (planned_modes(site, (other,)) == 0).all()


def test_calls_do_what_one_backtest_does(site: Site) -> None:
    """Off hours are few, so the month's peak is reached; the next month's is then billed and free anyway."""
    text = TEXT.replace("ratchet_share = 0.8", "ratchet_share = 1.0")
    site = parse_site(text.replace("count = 10000", "count = 10000\nmax_off_hours_per_month = 8"))
    prices, days = made_up_prices(), 6
    clock = prices.clock(site.zoneinfo)
    first = int(np.flatnonzero(clock.hour == 0)[86])  # 27 March
    begin, every = clock.day[first].item(), range(first, first + 24 * days)
    made = backtest(site, prices, begin, begin + timedelta(days=days - 1), network=NETWORK, regime="lagged")
    continuous = made.operations["rolling_horizon"].modes[:, 0]
    remembered, modes = None, []
    for position in every:
        step = plan_from_state(site, blank_from(prices, position), remembered, hours=24, network=NETWORK)
        remembered = step.remembered
        modes.append(step.plan.modes[0, 0])
    assert (np.array(modes) == continuous).all()
    in_april = (clock.month[every] == np.datetime64("2024-04")) & np.isin(clock.hour[every], (16, 17, 18, 19))
    assert in_april.any() and (continuous[in_april] == 1).all()
    forgotten = replace(step.remembered.before, own_peaks=())
    april = int(np.flatnonzero(in_april)[0]) + first
    state = replace(forgotten, moment=prices.ts_utc[april].item().replace(tzinfo=UTC))
    prices = blank_from(prices, april)
    anew = plan_from_state(site, prices, Remembered(state), hours=24, network=NETWORK)
    assert anew.plan.modes[0, 0] == 0  # without them it would pay for hours off that avoid nothing


CALLED = """
name = "Called"
limit_mw = 100
zone = "HB"
[power]
kind = "indexed"
[[machines]]
name = "hall"
model = "Antminer S21"
count = 10000
[[tariffs]]
kind = "own_peak"
name = "any hour"
usd_per_kw_month = 0.001
[[reserves]]
product = "rrs"
"""


@pytest.mark.parametrize("by_default", [False, True])
def test_what_is_off_on_call_is_not_a_peak(by_default: bool) -> None:
    """Of 35 MW that run, 40% of the 20 MW sold are called: 27 MW are drawn."""
    site, prices = parse_site(CALLED), made_up_prices()
    position = 80 * 24
    called = np.where(np.arange(prices.hours) == position, 0.4, 0.0)
    prices = blank_from(prices.with_columns({**prices.columns, "rrs_called": called}), position)
    moment = prices.ts_utc[position].item().replace(tzinfo=UTC)
    sale = ReserveSale(moment, moment + timedelta(hours=2), {"hall": 20.0})
    state = Remembered(replace(SiteState.new(site, moment), sold=(sale,)))
    if by_default:
        inputs = RunInputs(prices)
        alarm = Alarm(NO_INPUTS, "made")
        reached = decide(site, RunSettings(), inputs, state, moment, [alarm]).remembered.state
    else:
        reached = plan_from_state(site, prices, state, hours=4, network=NETWORK).remembered.state
    assert reached.machines[0].mode == "normal"
    (peak,) = reached.own_peaks
    assert list(peak.months.values()) == [{"hall": pytest.approx(27.0), "": pytest.approx(27.0)}]


def test_parts_say_what_is_called_of_their_group() -> None:
    """Each of two parts has 4 of its 10 MW off: the group's row says 8."""
    tariff_apart = CALLED.replace("count = 10000", "count = 10000\nparts = 2")
    site, prices, position = parse_site(tariff_apart), made_up_prices(), 80 * 24
    called = np.where(np.arange(prices.hours) == position, 0.4, 0.0)
    prices = blank_from(prices.with_columns({**prices.columns, "rrs_called": called}), position)
    moment = prices.ts_utc[position].item().replace(tzinfo=UTC)
    each = {group.name: 10.0 for group in site.machines}
    sale = ReserveSale(moment, moment + timedelta(hours=2), each)
    state = Remembered(replace(SiteState.new(site, moment), sold=(sale,)))
    made = plan_from_state(site, prices, state, hours=4, network=NETWORK).plan
    alarm = Alarm(NO_INPUTS, "made")
    default = decide(site, RunSettings(), RunInputs(prices), state, moment, [alarm]).answer
    assert len(each) == 2
    for (row,) in (made.hour(0)["groups"], default["groups"]):
        assert row["power_mw"] == pytest.approx(27.0) and row["reason"].startswith("called: 8 MW")
