"""Checks on what reports state: how often, in one text, and which kinds."""

from __future__ import annotations

from datetime import date

import pytest

from hashpivot import Desk
from hashpivot.guidance import RiskFlag
from hashpivot.season import CHECKS, RISK_CHECKS

DAY = date(2025, 3, 31)


def flag(kind: str, count: int = 1, source: str = "10-K") -> RiskFlag:
    return RiskFlag("HASH", DAY, "10-K", kind, kind, count, source, "p:1/s:1")


@pytest.mark.parametrize(
    ("name", "flags", "raised"),
    [
        ("going_concern", [flag("going_concern")], True),
        ("going_concern", [flag("single_site")], False),
        ("competition", [flag("competition", 2)], False),
        ("competition", [flag("competition", 3)], True),
        ("competition", [flag("competition", 2), flag("competition", 2, "10-Q")], False),
        ("pricing", [flag("pricing")], True),
        ("regulatory_exposure", [flag("tariff", 9), flag("permit")], False),
        ("regulatory_exposure", [flag("tariff"), flag("permit"), flag("export_control")], True),
        ("regulatory_exposure", [], False),
    ],
)
def test_from_when_a_check_is_raised(name: str, flags: list[RiskFlag], raised: bool) -> None:
    assert RISK_CHECKS[name].found(flags) is raised


def test_every_check_of_the_execution_answer_has_a_rule_and_a_reason() -> None:
    named = {check.metric for check in CHECKS} | RISK_CHECKS.keys()
    assert named == {
        "capex_cover_ratio", "runway_quarters", "net_debt_to_revenue_ratio",
        "convertibles_to_liquidity_ratio", "share_count_growth_yoy", "customer_concentration_share",
        "loss_making_revenue_share", "impairment_to_revenue_ratio", "targets_median_delay_days",
        "overhead_to_revenue_ratio", "overhead_growth_yoy", "research_development_growth_yoy",
        "going_concern", "material_weakness", "customer_dependence", "single_site",
        "hosting_dependence", "restructuring", "competition", "pricing", "regulatory_exposure",
    }  # fmt: skip
    assert all(check.why for check in CHECKS) and all(c.why and c.rule for c in RISK_CHECKS.values())


def test_riot_comes_back_to_competition_and_bit_digital_does_not(desk: Desk) -> None:
    season = desk.season("2024Q4")
    assert season["RIOT"]["execution"]["check_competition"] == "watch"
    assert season["BTBT"]["execution"]["check_competition"] == "pass"
    assert {season[t]["execution"]["check_regulatory_exposure"] for t in ("RIOT", "BTBT")} == {"watch"}
    assert season["CLSK"]["execution"]["check_regulatory_exposure"] == "pass"
