from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from hashpivot.nowcast import (
    Days,
    EvidenceKind,
    HashRateModel,
    HashRatePosterior,
    Parameters,
    evidence_of,
    network_months,
)
from hashpivot.testing import MadeUpMiner

DECEMBER = 2024 * 12 + 11


def fitted(
    miner: MadeUpMiner, days: Days, as_of: date | None = None, last: int = DECEMBER, growth: float = 0.0
) -> HashRatePosterior:
    evidence, _ = evidence_of(miner.view(as_of), miner.ticker, days)
    return HashRateModel(
        miner.ticker, evidence, network_months(days), days, last, Parameters.load(), growth
    ).fit()


def test_a_steady_miner_is_found_steady(steady: MadeUpMiner, days: Days) -> None:
    mean, covariance = fitted(steady, days).earning([DECEMBER - 1, DECEMBER])
    assert np.exp(mean) == pytest.approx(10.0, rel=2e-3)
    assert np.sqrt(np.diag(covariance)).max() < 0.01


def test_what_is_not_known_is_less_certain(steady: MadeUpMiner, days: Days) -> None:
    path = fitted(steady, days, last=DECEMBER + 3)
    mean, covariance = path.earning([DECEMBER, DECEMBER + 1, DECEMBER + 3])
    spread = np.sqrt(np.diag(covariance))
    assert spread[0] < spread[1] < spread[2]
    assert np.exp(mean[2]) == pytest.approx(10.0, rel=0.35)


def test_an_update_that_contradicts_the_filing_is_set_aside(
    miner: Callable[..., MadeUpMiner], days: Days
) -> None:
    made = miner()
    for month in range(1, 13):
        made.month(2024, month)
    for number in (1, 2, 3, 4):
        made.quarter(f"2024Q{number}")
    wrong = next(f for f in made.figures if f.measure == "bitcoin_mined" and f.end == date(2024, 5, 31))
    made.figures.remove(wrong)
    made.month(2024, 5, bitcoin_mined=1.6 * float(wrong.value))
    path = fitted(made, days)
    assert [(each.figure.measure, each.figure.end) for each in path.excluded] == [
        ("bitcoin_mined", date(2024, 5, 31))
    ]
    assert "contradicts" in path.excluded[0].reason
    assert np.exp(path.earning([DECEMBER - 7])[0]) == pytest.approx(10.0, rel=0.05)


def test_the_realised_share_is_learned(miner: Callable[..., MadeUpMiner], days: Days) -> None:
    """Machines for 15 EH/s installed, 10 earn: what is installed later is read with that in mind."""
    made = miner()
    for month in range(1, 10):
        made.month(2024, month)
        made.hash_rate(date(2024, month, 28), 15.0)
    made.hash_rate(date(2024, 12, 31), 30.0)
    path = fitted(made, days)
    assert path.bias(EvidenceKind.PERIOD_END) == pytest.approx(np.log(1.5), abs=0.06)
    assert np.exp(path.earning([DECEMBER])[0]) == pytest.approx(20.0, rel=0.15)


def test_an_own_pools_luck_is_not_taken_for_hash_rate(miner: Callable[..., MadeUpMiner], days: Days) -> None:
    """A lucky month moves the estimate of the next one less where luck is known to exist."""
    after = {}
    for ticker in ("TEST", "MARA"):
        made = miner(ehs=25.0, ticker=ticker)
        for month in range(1, 12):
            made.month(2024, month)
        lucky = made.figures.pop()
        made.month(2024, 11, bitcoin_mined=1.2 * float(lucky.value))
        after[ticker] = float(np.exp(fitted(made, days).earning([DECEMBER])[0][0]))
    assert after["MARA"] < after["TEST"]


def test_no_evidence_no_path(days: Days) -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        HashRateModel("TEST", [], network_months(days), days, DECEMBER, Parameters.load(), 0.0)


def test_what_months_earned_together_conditions_later_ones(steady: MadeUpMiner, days: Days) -> None:
    path = fitted(steady, days, last=DECEMBER + 6)
    known, later = [DECEMBER + 1, DECEMBER + 2], [DECEMBER + 5]
    given = path.given(known, np.array([0.5, 0.5]), 0.3, 0.0)
    assert given.earning(known)[0].mean() == pytest.approx(path.earning(known)[0].mean() + 0.3)
    (before, spread), (after, left) = path.earning(later), given.earning(later)
    assert 0.1 < after[0] - before[0] < 0.45
    assert left[0, 0] < spread[0, 0]
    blind = path.given(known, np.array([0.5, 0.5]), 0.3, 1e9)
    assert blind.earning(later)[0] == pytest.approx(before)
