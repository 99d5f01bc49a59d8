"""What the package ships: figures and their sources, statements of texts, contracts, events."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from hashpivot.core import BundleError

from ..store import ALIAS_COLUMNS, FIGURE_COLUMNS, SOURCE_COLUMNS, Alias, Figures, figure_of, source_of
from ._contracts import read_contracts
from ._csv import HINT, read_table
from ._debt import read_debt
from ._events import read_events
from ._statements import read_statements


@cache
def bundled() -> Figures:
    """Return the figures, text facts and contracts shipped with the package, read once a process.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    folder = files("hashpivot.ledger") / "data"
    figures = read_tables(folder)
    events = read_events(folder, figures.sources)
    facts = (
        *read_debt(folder, figures.sources),
        *read_statements(folder / "texts"),
        *(event.fact for event in events),
    )
    sources = figures.sources | {event.source.key: event.source for event in events}
    return replace(figures, sources=sources, remarks=facts, contracts=read_contracts(folder))


def read_tables(folder: Traversable) -> Figures:
    """Return what `figures.csv`, `sources.csv` and `aliases.csv` of a folder hold.

    Raises:
        BundleError: If a table is damaged, naming the file and line.
    """
    sources = read_table(folder / "sources.csv", SOURCE_COLUMNS, source_of)
    figures = tuple(read_table(folder / "figures.csv", FIGURE_COLUMNS, figure_of))
    by_key = {source.key: source for source in sources}
    stray = next((figure for figure in figures if figure.source not in by_key), None)
    if stray:
        raise BundleError(f"figure {stray.id} names no known source", where="figures.csv", hint=HINT)
    aliases = read_table(folder / "aliases.csv", ALIAS_COLUMNS, lambda row: Alias(*row))
    return Figures(by_key, figures, aliases={alias.id: alias for alias in aliases})
