"""The safe default keeps every limit a plan keeps: reserve sold, blocks of training. It says all keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hashpivot.core import records_csv
from hashpivot.site import CsvOutput, Remembered, Site, SiteDecision, SiteState, load_site, parse_site, plan
from hashpivot.site.operation import RunSettings
from hashpivot.site.operation._decision import decide
from hashpivot.site.operation._inputs import LoggedHashprices, RunInputs
from hashpivot.site.operation._site_state import ReserveSale
from tools.checks.site_run import BEFORE_DAYS, SITE, Books, world

MOMENT = datetime(2024, 6, 3, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def site() -> Site:
    return parse_site(SITE)


def run(site: Site, state: SiteState, hours: int, minutes: int = 60, default: str = "off") -> list[str]:
    """What the plain books find wrong with so many hours of the safe default."""
    books, remembered = Books(site, minutes, lambda _: 20.0), Remembered(state)
    books.begin(state)
    for n in range(hours * 60 // minutes):
        moment = state.moment + n * timedelta(minutes=minutes)
        decision = decided(site, remembered, moment, minutes, default)
        books.run(moment, decision)
        remembered = decision.remembered
    return books.problems


def decided(
    site: Site, remembered: Remembered, moment: datetime, minutes: int = 60, default: str = "off"
) -> SiteDecision:
    settings = RunSettings(minutes, default=default)
    return decide(site, settings, RunInputs(), remembered, moment, [])


@pytest.mark.parametrize("minutes", [60, 15])
@pytest.mark.parametrize("begins_in", [0, 3, 12])
def test_reserve_sold_can_be_dropped_even_if_it_begins_later(
    site: Site, begins_in: int, minutes: int
) -> None:
    start = MOMENT + begins_in * HOUR
    sale = ReserveSale(start, start + 2 * HOUR, {"old": 9.0, "new": 6.0})
    state = replace(SiteState.new(site, MOMENT), sold=(sale,))
    assert run(site, state, 16, minutes) == []
    first = decided(site, Remembered(state), MOMENT, minutes).answer["groups"][0]
    assert (first["mode"] == "off") == (begins_in > 7)  # min_off_hours


@pytest.mark.parametrize("minutes", [60, 15])
def test_a_block_of_training_is_not_cut_short(site: Site, minutes: int) -> None:
    text = SITE.replace("min_block_hours = 2", "min_block_hours = 5")
    site = parse_site(text)
    gpu, training = SiteState.new(site, MOMENT).ai
    begun = replace(training, interruptions=((MOMENT - HOUR, MOMENT),))
    served = replace(gpu, interruptions=((MOMENT - HOUR, MOMENT),))
    state = replace(SiteState.new(site, MOMENT), ai=(served, begun))
    assert run(site, state, 8, minutes, "keep") == []
    answer = decided(site, Remembered(state), MOMENT, minutes).answer["ai"]
    assert [load["interrupted"] for load in answer] == [False, True]
    assert "longer" in answer[1]["reason"]


def test_a_block_that_began_in_the_month_before_lasts_no_longer(site: Site) -> None:
    site = parse_site(SITE.replace("min_block_hours = 2", "min_block_hours = 60"))
    moment = datetime(2024, 6, 1, 5, tzinfo=UTC)  # midnight in Texas
    gpu, training = SiteState.new(site, moment).ai
    begun = replace(training, interruptions=((moment - 55 * HOUR, moment),))
    remembered = Remembered(replace(SiteState.new(site, moment), ai=(gpu, begun)))
    lasted = 0
    while lasted < 9 and decided(site, remembered, moment).answer["ai"][1]["interrupted"]:
        remembered, moment, lasted = decided(site, remembered, moment).remembered, moment + HOUR, lasted + 1
    assert lasted == 5


@pytest.mark.parametrize("name", ["mine_with_battery", "hedged_reserves", "test"])
def test_it_says_what_a_planned_hour_says(site: Site, name: str) -> None:
    if name != "test":
        site = load_site(name)
    market = world(1, 60, 3)
    moment = market.prices.ts_utc[BEFORE_DAYS * 24].item().replace(tzinfo=UTC)
    prices, network = market.read(moment)
    inputs = RunInputs(prices, LoggedHashprices.of(network, prices))
    planned = decide(site, RunSettings(60), inputs, None, moment, [])
    safe = decide(site, RunSettings(60), RunInputs(), None, moment, [])
    assert (planned.answer["by"], safe.answer["by"]) == ("plan", "default")
    assert shape(planned.schedule[0]) == shape(safe.schedule[0]) and list(planned.answer) == list(safe.answer)


@pytest.mark.parametrize("name", ["mine_with_battery", "hedged_reserves"])
def test_the_csv_output_is_the_plans_csv(name: str, tmp_path: Path) -> None:
    site, market = load_site(name), world(1, 60, 3)
    moment = market.prices.ts_utc[BEFORE_DAYS * 24].item().replace(tzinfo=UTC)
    prices, network = market.read(moment)
    made = plan(site, prices, network=network).records()
    CsvOutput(tmp_path / "a.csv").send({"hours": plan(site, prices, network=network).to_dict()["hours"]})
    assert (tmp_path / "a.csv").read_bytes().decode() == records_csv(made)
    safe = decide(site, RunSettings(60), RunInputs(), None, moment, [])
    CsvOutput(tmp_path / "b.csv").send({"hours": safe.schedule})
    head = [file.read_text().splitlines()[0] for file in sorted(tmp_path.glob("*.csv"))]
    assert head[0] == head[1]


def shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    return [shape(inner) for inner in value] if isinstance(value, list) else None
