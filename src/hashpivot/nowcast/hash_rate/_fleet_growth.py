"""Recent growth of fleets, over all companies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from ..network import days_later, month_of
from ._evidence import HashRateEvidence
from ._parameters import Parameters

WINDOW_DAYS = 730
"""Days looked back."""
PRIOR_COMPANY_MONTHS = 60
"""Weight of the growth fitted before 2024, in months of one company."""
SHORTEST = 3
"""Months a company must span to count."""


def recent_growth(
    companies: Iterable[Sequence[HashRateEvidence]],
    network: Mapping[int, float],
    as_of: date,
    parameters: Parameters,
) -> float:
    """Mean monthly growth of log effective hash rate beside the network's, over the last two years.

    Every company's change between the first and last thing it earned in the window, less its share of the
    network's; all changes over all months, drawn toward the fitted growth as if that were five years of one
    company.

    Args:
        companies: Evidence of each company, known on `as_of`.
        network: Mean log EH/s of the network by month.
        as_of: The day.
        parameters: Constants.
    """
    change, months = parameters.growth * PRIOR_COMPANY_MONTHS, float(PRIOR_COMPANY_MONTHS)
    since = days_later(as_of, -WINDOW_DAYS)
    for evidence in companies:
        earned = sorted((_middle(e), e.log_ehs) for e in evidence if e.kind.earned and e.start >= since)
        if not earned:
            continue
        (first, low), (last, high) = earned[0], earned[-1]
        if last - first < SHORTEST:
            continue
        change += high - low - parameters.with_network * (network[last] - network[first])
        months += last - first
    return change / months


def _middle(evidence: HashRateEvidence) -> int:
    return month_of(evidence.start + (evidence.end - evidence.start) / 2)
