"""Recent growth of fleets, by kind of company."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise

from ..network import days_later, month_of
from ._evidence import HashRateEvidence
from ._parameters import Parameters

KINDS_OF_COMPANY = ("halls", "cloud", "neither")
"""Companies that lease data halls to AI tenants, sell AI cloud, or do neither."""
WINDOW_DAYS = 730
"""Days looked back."""
HALF_LIFE_MONTHS = 6
"""Age at which a change counts half."""
PRIOR_COMPANY_MONTHS = 60
"""Weight of the growth fitted before 2024, and of all companies' for one kind, in months of one company."""
SHORTEST = 3
"""Months a company must span to count."""


def recent_growth(
    companies: Iterable[tuple[str, date, Sequence[HashRateEvidence]]],
    network: Mapping[int, float],
    as_of: date,
    parameters: Parameters,
) -> dict[str, float]:
    """Mean monthly growth of log effective hash rate beside the network's, by kind of company.

    Changes between one thing a company earned and the next, less its share of the network's, over their
    months, later ones counting more. A company counts for its kind from the day it became one, before that
    for neither. The mean of all is drawn toward the fitted growth; that of fleets whose halls are leased
    toward none, that of others toward the mean of all.

    Args:
        companies: Kind of each company, its first day, and evidence known on `as_of`.
        network: Mean log EH/s of the network by month.
        as_of: The day.
        parameters: Constants.
    """
    change: dict[str, float] = defaultdict(float)
    months: dict[str, float] = defaultdict(float)
    since, now = days_later(as_of, -WINDOW_DAYS), month_of(as_of)
    for kind, turned, evidence in companies:
        earned = sorted((_middle(e), e.log_ehs) for e in evidence if e.kind.earned and e.start >= since)
        if not earned or earned[-1][0] - earned[0][0] < SHORTEST:
            continue
        for (first, low), (last, high) in pairwise(earned):
            weight = 0.5 ** ((now - last) / HALF_LIFE_MONTHS)
            beside = high - low - parameters.with_network * (network[last] - network[first])
            counted = kind if turned <= as_of and first >= month_of(max(turned, since)) else "neither"
            change[counted] += weight * beside
            months[counted] += weight * (last - first)
    whole = _shrunk(sum(change.values()), sum(months.values()), parameters.growth)
    return {
        kind: _shrunk(change[kind], months[kind], 0.0 if kind == "halls" else whole)
        for kind in KINDS_OF_COMPANY
    }


def _shrunk(change: float, months: float, toward: float) -> float:
    return (change + toward * PRIOR_COMPANY_MONTHS) / (months + PRIOR_COMPANY_MONTHS)


def _middle(evidence: HashRateEvidence) -> int:
    return month_of(evidence.start + (evidence.end - evidence.start) / 2)
