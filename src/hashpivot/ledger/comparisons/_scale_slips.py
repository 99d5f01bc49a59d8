"""Later values of an earlier period in another scale: slips, no restatements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Generic

from hashpivot.core import Figure, Kind, Source

from ._sound_figures import Held, SoundFigures, power_between

_OWN_PERIOD = timedelta(days=45)  # half a quarter: a column that ended earlier shows a period for comparison
_FAR = 500  # slips are by a thousand or more, to rounding: values that are nearer are none of one another

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
    every = list(figures)
    sizes: dict[Question, list[Decimal]] = defaultdict(list)
    for figure in every:
        sizes[question_of(figure)].append(abs(figure.value))
    far = {question for question, amounts in sizes.items() if _far_apart(amounts)}
    if not far:
        return []
    reported = by_day_known(every)
    alike: dict[Question, list[int]] = defaultdict(list)
    for order, figure in enumerate(reported):
        alike[question_of(figure)].append(order)
    ends = own_ends(reported, sources)
    apart = (alike[question] for question in far)
    compared = {one: each for places in apart for one, each in _compared(reported, places, ends)}
    columns = {_column(each.figure) for each in compared.values() if each.held}
    near = (places for places in alike.values() if places[0] not in compared)
    beside: dict[int, Compared[Figure]] = {
        order: Compared(reported[order], None, _any_before(reported, places[:place], reported[order]))
        for places in near
        for place, order in enumerate(places)
        if _column(reported[order]) in columns
    }
    both = compared | beside
    return slips_of_columns(both[order] for order in sorted(both))


def _far_apart(sizes: Sequence[Decimal]) -> bool:
    """Tell whether some two of the amounts that answer one question may differ by a power of a thousand."""
    if len(sizes) < 2:
        return False
    most = max(sizes)
    return any(most > size * _FAR for size in sizes if size)


def _compared(
    reported: Sequence[Figure], places: Iterable[int], ends: Mapping[str, date]
) -> Iterator[tuple[int, Compared[Figure]]]:
    """The figures that answer one question, in order, each beside those before it."""
    sound: SoundFigures[Figure] = SoundFigures()
    for order in places:
        figure = reported[order]
        earlier = sound.any_before(figure)
        yield order, Compared(figure, sound.judge(figure, order, is_comparative(figure, ends)), earlier)


def _any_before(reported: Sequence[Figure], places: Iterable[int], figure: Figure) -> bool:
    return any(reported[place].source != figure.source for place in places)


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
        column = _column(figure)
        if one.held:
            columns[column].append(ScaleSlip(figure, one.held))
        else:
            (columns if one.earlier else alone)[column].append(figure)
    slips = [slip for members in columns.values() for slip in members if isinstance(slip, ScaleSlip)]
    whole = (key for key, members in columns.items() if all(isinstance(m, ScaleSlip) for m in members))
    return slips + [ScaleSlip(f, None) for key in whole for f in alone[key] if f.unit == "usd"]


def _column(figure: Figure) -> _Column:
    return figure.source, figure.start, figure.end
