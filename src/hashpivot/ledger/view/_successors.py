"""Find what ids of an earlier state of the figures are called now: a quoted address keeps resolving."""

from __future__ import annotations

from collections.abc import Iterator

from hashpivot.core import Figure, Missing

from ..store import Alias
from ._address import Address
from ._resolve import find
from ._view import View

_COMPARED = ("source", "label", "value", "locator", "formula")


def successors(old: View, new: View) -> list[Alias]:
    """Return an alias for every id that `old` gives and `new` no longer resolves, if something succeeds it.

    A reported figure is succeeded by the figure of the same address that has most in common with it, first
    its source, then its label, then its value. A derived figure is succeeded by what its address gives now.

    Args:
        old: A view of the figures as they were.
        new: A view of the figures as they are now.
    """
    figures = {figure.id: figure for ticker in old.tickers() for figure in _quotable(old, ticker)}
    gone = (figure for figure in figures.values() if _figure(figure.id, new) is None)
    pairs = ((figure, _successor(figure, new)) for figure in gone)
    return [Alias(before.id, kept.id, _reason(before, kept)) for before, kept in pairs if kept]


def _quotable(view: View, ticker: str) -> Iterator[Figure]:
    """Every reported figure of a company, and the derived ones that tables of quarters show."""
    yield from view.figures(ticker)
    for quarter in view.quarters(ticker):
        lines = view.quarter_lines(ticker, quarter)
        amounts = (*lines.figures(), lines.total_revenue, lines.eliminations, lines.unattributed)
        yield from (amount for amount in amounts if isinstance(amount, Figure))


def _figure(address: str, view: View) -> Figure | None:
    resolved = find(view, Address.parse(address))
    return None if isinstance(resolved, Missing) else resolved.figure


def _successor(gone: Figure, new: View) -> Figure | None:
    if gone.formula:
        return _figure(gone.address, new)
    same = [figure for figure in new.figures(gone.ticker, gone.measure) if figure.address == gone.address]
    return max(same, key=lambda figure: (*_in_common(gone, figure), figure.id), default=None)


def _in_common(one: Figure, two: Figure) -> tuple[bool, ...]:
    return one.source == two.source, one.label == two.label, one.value == two.value


def _reason(gone: Figure, kept: Figure) -> str:
    changed = [name for name in _COMPARED if getattr(gone, name) != getattr(kept, name)]
    return f"read again with another {' and '.join(changed)}" if changed else "its operands were read again"
