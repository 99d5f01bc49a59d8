"""What must be built and what pays for it, on real figures and made-up targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot import Desk
from hashpivot.core import Missing, Quarter, SentenceLocator
from hashpivot.guidance import Stance, Target
from hashpivot.season import Metric
from hashpivot.season.answers._buildout_funding import build_metrics
from hashpivot.season.texts._known_contracts import known_contracts

LATER = date(2025, 12, 31)


def capex(
    amount: int, due: date | None = LATER, stance: Stance = Stance.CONTRACTED, metric: str = "capex"
) -> Target:
    exact = Decimal(amount)
    return Target(metric, exact, exact, "usd", due, "", stance, SentenceLocator(1, 1), "", date(2025, 3, 1))


def built(desk: Desk, ticker: str, quarter: str, *targets: Target) -> dict[str, Metric]:
    q = Quarter.parse(quarter)
    contracts = known_contracts(desk.view, ticker, q.end).contracts
    return {
        metric.name: metric
        for metric in build_metrics(desk.view, desk.network, ticker, q, contracts, targets)
    }


def cost(desk: Desk, *targets: Target) -> object:
    return built(desk, "BTBT", "2024Q4", *targets)["contracts_and_targets_to_build_usd"].value


def test_each_amount_counts_once_and_a_sum_stands_for_its_parts(desk: Desk) -> None:
    assert cost(desk, capex(50), capex(50, stance=Stance.GUIDED), capex(30)) == 80
    assert cost(desk, capex(80_000), capex(50_000), capex(30_000)) == 80_000


@pytest.mark.parametrize(
    "target",
    [
        capex(50, None),  # may have been paid
        capex(50, date(2024, 12, 31)),  # due by the quarter's end
        capex(50, stance=Stance.ASPIRATION),
        capex(50, metric="contract_value"),
    ],
    ids=["undated", "past", "hoped for", "no capex"],
)
def test_what_is_no_firm_cost_to_come_does_not_count(desk: Desk, target: Target) -> None:
    assert isinstance(cost(desk, target), Missing)


def test_what_the_last_text_no_longer_names_may_have_been_paid(desk: Desk) -> None:
    earlier = replace(capex(50), said_on=date(2024, 8, 1))
    assert cost(desk, earlier, capex(30)) == 30
    assert isinstance(cost(desk, earlier, capex(30, date(2024, 12, 31))), Missing)
    assert isinstance(desk.season("2024Q4")["RIOT"]["growth"]["contracts_and_targets_to_build_usd"], Missing)


def test_funding_of_bit_digital_2025q2(desk: Desk) -> None:
    found = built(desk, "BTBT", "2025Q2", capex(100_000_000), capex(60_000_000, metric="financing"))
    view, quarter = desk.view, Quarter.parse("2025Q2")
    held = [view.company_measure("BTBT", quarter, name) for name in ("cash", "digital_assets_value")]
    flow = view.company_measure("BTBT", quarter, "operating_cash_flow")
    whole = sum(float(figure.value) for figure in held) + 4 * float(flow.value) + 60_000_000  # type: ignore[union-attr]
    assert found["funding_usd"].value == pytest.approx(whole)
    assert {f.id for f in found["funding_usd"].figures} >= {figure.id for figure in (*held, flow)}  # type: ignore[union-attr]
    assert found["funding_to_build_ratio"].value == pytest.approx(whole / 100_000_000)


def test_without_cash_nothing_is_called_funded(desk: Desk) -> None:
    found = built(desk, "APLD", "2025Q4", capex(100, date(2026, 6, 30)))
    assert isinstance(found["funding_usd"].value, Missing)
    assert isinstance(found["funding_to_build_ratio"].value, Missing)


def test_contracts_to_begin(desk: Desk) -> None:
    name = "contracts_to_begin_critical_it_mw"
    assert built(desk, "CORZ", "2024Q4")[name].value == 500  # begins in 2025-H1
    assert built(desk, "CORZ", "2025Q2")[name].value == 0
    missing = built(desk, "MARA", "2024Q4")[name].value
    assert isinstance(missing, Missing) and missing.reason == "no AI contract is known"


def test_announced_cost_of_contracts(desk: Desk) -> None:
    growth = desk.season("2025Q4")["RIOT"]["growth"]
    assert growth["contracts_and_targets_to_build_usd"] == 89_800_000  # AMD at Rockdale
