"""Filings of other industries, read from their tables as if nothing were tagged: every sixth one.

`python -m tools long tables` reads all of them.
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
    found = list(corpus.outcomes(corpus.files(fold)[::6], tagged=False))
    totals = Counter(o.kind for o in found if o.cell[2] == "total_revenue" and o.kind != "extra")
    assert totals["right"] >= 0.97 * totals.total()
    assert not totals["wrong"]
