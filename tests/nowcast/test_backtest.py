from __future__ import annotations

from datetime import date

from hashpivot.bitcoin import NetworkHistory
from hashpivot.core import Quarter
from hashpivot.nowcast import Horizon, Subject, backtest, nowcast
from hashpivot.testing import MadeUpMiner


def test_a_steady_miner_is_nowcast_at_four_moments(steady: MadeUpMiner, history: NetworkHistory) -> None:
    cases = backtest(steady.view(), history)
    mining = [c for c in cases if c.subject is Subject.MINING and c.quarter == Quarter(2024, 3)]
    assert [c.horizon for c in mining] == list(Horizon)
    assert [c.as_of for c in mining] == [
        date(2024, 6, 30),
        date(2024, 8, 15),
        date(2024, 9, 30),
        date(2024, 11, 8),
    ]
    assert [c.level for c in mining] == ["network", "updates", "updates", "updates"]
    errors = [abs(c.median_usd / c.actual_usd - 1) for c in mining]
    assert errors[-1] < 0.005
    assert errors[-1] <= errors[0]
    assert mining[-1].last_usd and mining[-1].seasonal_usd and mining[-1].scaled_usd
    assert mining[-1].quarters_since == 1


def test_a_case_is_what_the_nowcast_says_that_day(steady: MadeUpMiner, history: NetworkHistory) -> None:
    case = next(
        c
        for c in backtest(steady.view(), history)
        if c.subject is Subject.TOTAL and c.quarter == Quarter(2024, 3) and c.horizon is Horizon.END
    )
    found = nowcast(steady.view(), history, case.quarter, as_of=case.as_of, track=tuple)["TEST"]
    assert abs(found.total.median_usd / case.median_usd - 1) < 1e-9


def test_progress_can_be_watched(steady: MadeUpMiner, history: NetworkHistory) -> None:
    seen: list[int] = []

    def watch(tasks: list[object]) -> list[object]:
        seen.append(len(tasks))
        return tasks

    backtest(steady.view(), history, watch)
    assert seen == [4 * 8]
