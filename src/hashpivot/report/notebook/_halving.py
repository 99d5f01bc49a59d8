"""Halvings, and what one did to each company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hashpivot.bitcoin import Halving, HalvingEstimate
from hashpivot.season import HalvingImpact

from ..answer_pages import halving_head
from ..terminal import halving_impacts_table, halvings_table
from ._fragment import Fragment


def halving_fragment(
    schedule: Sequence[Halving],
    estimate: HalvingEstimate,
    past: Halving,
    impacts: Sequence[HalvingImpact],
    hashprices: Mapping[str, float],
) -> Fragment:
    """The next halving, what a past one did to each company, and the schedule.

    Args:
        schedule, estimate, past, impacts, hashprices: As `halving_body`.
    """
    head = halving_head(estimate)
    tables = (halving_impacts_table(past, impacts, hashprices), halvings_table(schedule, estimate))
    return Fragment(title=head.title, meta=head.meta, tables=tables)
