"""Draws of a company's mining revenue: effective hash rate times what the network paid for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from ..hash_rate import EvidenceKind, HashRateEvidence, HashRatePosterior
from ..network import Floats, Market, day_count, months_of_days


class Level(StrEnum):
    """How much was known of the quarter's mining."""

    UPDATES = "updates"
    HASHRATE = "hashrate"
    NETWORK = "network"


def level_of(evidence: Iterable[HashRateEvidence], start: date, end: date) -> Level:
    """Return the level of information about the period from `start` to `end`.

    `updates` if bitcoin mined is known for some of it, `hashrate` if a hash rate is known from the day
    before it on, else `network`.
    """
    day_before = start - timedelta(days=1)
    known = list(evidence)
    if any(e.kind is EvidenceKind.BITCOIN and e.within(start, end) for e in known):
        return Level.UPDATES
    rates = (e for e in known if e.kind in (EvidenceKind.AVERAGE, EvidenceKind.PERIOD_END))
    return Level.HASHRATE if any(day_before <= e.end <= end for e in rates) else Level.NETWORK


def mining_draws(
    posterior: HashRatePosterior,
    market: Market,
    start: date,
    end: date,
    noise: float,
    *,
    whole: bool,
    seed: int,
) -> Floats:
    """Return draws of the revenue from `start` to `end`; shape (draws,).

    Args:
        posterior: The company's effective hash rate.
        market: The network, known and drawn up to `end`.
        start: First day.
        end: Last day.
        noise: Standard deviation of reported revenue around its expectation, in logarithms.
        whole: Of total revenue, for a company that does not split it.
        seed: Of the random numbers.
    """
    months = months_of_days(start, day_count(start, end))
    touched = np.unique(months)
    daily = market.usd_per_eh(start, end)
    paid = np.stack([daily[:, months == month].sum(axis=1) for month in touched], axis=1)
    mean, covariance = posterior.earning([int(month) for month in touched], whole=whole)
    normal = _mirrored(np.random.default_rng(seed), market.draws, len(touched) + 1)
    ehs = np.exp(mean + normal[:, :-1] @ _root(covariance).T)
    return np.asarray((ehs * paid).sum(axis=1) * np.exp(noise * normal[:, -1]))


def _mirrored(chance: np.random.Generator, draws: int, width: int) -> Floats:
    """Standard normal draws in pairs of opposite sign, so that their mean is exact."""
    half = chance.standard_normal(((draws + 1) // 2, width))
    return np.concatenate([half, -half])[:draws]


def _root(covariance: Floats) -> Floats:
    """A matrix whose product with its transpose is the covariance, which may be singular."""
    values, vectors = np.linalg.eigh(covariance)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0)))
