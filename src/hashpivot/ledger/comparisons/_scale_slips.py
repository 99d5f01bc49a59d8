"""Later values of an earlier period in another scale: slips, no restatements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic

from hashpivot.core import Figure, Kind, Source

from ._sound_figures import Held, SoundFigures, power_between

_OWN_PERIOD = timedelta(days=45)  # half a quarter: a column that ended earlier shows a period for comparison

Question = tuple[object, ...]
_Column = tuple[str, date | None, date]


@dataclass(frozen=True, slots=True)
class ScaleSlip(Generic[Held]):
    """A figure in a comparative column that gives what was reported before in another scale.

    Args:
        figure: The later figure.
        held: The one reported before; None if the rest of its column shows the slip.
    """

    figure: Figure
    held: Held | None

    @property
    def factor(self) -> str:
        """Such as `1,000 times less than 54,000,000`; of the column if nothing was held."""
        if self.held is None:
            return "in a column that is out of scale"
        power = power_between(self.figure, self.held)
        return f"{10 ** abs(power):,} times {'less' if power > 0 else 'more'} than {self.held.value:,}"


@dataclass(frozen=True, slots=True)
class Compared(Generic[Held]):
    """A figure beside those known before.

    Args:
        figure: The figure.
        held: The one known before that it gives in another scale, if it does.
        earlier: True if another source gave the same question an answer before.
    """

    figure: Figure
    held: Held | None
    earlier: bool


def scale_slips(figures: Iterable[Figure], sources: Mapping[str, Source]) -> list[ScaleSlip[Figure]]:
    """Return the slips of scale among reported figures of one company.

    A figure of a period that ended before its filing's own, which is exactly a thousand, a million or a
    billion times more or less than one known before and agrees with none, is one. So are the figures beside
    it that nothing known before can confirm, if every other one in that column is.

    Args:
        figures: In any order.
        sources: Sources by key.
    """
    reported = by_day_known(figures)
    ends = own_ends(reported, sources)
    sound: dict[Question, SoundFigures[Figure]] = defaultdict(SoundFigures)
    compared = []
    for order, figure in enumerate(reported):
        alike = sound[question_of(figure)]
        earlier = alike.any_before(figure)
        held = alike.judge(figure, order, is_comparative(figure, ends))
        compared.append(Compared(figure, held, earlier))
    return slips_of_columns(compared)


def by_day_known(figures: Iterable[Figure]) -> list[Figure]:
    """Return the reported ones of figures, the earliest known first."""
    return sorted((f for f in figures if f.kind is Kind.REPORTED), key=lambda f: f.known)


def own_ends(figures: Iterable[Figure], sources: Mapping[str, Source]) -> dict[str, date]:
    """Return the last day of the period each source reports on; if it does not say, of its latest figure."""
    latest: dict[str, date] = {}
    for figure in figures:
        latest[figure.source] = max(latest.get(figure.source, figure.end), figure.end)
    stated = {key: sources[key].period_end for key in latest if key in sources}
    return {key: stated.get(key) or end for key, end in latest.items()}


def is_comparative(figure: Figure, ends: Mapping[str, date]) -> bool:
    """Tell whether a figure shows an earlier period than its source reports on; `ends` of `own_ends`."""
    return figure.end < ends[figure.source] - _OWN_PERIOD


def question_of(figure: Figure) -> Question:
    """Return what figures have in common that answer the same question about one company."""
    return figure.measure, figure.line, figure.start, figure.end, figure.breakdown


def slips_of_columns(compared: Iterable[Compared[Held]]) -> list[ScaleSlip[Held]]:
    """Return the slips among compared figures, and those that the rest of their column shows to be slips."""
    columns: dict[_Column, list[ScaleSlip[Held] | Figure]] = defaultdict(list)
    alone: dict[_Column, list[Figure]] = defaultdict(list)
    for one in compared:
        figure = one.figure
        column = figure.source, figure.start, figure.end
        if one.held:
            columns[column].append(ScaleSlip(figure, one.held))
        else:
            (columns if one.earlier else alone)[column].append(figure)
    slips = [slip for members in columns.values() for slip in members if isinstance(slip, ScaleSlip)]
    whole = (key for key, members in columns.items() if all(isinstance(m, ScaleSlip) for m in members))
    return slips + [ScaleSlip(f, None) for key in whole for f in alone[key] if f.unit == "usd"]
