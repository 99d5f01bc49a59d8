"""Compare the figures of a filing about to be added with those already in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from hashpivot.core import MEASURES, Figure, Kind, Source

from ._figures import Figures
from ._scale_slips import ScaleSlip, scale_slips

_TOTALS = ("total_revenue", "total_cost_of_revenue", "operating_income", "net_income")


def disagreements(held: Figures, figures: Iterable[Figure], source: Source | None = None) -> list[str]:
    """Return one sentence for each slip of scale and each total that otherwise differs from the latest held.

    Totals differ if they do by more than both roundings.

    Args:
        held: What is in the ledger, of any companies; only that of the source's company is compared.
        figures: Of one other source.
        source: That source; tells its own period from those it shows for comparison.
    """
    fresh = list(figures)
    sources = held.sources | ({source.key: source} if source else {})
    tickers = {figure.ticker for figure in fresh}
    own = [figure for figure in held.figures if figure.ticker in tickers]
    slips = [slip for slip in scale_slips((*own, *fresh), sources) if slip.figure in fresh]
    slipped = {slip.figure for slip in slips}
    latest: dict[str, Figure] = {}
    for figure in own:
        if figure.measure in _TOTALS and figure.kind is Kind.REPORTED:
            other = latest.get(figure.address)
            if other is None or other.known <= figure.known:
                latest[figure.address] = figure
    totals = {f.address: f for f in fresh if f.measure in _TOTALS and f not in slipped}
    return [_slip(slip) for slip in slips] + [
        _sentence(figure, latest[address], held)
        for address, figure in totals.items()
        if address in latest and _differ(figure, latest[address])
    ]


def _differ(one: Figure, two: Figure) -> bool:
    return one.source != two.source and abs(one.value - two.value) > max(one.unit_step, two.unit_step)


def _slip(slip: ScaleSlip) -> str:
    figure = slip.figure
    what = f"{figure.line.heading} " if figure.line else ""
    title = MEASURES[figure.measure].title.lower()
    return (
        f"{figure.period}: {what}{title} is {figure.value:,} here, {slip.factor}: taken for a slip of scale "
        "in a comparative column and set aside"
    )


def _sentence(figure: Figure, other: Figure, held: Figures) -> str:
    source = held.sources.get(other.source)
    title = source.title if source else other.source
    return (
        f"{figure.period}: {MEASURES[figure.measure].title.lower()} is {figure.value:,} here, "
        f"{other.value:,} in {title} known {other.known}; both are kept"
    )
