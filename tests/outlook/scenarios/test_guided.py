"""Guided growth: what is believed of announced hash rates, and what becomes of the plan."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot import Desk
from hashpivot.core import NoData, Quarter
from hashpivot.desk import guided_growth
from hashpivot.ledger import View, bundled
from hashpivot.outlook import GuidedGrowth, HashRateTarget, with_guided_growth

TARGET = HashRateTarget(31.0, Quarter(2024, 4), "said")


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk.open(as_of=date(2024, 6, 30))


def test_belief_starts_at_one_in_two_and_follows_the_record() -> None:
    assert GuidedGrowth().believed == 0.5
    assert GuidedGrowth(met=8, decided=8).believed == 0.9
    assert GuidedGrowth(met=0, decided=8).believed == 0.1
    assert GuidedGrowth().slip_quarters == 1
    assert GuidedGrowth(met=0, decided=8, late_quarters=4.0).slip_quarters == 4
    assert GuidedGrowth(met=98, decided=98, late_quarters=4.0).slip_quarters == 0


def test_the_plan_is_the_part_of_the_growth_that_is_believed(desk: Desk) -> None:
    """31 EH/s by the end of 2024, two quarters ahead and one late."""
    _, plain = desk.outlook_case("RIOT")
    grown = with_guided_growth(plain, desk.view, GuidedGrowth((TARGET,)))
    mining = grown.inputs.mining
    reported = next(
        float(each.value) for each in desk.view.figures("RIOT", "hash_rate_period_end")
        if each.end == date(2024, 3, 31)
    )  # fmt: skip
    growth = 31.0 / reported * plain.base_ehs - plain.inputs.mining.hash_rate_ehs
    assert mining.growth_quarters == 3
    assert mining.growth_ehs * 3 == pytest.approx(growth / 2)
    assert grown.origins["mining.growth_ehs"].startswith("target: 31 EH/s by 2024Q4, said")
    assert plain.origins["mining.growth_ehs"].startswith("assumed")


def test_a_target_below_what_there_is_brings_nothing(desk: Desk) -> None:
    _, plain = desk.outlook_case("RIOT")
    low = HashRateTarget(1.0, Quarter(2024, 4), "said")
    assert with_guided_growth(plain, desk.view, GuidedGrowth((low,))).inputs.mining.growth_ehs == 0.0


def test_without_a_target_ahead_it_says_so(desk: Desk) -> None:
    _, plain = desk.outlook_case("RIOT")
    past = HashRateTarget(31.0, Quarter(2024, 2), "said")
    for growth in (GuidedGrowth(), GuidedGrowth((past,))):
        with pytest.raises(NoData, match="no open hash-rate target of RIOT is known on 2024-06-30"):
            with_guided_growth(plain, desk.view, growth)
    with pytest.raises(NoData, match="no open hash-rate target"):
        desk.outlook("CORZ", ["guided_growth"], quarters=2, paths=8)


def test_the_desk_takes_the_latest_target_said_by_its_day(desk: Desk) -> None:
    """Riot said 28 EH/s in March 2024, 31 in May, 36.3 in August."""
    for day, ehs in ((date(2024, 4, 30), 28.0), (date(2024, 6, 30), 31.0), (date(2024, 9, 30), 36.3)):
        growth = guided_growth(View(bundled(), as_of=day), "RIOT", day)
        assert growth.targets[-1].ehs == ehs
        assert all(each.due == Quarter(2024, 4) for each in growth.targets)
    case, _ = desk.outlook_case("RIOT", ["guided_growth", "bitcoin_halves"])
    assert case.scenario == "guided_growth+bitcoin_halves"
    assert case.inputs.mining.growth_ehs > 0


def test_the_record_knows_nothing_of_the_future() -> None:
    """None of 2024's targets was decided in June 2024; some were a year later."""
    early = guided_growth(View(bundled(), as_of=date(2024, 6, 30)), "RIOT", date(2024, 6, 30))
    late = guided_growth(View(bundled(), as_of=date(2025, 9, 30)), "RIOT", date(2025, 9, 30))
    assert early.decided == 0 < late.decided
    all_known = guided_growth(View(bundled()), "RIOT", date(2024, 6, 30))
    assert (all_known.met, all_known.decided) == (early.met, early.decided)


def test_more_is_believed_more_is_mined(desk: Desk) -> None:
    plain = desk.outlook("RIOT", quarters=4, paths=64)
    guided = desk.outlook("RIOT", ["guided_growth"], quarters=4, paths=64)
    mined = [each.to_dict()["quarters"][-1]["lines"]["self_mining"]["p50"] for each in (plain, guided)]
    assert mined[1] > mined[0]
