"""A risk as a text states it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RiskMention:
    """A risk as a text states it.

    Args:
        kind: `going_concern`, `material_weakness`, `power_market`, `export_control`, `tariff`, `regulation`,
            `permit`, `customer_dependence`, `single_site`, `hosting_dependence`, `competition`, `pricing` or
            `restructuring`.
        name: The words found, such as `ERCOT`; for whole statements the kind again.
        locator: Of the first sentence that says so.
        excerpt: At most 160 characters of it.
        count: Number of sentences that say so.
    """

    kind: str
    name: str
    locator: str
    excerpt: str
    count: int = 1
