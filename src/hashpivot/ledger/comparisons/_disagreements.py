"""Compare the figures of a filing about to be added with those already in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping

from hashpivot.core import MEASURES, Figure, Kind, Source

from ..store import Figures
from ._scale_slips import ScaleSlip, scale_slips

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
    keep_latest_totals(latest, own)
    return disagreement_sentences(fresh, slips, latest, held.sources)


def keep_latest_totals(latest: MutableMapping[str, Figure], figures: Iterable[Figure]) -> None:
    """Put the totals among figures, in the order they were added, in the place of those known before them.

    Args:
        latest: The latest known total by address; changed.
        figures: Of one company.
    """
    for figure in figures:
        if figure.measure in _TOTALS and figure.kind is Kind.REPORTED:
            address = figure.address
            other = latest.get(address)
            if other is None or other.known <= figure.known:
                latest[address] = figure


def disagreement_sentences(
    fresh: Iterable[Figure],
    slips: Iterable[ScaleSlip],
    latest: Mapping[str, Figure],
    sources: Mapping[str, Source],
) -> list[str]:
    """Return one sentence for each slip and for each other total that differs from the latest known.

    Args:
        fresh: Figures of the source that is compared.
        slips: Those of them that are slips of scale.
        latest: The latest known total by address.
        sources: The sources of `latest`, by key.
    """
    found = list(slips)
    slipped = {slip.figure for slip in found}
    totals = {f.address: f for f in fresh if f.measure in _TOTALS and f not in slipped}
    return [_slip(slip) for slip in found] + [
        _sentence(figure, latest[address], sources)
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


def _sentence(figure: Figure, other: Figure, sources: Mapping[str, Source]) -> str:
    source = sources.get(other.source)
    title = source.title if source else other.source
    return (
        f"{figure.period}: {MEASURES[figure.measure].title.lower()} is {figure.value:,} here, "
        f"{other.value:,} in {title} known {other.known}; both are kept"
    )
