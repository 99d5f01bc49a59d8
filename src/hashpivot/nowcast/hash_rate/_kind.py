"""The kinds of figures that bear on a company's effective hash rate."""

from __future__ import annotations

from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a figure measures; the values are measures of the ledger, and keys of `parameters.toml`."""

    BITCOIN = "bitcoin_mined"
    AVERAGE = "hash_rate_average"
    PERIOD_END = "hash_rate_period_end"
    REVENUE = "mining_revenue"
    TOTAL = "total_revenue"

    @property
    def flow(self) -> bool:
        """True if it is the sum or mean of a period."""
        return self is not EvidenceKind.PERIOD_END

    @property
    def earned(self) -> bool:
        """True if it counts what was earned, the variance of blocks found included."""
        return self in (EvidenceKind.BITCOIN, EvidenceKind.REVENUE, EvidenceKind.TOTAL)
