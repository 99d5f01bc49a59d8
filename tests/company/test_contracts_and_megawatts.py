from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from hashpivot.company import ContractState, contract_record, megawatt_timeline
from hashpivot.core import Missing
from hashpivot.ledger import Contract, Figures, View
from hashpivot.testing import MadeUpMiner

FIRST = Contract(
    "TEST", "2024-06-03", date(2024, 6, 3), "Cloudco", "colocation", None, Decimal(200), Decimal(12),
    Decimal(3_500_000_000), "2025", None, "Cloudco", False, False, Decimal(1), None, "https://example.org/1",
)  # fmt: skip
RESTATED = replace(
    FIRST,
    announced="2025-02-01",
    known=date(2025, 2, 1),
    mw_critical_it=Decimal(590),
    restates=True,
    start="2026-H1",
)
OTHER = replace(
    FIRST,
    announced="2025-05-01",
    known=date(2025, 5, 1),
    counterparty="Other",
    group="",
    share=Decimal("0.5"),
    start="2027-Q2",
)
ENDED = replace(
    OTHER, counterparty="Gone", announced="2024-01-01", known=date(2024, 1, 1), ended=date(2024, 9, 30)
)
DAY = date(2025, 8, 1)


@pytest.fixture
def view() -> View:
    return View(Figures(contracts=(FIRST, ENDED, RESTATED, OTHER)))


def test_newest_first_each_with_where_it_stands(view: View) -> None:
    record = contract_record(view, "TEST", DAY)
    assert [(e.contract.counterparty, e.state, e.since) for e in record] == [
        ("Other", ContractState.IN_FORCE, None),
        ("Cloudco", ContractState.IN_FORCE, None),
        ("Cloudco", ContractState.SUPERSEDED, date(2025, 2, 1)),
        ("Gone", ContractState.ENDED, date(2024, 9, 30)),
    ]


def test_a_deal_restated_on_its_own_day_is_in_force_once() -> None:
    detailed = replace(FIRST, mw_critical_it=Decimal(210), restates=True)
    record = contract_record(View(Figures(contracts=(FIRST, detailed))), "TEST", DAY)
    assert {e.contract.mw_critical_it: e.state for e in record} == {
        Decimal(210): ContractState.IN_FORCE,
        Decimal(200): ContractState.SUPERSEDED,
    }


def test_what_was_in_force_on_an_earlier_day(view: View) -> None:
    record = contract_record(view, "TEST", date(2024, 7, 1))
    assert [(e.contract.counterparty, e.state) for e in record] == [
        ("Cloudco", ContractState.IN_FORCE),
        ("Gone", ContractState.IN_FORCE),
    ]


def test_megawatts_contracted_step_on_the_day_they_became_known(view: View) -> None:
    timeline = megawatt_timeline(view, "TEST", DAY, ())
    assert [(point.day, point.mw) for point in timeline.contracted] == [
        (date(2024, 1, 1), Decimal(100)),
        (date(2024, 6, 3), Decimal(300)),
        (date(2024, 10, 1), Decimal(200)),
        (date(2025, 2, 1), Decimal(590)),
        (date(2025, 5, 1), Decimal(690)),
    ]


def test_announced_starts_add_up_the_shares_in_force(view: View) -> None:
    timeline = megawatt_timeline(view, "TEST", DAY, ())
    assert timeline.begun == 0
    assert [(point.day, point.mw) for point in timeline.starts] == [
        (date(2026, 6, 30), Decimal(590)),
        (date(2027, 6, 30), Decimal(690)),
    ]


def test_energized_as_reported_or_why_not(view: View, miner: MadeUpMiner) -> None:
    absent = megawatt_timeline(view, "TEST", DAY, ()).energized
    assert isinstance(absent, Missing) and absent.needs
    miner.figure("ai_power_energized", None, date(2025, 6, 30), 320, label="Energized capacity")
    miner.figure("power_capacity", None, date(2025, 6, 30), 900)
    timeline = megawatt_timeline(miner.view(), miner.ticker, DAY, ())
    reported = timeline.energized
    assert [point.mw for point in timeline.capacity] == [900] and set(timeline.absent()) == {"delivered"}
    assert not isinstance(reported, Missing)
    assert [(p.day, p.mw, p.label) for p in reported] == [(date(2025, 6, 30), 320, "Energized capacity")]
