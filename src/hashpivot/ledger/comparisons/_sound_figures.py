"""Figures that answer one question and are in the right scale, found by their value."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

_POWERS = (3, 6, 9)  # units are written in thousands, millions or billions
_SHIFTS = tuple(sign * power for power in _POWERS for sign in (1, -1))
_NEAR = Decimal("0.005")  # however coarse the rounding, as for facts of one filing that differ in scale


class Amount(Protocol):
    """What is compared: a figure, or what is kept of one."""

    @property
    def value(self) -> Decimal:
        """The number."""

    @property
    def unit_step(self) -> Decimal:
        """Its rounding."""

    @property
    def known(self) -> date:
        """Day from which it could be known."""

    @property
    def source(self) -> str:
        """Key of its source."""


Held = TypeVar("Held", bound=Amount)


class SoundFigures(Generic[Held]):
    """Figures of one measure, line, period and breakdown that are no slips of scale.

    They are kept by value, so that comparing one more takes as long with a thousand of them as with ten.
    """

    def __init__(self) -> None:
        self._by_step: dict[Decimal, list[tuple[Decimal, int, Held]]] = {}
        self._known: dict[str, list[date]] = {}

    def judge(self, figure: Held, order: int, comparative: bool) -> Held | None:
        """Return the figure known before that this one gives in another scale, else keep this one.

        Args:
            figure: One more.
            order: Its place among all that were added, which decides between those known on one day.
            comparative: True if it stands in a comparative column; others are never slips.
        """
        held = self.in_another_scale(figure) if comparative and self.any_before(figure) else None
        if held is None:
            insort(self._by_step.setdefault(figure.unit_step, []), (figure.value, order, figure))
            insort(self._known.setdefault(figure.source, []), figure.known)
        return held

    def discard(self, figure: Held, order: int) -> None:
        """Remove a figure, if it was kept; arguments as `judge`."""
        entries = self._by_step.get(figure.unit_step, [])
        place = bisect_left(entries, (figure.value, order))
        if place < len(entries) and entries[place][1] == order:
            del entries[place]
            days = self._known[figure.source]
            days.remove(figure.known)
            if not days:
                del self._known[figure.source]

    def any_before(self, figure: Amount) -> bool:
        """Tell whether another source gave one by the day `figure` became known."""
        return any(days[0] <= figure.known for source, days in self._known.items() if source != figure.source)

    def in_another_scale(self, figure: Amount) -> Held | None:
        """Return the last one known before that this gives in another scale; None if any agrees."""
        if any(self._near(figure, figure.value, figure.unit_step, scaled=False)):
            return None
        scaled = (
            entry
            for power in _SHIFTS
            for entry in self._near(figure, figure.value.scaleb(power), figure.unit_step.scaleb(power))
            if power_between(figure, entry[2])
        )
        last = max(scaled, key=lambda entry: (entry[2].known, entry[1]), default=None)
        return last[2] if last else None

    def _near(
        self, figure: Amount, value: Decimal, step: Decimal, *, scaled: bool = True
    ) -> Iterator[tuple[Decimal, int, Held]]:
        """Entries of other sources known by then whose value is within rounding of a value.

        Args:
            figure: The figure that is compared.
            value: Its value, in whatever scale.
            step: Its rounding in that scale.
            scaled: True for half of both roundings together, False for the coarser of the two.
        """
        for held_step, entries in self._by_step.items():
            rounding = max(step, held_step)
            if scaled:  # no wider than what `power_between` takes, which is a share of the held value
                rounding = min((step + held_step) / 2, abs(value) * _NEAR * 2)
            for place in range(bisect_left(entries, (value - rounding, -1)), len(entries)):
                entry = entries[place]
                if entry[0] > value + rounding:
                    break
                if entry[2].source != figure.source and entry[2].known <= figure.known:
                    yield entry


def power_between(figure: Amount, held: Amount) -> int:
    """Return the power of ten by which `held` is more (negative: less), to rounding; 0 if by none."""
    if not figure.value or not held.value:
        return 0
    for power in _SHIFTS:
        scaled, step = figure.value.scaleb(power), figure.unit_step.scaleb(power)
        rounding = min((step + held.unit_step) / 2, abs(held.value) * _NEAR)
        if abs(scaled - held.value) <= rounding:
            return power
    return 0
