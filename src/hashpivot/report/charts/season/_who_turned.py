"""Who has turned: share of AI and chips in revenue, before the halving and now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hashpivot.core import Quarter

from ...shared import Chart, format_share, line, text
from ._rows import LEFT, ROW, TOP, WIDTH, axis_marks, dot, linked, name, row_middle, tick


@dataclass(frozen=True, slots=True)
class TurnedRow:
    """One company.

    Args:
        ticker: The company.
        now: Share in the quarter.
        before: Share before the halving; None if it is not known.
        recurring: Share without fit-out and resale; None if nothing is known to be either.
        address: Where the evidence of `now` is; empty if nowhere.
        at_least: True if `now` is a lower bound.
    """

    ticker: str
    now: float
    before: float | None = None
    recurring: float | None = None
    address: str = ""
    at_least: bool = False

    @property
    def words(self) -> str:
        """`19.9%`, or `≥19.9%` of a lower bound."""
        return ("≥" if self.at_least else "") + format_share(self.now)


def turned_chart(rows: Sequence[TurnedRow], quarter: Quarter, base: Quarter | None, mark: float) -> Chart:
    """One row a company: a ring before the halving, a dot now, paler what does not recur.

    Args:
        rows: In the order they are shown.
        quarter: The quarter of `now`.
        base: The quarter of `before`.
        mark: Share from which AI revenue is meaningful.
    """
    right = WIDTH - (150 if any(row.recurring is not None for row in rows) else 50)
    highest = max([mark * 2, *(max(row.now, row.before or 0.0) for row in rows)])
    scale = (right - LEFT) / highest
    bottom = TOP + ROW * len(rows) + 4

    def place(share: float) -> float:
        return LEFT + max(0.0, share) * scale

    body = [tick(place(at), bottom, f"{at:.0%}") for at in axis_marks(0.0, highest, 4)]
    body.append(line(place(mark), TOP, place(mark), bottom, "ref"))
    body.append(text(place(mark) + 3, TOP - 5, f"meaningful from {mark:.0%}", "tick left"))
    body += [_row(row, row_middle(index), place) for index, row in enumerate(rows)]
    words = "; ".join(_words(row, base) for row in rows) or "no company's share is known"
    return Chart(f"AI and chips in revenue, {quarter}", words, WIDTH, bottom + 20, "".join(body))


def _row(row: TurnedRow, y: float, place: Callable[[float], float]) -> str:
    solid = row.now if row.recurring is None else row.recurring
    end = max(place(row.now), place(row.before or 0.0))
    drawn = [name(row.ticker, y)]
    if row.before is not None:
        drawn.append(line(place(row.before), y, place(row.now), y, "stem"))
    if row.recurring is not None:
        drawn += [line(place(solid), y, place(row.now), y, "stem"), dot(place(row.now), y, 4.6, "now pale")]
    if row.before is not None:
        drawn.append(dot(place(row.before), y, 3.4, "then"))
    drawn.append(dot(place(solid), y, 4.6, "now"))
    label = row.words + (f", {format_share(solid)} recurring" if row.recurring is not None else "")
    return "".join(drawn) + linked(text(end + 9, y + 4, label, "left val"), row.address)


def _words(row: TurnedRow, base: Quarter | None) -> str:
    before = f", {format_share(row.before)} in {base}" if row.before is not None else ""
    apart = f", {format_share(row.recurring)} recurring" if row.recurring is not None else ""
    return f"{row.ticker} {row.words}{apart}{before}"
