"""What-if cases: each a backtest of its own, from the same past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import InvalidInput, Missing
from hashpivot.site import (
    Backtest,
    PerfectForesight,
    PriceHistory,
    Site,
    WhatIf,
    backtest,
    load_site,
    parse_site,
    shortfall,
    shortfall_by_hour,
    what_if,
)
from hashpivot.site.model import NotForThisSite

NETWORK = NetworkHistory.load()
PERIOD = (date(2024, 8, 1), date(2024, 8, 31))


@pytest.fixture(scope="module")
def campus(hours: PriceHistory) -> Backtest:
    return backtest(load_site("ai_campus"), hours, *PERIOD, network=NETWORK)


@pytest.fixture(scope="module")
def found(campus: Backtest) -> WhatIf:
    return what_if(campus, factors=(0.5, 2.0))


def test_the_case_as_it_was_is_the_backtest(campus: Backtest, found: WhatIf) -> None:
    assert found.base_usd == pytest.approx(campus.result("rolling_horizon").profit_usd)
    same = [each for each in found.sensitivities if each.factor == 1]
    assert len(same) == 3 and {each.profit_usd for each in same} == {found.base_usd}
    always = campus.result("always_on").profit_usd
    assert [each.always_on_usd for each in same] == pytest.approx([always] * 3)


def test_profit_rises_with_hashprice_and_falls_with_charges(found: WhatIf) -> None:
    by_input = {
        name: [each.profit_usd for each in found.sensitivities if each.input == name]
        for name in ("hashprice", "tariffs")
    }
    assert by_input["hashprice"] == sorted(by_input["hashprice"])
    always = [each.always_on_usd for each in found.sensitivities if each.input == "tariffs"]
    assert always == sorted(always, reverse=True)


def test_a_case_is_the_backtest_of_the_changed_site(
    campus: Backtest, found: WhatIf, hours: PriceHistory
) -> None:
    """Doubled prices by hand: the whole history read anew."""
    columns = dict(hours.columns)
    for name in ("rt_usd_per_mwh", "da_usd_per_mwh"):
        columns[name] = columns[name] * 2
    doubled = type(hours)(hours.ts_utc, columns, hours.zone, hours.filled)
    alone = backtest(campus.hours.site, doubled, *PERIOD, network=NETWORK)
    (case,) = (each for each in found.sensitivities if (each.input, each.factor) == ("power_price", 2.0))
    assert case.profit_usd == pytest.approx(alone.result("rolling_horizon").profit_usd)
    assert case.always_on_usd == pytest.approx(alone.result("always_on").profit_usd)


def test_the_site_has_the_freedoms_its_file_gives(campus: Backtest, found: WhatIf) -> None:
    names = {each.name for each in found.freedoms}
    assert {"stopping", "interruptions", "peaks"} <= names
    assert "reserves" not in names and "modes" not in names
    worth = [each.worth_usd for each in found.freedoms]
    assert worth == sorted(worth, reverse=True)


def test_without_stopping_nothing_stops(campus: Backtest, found: WhatIf) -> None:
    """A mine that may not stop earns with its machines what always on earns with them."""
    (stopping,) = (each for each in found.freedoms if each.name == "stopping")
    assert stopping.worth_usd > 0


def test_a_factor_that_cannot_be_is_refused(campus: Backtest) -> None:
    for factor in (0.0, -1.0, float("nan"), float("inf")):
        with pytest.raises(InvalidInput):
            what_if(campus, factors=(factor,))


def test_progress_counts_every_case(campus: Backtest) -> None:
    told: list[tuple[int, int]] = []
    what_if(campus, factors=(2.0,), progress=lambda done, of: told.append((done, of)))
    assert [done for done, _ in told] == list(range(told[0][1]))


def test_shortfall_by_hour_adds_up(campus: Backtest) -> None:
    whole = shortfall(campus)
    for kind, usd in shortfall_by_hour(campus).items():
        assert len(usd) == 24
        assert sum(usd) == pytest.approx(whole[kind], abs=1e-3)


def test_a_policy_that_is_not_computed_is_left_out_and_named(hours: PriceHistory) -> None:
    site = parse_site("""
name = "Battery under its own peak"
limit_mw = 12
[power]
kind = "indexed"
[battery]
power_mw = 2
energy_mwh = 4
[[machines]]
name = "hall"
model = "Antminer S21"
count = 2000
[[tariffs]]
kind = "own_peak"
name = "demand"
usd_per_kw_month = 5
""")
    done = backtest(site, hours, date(2024, 8, 1), date(2024, 8, 7), network=NETWORK)
    assert "perfect_foresight" not in done.policies and "rolling_horizon" in done.policies
    (note,) = (note for note in done.notes if "left out" in note)
    assert note.startswith("perfect foresight is left out") and "own peak" in note
    assert isinstance(done.result("rolling_horizon").capture, Missing)
    with pytest.raises(NotForThisSite):
        backtest(
            site, hours, date(2024, 8, 1), date(2024, 8, 7), network=NETWORK, policies=[PerfectForesight()]
        )


def test_a_freedom_the_site_needs_is_named_and_the_rest_is_told(west: Site, hours: PriceHistory) -> None:
    """101 MW of machines under a limit of 60 cannot do without stopping."""
    tight = replace(west, limit_mw=60.0)
    done = backtest(tight, hours, date(2023, 6, 1), date(2023, 6, 3), network=NETWORK)
    found = what_if(done, factors=(2.0,))
    assert found.needed == ("stopping",) and found.to_dict()["needed"] == ["stopping"]
    assert found.notes == ["the site cannot be run without stopping machines"]
    assert {each.name for each in found.freedoms} == {"modes", "peaks"} and found.sensitivities
