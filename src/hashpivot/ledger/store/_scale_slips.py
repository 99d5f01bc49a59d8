"""Later values of an earlier period in another scale: slips, no restatements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hashpivot.core import Figure, Kind, Source

_OWN_PERIOD = timedelta(days=45)  # half a quarter: a column that ended earlier shows a period for comparison
_POWERS = (3, 6, 9)  # units are written in thousands, millions or billions
_NEAR = Decimal("0.005")  # however coarse the rounding, as for facts of one filing that differ in scale

_Column = tuple[str, date | None, date]


@dataclass(frozen=True, slots=True)
class ScaleSlip:
    """A figure in a comparative column that gives what was reported before in another scale.

    Args:
        figure: The later figure.
        held: The one reported before; None if the rest of its column shows the slip.
    """

    figure: Figure
    held: Figure | None

    @property
    def factor(self) -> str:
        """Such as `1,000 times less than 54,000,000`; of the column if nothing was held."""
        if self.held is None:
            return "in a column that is out of scale"
        power = _power(self.figure, self.held)
        return f"{10 ** abs(power):,} times {'less' if power > 0 else 'more'} than {self.held.value:,}"


def scale_slips(figures: Iterable[Figure], sources: Mapping[str, Source]) -> list[ScaleSlip]:
    """Return the slips of scale among reported figures of one company.

    A figure of a period that ended before its filing's own, which is exactly a thousand, a million or a
    billion times more or less than one known before and agrees with none, is one. So are the figures beside
    it that nothing known before can confirm, if every other one in that column is.

    Args:
        figures: In any order.
        sources: Sources by key.
    """
    reported = sorted((f for f in figures if f.kind is Kind.REPORTED), key=lambda f: f.known)
    ends = _own_ends(reported, sources)
    sound: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    columns: dict[_Column, list[ScaleSlip | Figure]] = defaultdict(list)
    alone: dict[_Column, list[Figure]] = defaultdict(list)
    for figure in reported:
        alike = sound[_question(figure)]
        earlier = [held for held in alike if held.source != figure.source]
        compared = figure.end < ends[figure.source] - _OWN_PERIOD
        held = _in_another_scale(figure, earlier) if compared and earlier else None
        column = figure.source, figure.start, figure.end
        if held:
            columns[column].append(ScaleSlip(figure, held))
            continue
        alike.append(figure)
        (columns if earlier else alone)[column].append(figure)
    slips = [slip for members in columns.values() for slip in members if isinstance(slip, ScaleSlip)]
    whole = (key for key, members in columns.items() if all(isinstance(m, ScaleSlip) for m in members))
    return slips + [ScaleSlip(f, None) for key in whole for f in alone[key] if f.unit == "usd"]


def _own_ends(figures: Iterable[Figure], sources: Mapping[str, Source]) -> dict[str, date]:
    """Last day of the period each source reports on; if it does not say, of its latest figure."""
    latest: dict[str, date] = {}
    for figure in figures:
        latest[figure.source] = max(latest.get(figure.source, figure.end), figure.end)
    stated = {key: sources[key].period_end for key in latest if key in sources}
    return {key: stated.get(key) or end for key, end in latest.items()}


def _question(figure: Figure) -> tuple[object, ...]:
    return figure.measure, figure.line, figure.start, figure.end, figure.breakdown


def _in_another_scale(figure: Figure, earlier: Iterable[Figure]) -> Figure | None:
    """The figure known before that this one gives in another scale; None if one agrees with it, too."""
    held = list(earlier)
    if any(abs(figure.value - other.value) <= max(figure.unit_step, other.unit_step) for other in held):
        return None
    return next((other for other in reversed(held) if _power(figure, other)), None)


def _power(figure: Figure, held: Figure) -> int:
    """The power of ten by which `held` is more (or, negative, less), to rounding; 0 if none of a scale is."""
    if not figure.value or not held.value:
        return 0
    for power in (sign * p for p in _POWERS for sign in (1, -1)):
        scaled, step = figure.value.scaleb(power), figure.unit_step.scaleb(power)
        rounding = min((step + held.unit_step) / 2, abs(held.value) * _NEAR)
        if abs(scaled - held.value) <= rounding:
            return power
    return 0
