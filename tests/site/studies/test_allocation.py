"""What to convert: the frontier and the hashprice at which it flips."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hashpivot.core import Missing
from hashpivot.site import Allocation, InvalidSite, PriceHistory, Site, load_site


@pytest.fixture(scope="module")
def site() -> Site:
    return load_site("mine_weighing_ai")


@pytest.fixture(scope="module")
def quarter(hours: PriceHistory) -> PriceHistory:
    return hours.part(hours.hours - 2200, hours.hours)


@pytest.fixture(scope="module")
def made(site: Site, quarter: PriceHistory) -> Allocation:
    return Allocation(site, quarter)


def test_a_megawatt_is_worth_the_same_at_the_flip(made: Allocation) -> None:
    flip = made.flip_usd_per_ph_day
    assert isinstance(flip, float) and 5 < flip < 200
    assert made.mining_npv_usd_per_mw(flip) == pytest.approx(made.ai_npv_usd_per_mw, rel=1e-6)


def test_the_best_split_flips_there(site: Site, quarter: PriceHistory, made: Allocation) -> None:
    flip = made.flip_usd_per_ph_day
    assert isinstance(flip, float) and site.conversion is not None
    for factor, most in ((0.98, True), (1.02, False)):
        terms = replace(site.conversion, hashprices_usd_per_ph_day=(flip * factor,), probabilities=(1.0,))
        best = Allocation(replace(site, conversion=terms), quarter).best()
        assert best.ai_mw == (200 if most else 0)


def test_mining_is_worth_more_at_higher_hashprice_and_if_it_may_stop(made: Allocation) -> None:
    values = [made.mining_npv_usd_per_mw(h) for h in (20, 40, 60, 100)]
    assert values == sorted(values)
    for hashprice in (20.0, 60.0, 100.0):
        assert made.mining_npv_usd_per_mw(hashprice) > made.always_on_npv_usd_per_mw(hashprice)


def test_investment_and_delay_lower_what_ai_is_worth(
    site: Site, quarter: PriceHistory, made: Allocation
) -> None:
    assert site.conversion is not None
    dear = replace(site.conversion, capex_usd_per_mw=site.conversion.capex_usd_per_mw + 1e6)
    late = replace(site.conversion, months_to_energise=site.conversion.months_to_energise + 12)
    values = [
        Allocation(replace(site, conversion=terms), quarter).ai_npv_usd_per_mw for terms in (dear, late)
    ]
    assert values[0] == pytest.approx(made.ai_npv_usd_per_mw - 1e6)
    assert values[1] < made.ai_npv_usd_per_mw


def test_no_flip_says_why(site: Site, quarter: PriceHistory) -> None:
    assert site.conversion is not None
    hopeless = replace(site.conversion, capex_usd_per_mw=1e9)
    flip = Allocation(replace(site, conversion=hopeless), quarter).flip_usd_per_ph_day
    assert isinstance(flip, Missing) and "any hashprice" in flip.reason


def test_the_frontier_keeps_what_must_stay_flexible(made: Allocation, site: Site) -> None:
    splits = made.splits()
    assert [s.ai_mw for s in splits] == [0, 25, 50, 75, 100, 125, 150, 175, 200]
    assert all(s.ai_mw + s.mining_mw == pytest.approx(site.limit_mw) and s.flexible_mw == 40 for s in splits)
    assert all(s.worst_usd <= s.expected_usd for s in splits)


def test_a_site_without_terms_is_named(west: Site, quarter: PriceHistory) -> None:
    with pytest.raises(InvalidSite, match="conversion"):
        Allocation(west, quarter)
