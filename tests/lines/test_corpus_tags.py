"""Filings of other industries, read from their tags: totals whole, no wrong measure; every third one.

`python -m tools write corpus` reads all of them.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tools.evaluate import corpus

pytestmark = pytest.mark.skipif(
    not corpus.CORPUS.is_dir(), reason="the filings in ../shared/data/corpus are not at hand"
)


@pytest.mark.parametrize("fold", [1, 2, 3, 4])
def test_totals_and_measures(fold: int) -> None:
    found = list(corpus.outcomes(corpus.files(fold)[::3], tagged=True))
    totals = [o for o in found if o.cell[2] == "total_revenue" and o.kind != "right"]
    assert not totals
    measures = Counter(o.kind for o in found if o.cell[2] != "total_revenue")
    assert set(measures) <= {"right", "missing", "silently missing"}
    assert measures["right"] >= 0.99 * measures.total()
