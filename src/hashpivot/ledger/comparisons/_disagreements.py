"""Compare the figures of a filing about to be added with those already in the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hashpivot.core import MEASURES, Figure, Kind, Source

from ..store import Figures
from ._scale_slips import ScaleSlip, scale_slips
from ._sound_figures import Amount

_TOTALS = ("total_revenue", "total_cost_of_revenue", "operating_income", "net_income")


def disagreements(held: Figures, figures: Iterable[Figure], source: Source | None = None) -> list[str]:
    """Return one sentence for each slip of scale and each total that otherwise differs from the latest held.

    Totals differ if they do by more than both roundings. For many filings, one after another, `HeldAmounts`
    gives the same without comparing all with all.

    Args:
        held: What is in the ledger, of any companies; only that of the source's company is compared.
        figures: Of one other source.
        source: That source; tells its own period from those it shows for comparison.
    """
    fresh = list(figures)
    sources = held.sources | ({source.key: source} if source else {})
    tickers = {figure.ticker for figure in fresh}
    own = [figure for figure in held.figures if figure.ticker in tickers]
    added = set(fresh)
    slips = [slip for slip in scale_slips((*own, *fresh), sources) if slip.figure in added]
    latest: dict[str, Figure] = {}
    for figure in filter(is_total, own):
        other = latest.get(figure.address)
        if other is None or other.known <= figure.known:
            latest[figure.address] = figure

    def total(address: str) -> tuple[Figure, str] | None:
        other = latest.get(address)
        return (other, title_of(other.source, held.sources)) if other else None

    return disagreement_sentences(fresh, slips, total)


def is_total(figure: Figure) -> bool:
    """Tell whether a figure is a reported total that later ones are compared with."""
    return figure.measure in _TOTALS and figure.kind is Kind.REPORTED


def disagreement_sentences(
    fresh: Iterable[Figure],
    slips: Iterable[ScaleSlip[Any]],
    total: Callable[[str], tuple[Amount, str] | None],
) -> list[str]:
    """Return one sentence for each slip and for each other total that differs from the latest known.

    Args:
        fresh: Figures of the source that is compared.
        slips: Those of them that are slips of scale.
        total: Gives the latest known total of an address and the title of its source.
    """
    found = list(slips)
    slipped = {slip.figure for slip in found}
    totals = {f.address: f for f in fresh if f.measure in _TOTALS and f not in slipped}
    held = ((figure, total(address)) for address, figure in totals.items())
    return [_slip(slip) for slip in found] + [
        _sentence(figure, *other) for figure, other in held if other and _differ(figure, other[0])
    ]


def _differ(one: Amount, two: Amount) -> bool:
    return one.source != two.source and abs(one.value - two.value) > max(one.unit_step, two.unit_step)


def _slip(slip: ScaleSlip[Any]) -> str:
    figure = slip.figure
    what = f"{figure.line.heading} " if figure.line else ""
    title = MEASURES[figure.measure].title.lower()
    return (
        f"{figure.period}: {what}{title} is {figure.value:,} here, {slip.factor}: taken for a slip of scale "
        "in a comparative column and set aside"
    )


def _sentence(figure: Figure, other: Amount, title: str) -> str:
    return (
        f"{figure.period}: {MEASURES[figure.measure].title.lower()} is {figure.value:,} here, "
        f"{other.value:,} in {title} known {other.known}; both are kept"
    )


def title_of(key: str, sources: Mapping[str, Source]) -> str:
    """Return the title of a source, or its key if it is not there."""
    source = sources.get(key)
    return source.title if source else key
