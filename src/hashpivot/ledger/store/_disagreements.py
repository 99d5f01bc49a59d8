"""Compare the totals of a filing about to be added with those already in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from hashpivot.core import MEASURES, Figure, Kind

from ._figures import Figures

_TOTALS = ("total_revenue", "total_cost_of_revenue", "operating_income", "net_income")


def disagreements(held: Figures, figures: Iterable[Figure]) -> list[str]:
    """Return one sentence for each total that differs from the latest one held by more than both roundings.

    Args:
        held: What is in the ledger.
        figures: Of one other source.
    """
    latest: dict[str, Figure] = {}
    for figure in held.figures:
        if figure.measure in _TOTALS and figure.kind is Kind.REPORTED:
            other = latest.get(figure.address)
            if other is None or other.known <= figure.known:
                latest[figure.address] = figure
    fresh = {figure.address: figure for figure in figures if figure.measure in _TOTALS}
    return [
        _sentence(figure, latest[address], held)
        for address, figure in fresh.items()
        if address in latest and _differ(figure, latest[address])
    ]


def _differ(one: Figure, two: Figure) -> bool:
    return one.source != two.source and abs(one.value - two.value) > max(one.unit_step, two.unit_step)


def _sentence(figure: Figure, other: Figure, held: Figures) -> str:
    source = held.sources.get(other.source)
    title = source.title if source else other.source
    return (
        f"{figure.period}: {MEASURES[figure.measure].title.lower()} is {figure.value:,} here, "
        f"{other.value:,} in {title} known {other.known}; both are kept"
    )
