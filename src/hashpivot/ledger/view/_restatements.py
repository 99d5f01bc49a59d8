"""Restatements: where the latest known figure differs from the first reported one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hashpivot.core import Figure, Kind, Quarter, short_repr

from ._view import View


@short_repr
@dataclass(frozen=True, slots=True)
class Restatement:
    """One figure in two vintages.

    Args:
        first: As first reported.
        latest: As best known now.
    """

    first: Figure
    latest: Figure

    @property
    def quarter(self) -> Quarter | None:
        """The quarter both are about."""
        return self.latest.quarter

    def to_dict(self) -> dict[str, object]:
        """Stable keys; see docs/json.md."""
        return {
            "quarter": str(self.quarter),
            "measure": self.latest.measure,
            "line": self.latest.line or "total",
            "first_usd": float(self.first.value),
            "first_known": self.first.known.isoformat(),
            "first_figure": self.first.id,
            "latest_usd": float(self.latest.value),
            "latest_known": self.latest.known.isoformat(),
            "latest_figure": self.latest.id,
        }


def restatements(first: View, latest: View, ticker: str) -> list[Restatement]:
    """Return quarterly amounts of a company whose reported value changed by more than their rounding.

    Args:
        first: A view of the first vintage.
        latest: The same figures' latest vintage.
        ticker: The company.
    """
    before = {figure.address: figure for figure in _quarterly(first, ticker)}
    pairs = ((before.get(figure.address), figure) for figure in _quarterly(latest, ticker))
    return [Restatement(old, new) for old, new in pairs if old is not None and _differ(old, new)]


def _quarterly(view: View, ticker: str) -> Iterator[Figure]:
    for quarter in view.quarters(ticker):
        lines = view.quarter_lines(ticker, quarter)
        figures = (lines.total_revenue, *lines.revenue.values(), *lines.cost.values())
        yield from (f for f in figures if isinstance(f, Figure) and f.kind is Kind.REPORTED)


def _differ(old: Figure, new: Figure) -> bool:
    return abs(old.value - new.value) > max(old.unit_step, new.unit_step)
