from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import exp

import pytest

from hashpivot.core import Line
from hashpivot.nowcast import Days, EvidenceKind, evidence_of
from hashpivot.testing import MadeUpMiner

JANUARY = date(2024, 1, 1), date(2024, 1, 31)


def test_production_and_revenue_both_show_the_hash_rate(steady: MadeUpMiner, days: Days) -> None:
    found, aside = evidence_of(steady.view(), "TEST", days)
    assert not aside
    earned = [e for e in found if e.kind.earned]
    assert len(earned) == 24 + 8
    for evidence in earned:
        assert exp(evidence.log_ehs) == pytest.approx(10.0, rel=1e-3)


def test_blocks_won_are_no_evidence(miner: Callable[..., MadeUpMiner], days: Days) -> None:
    made = miner().figure("bitcoin_blocks_won", *JANUARY, 200)
    assert evidence_of(made.view(), "TEST", days) == ([], [])


def test_a_hash_rate_of_zero_is_set_aside_with_a_reason(
    miner: Callable[..., MadeUpMiner], days: Days
) -> None:
    made = miner().month(2024, 1).hash_rate(date(2024, 1, 31), 0.0)
    found, aside = evidence_of(made.view(), "TEST", days)
    assert [e.kind for e in found] == [EvidenceKind.BITCOIN]
    assert "zero" in aside[0].reason


def test_a_month_given_twice_counts_once_and_the_later_word_counts(
    miner: Callable[..., MadeUpMiner], days: Days
) -> None:
    made = miner()
    made.figure("bitcoin_mined", *JANUARY, 300, known=date(2024, 2, 3))
    made.figure("bitcoin_mined", *JANUARY, 310, known=date(2024, 3, 3))
    found, _ = evidence_of(made.view(), "TEST", days)
    assert [float(e.figure.value) for e in found] == [310.0]
    earlier, _ = evidence_of(made.view(date(2024, 2, 10)), "TEST", days)
    assert [float(e.figure.value) for e in earlier] == [300.0]


def test_a_year_says_nothing_of_months(miner: Callable[..., MadeUpMiner], days: Days) -> None:
    made = miner().figure("bitcoin_mined", date(2024, 1, 1), date(2024, 12, 31), 5000)
    assert evidence_of(made.view(), "TEST", days)[0] == []


def test_total_revenue_stands_for_mining_until_another_line_is_shown(
    miner: Callable[..., MadeUpMiner], days: Days
) -> None:
    alone = miner().month(2024, 1).quarter("2024Q1", None)
    kinds = {e.kind for e in evidence_of(alone.view(), "TEST", days)[0]}
    assert kinds == {EvidenceKind.BITCOIN, EvidenceKind.TOTAL}
    split = alone.quarter("2023Q4", Line.AI_CLOUD, 5e6)
    kinds = {e.kind for e in evidence_of(split.view(), "TEST", days)[0]}
    assert kinds == {EvidenceKind.BITCOIN}
