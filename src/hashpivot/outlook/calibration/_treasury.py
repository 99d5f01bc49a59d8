"""What a company does with its bitcoin: kept or sold, as its holdings of the last year show."""

from __future__ import annotations

from hashpivot.core import Figure, Quarter

from ..inputs import Finance, Origins, assumed, of_figure
from ._base import BaseQuarter

RECORD_QUARTERS = 4
"""A year: what was done with bitcoin before says little of today; nor do ends that are farther apart."""


def calibrate_treasury(base: BaseQuarter, start: Quarter, origins: Origins) -> dict[str, float]:
    """The share of bitcoin mined that is sold, and whether bitcoin held is sold when cash is short.

    Holdings at two quarters' ends and what was mined in between say what was kept. A company whose holdings
    did not fall holds its bitcoin. Without such a record all bitcoin is sold.

    Args:
        base: The company.
        start: The first simulated quarter.
        origins: Takes where both came from.
    """
    plain, record = Finance(), _record(base, start)
    if record is None:
        why = assumed("no record of the last year says what was done with bitcoin: all of it is sold")
        return origins.take("finance", why, sold_share=plain.sold_share, sells_treasury=plain.sells_treasury)
    first, last, mined = record
    kept = (float(last.value) - float(first.value)) / sum(float(each.value) for each in mined)
    how = "what holdings did not grow by of the bitcoin mined between them"
    values = origins.take(
        "finance", of_figure(last, first, *mined, how=how), sold_share=min(1.0, max(0.0, 1 - kept))
    )
    word = "fell: it is sold when cash is short" if kept < 0 else "did not fall: it is held"
    origin = of_figure(last, first, how=f"holdings {word}")
    return values | origins.take("finance", origin, sells_treasury=1.0 if kept < 0 else 0.0)


def _record(base: BaseQuarter, start: Quarter) -> tuple[Figure, Figure, list[Figure]] | None:
    """The latest holdings of the last year, those farthest back within a year of them, and what was mined."""
    held = {
        back: figure
        for back in range(1, 2 * RECORD_QUARTERS + 1)
        if (figure := _figure(base, "bitcoin_held", start - back)) is not None
    }
    for last in (back for back in held if back <= RECORD_QUARTERS):
        for first in (back for back in reversed(held) if last < back <= last + RECORD_QUARTERS):
            quarters = [_figure(base, "bitcoin_mined", start - back) for back in range(last, first)]
            mined = [each for each in quarters if each is not None]
            if len(mined) == first - last and any(each.value > 0 for each in mined):
                return held[first], held[last], mined
    return None


def _figure(base: BaseQuarter, measure: str, quarter: Quarter) -> Figure | None:
    found = base.view.company_measure(base.ticker, quarter, measure)
    return found if isinstance(found, Figure) else None
