"""Rows that are made when they are looked at: a run looks at the first of a schedule's hours alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

R = TypeVar("R", covariant=True)


class LazyRows(Sequence[R]):
    """A sequence of rows, each made whenever it is looked at.

    Args:
        count: How many.
        make: Makes the row at a position.
    """

    def __init__(self, count: int, make: Callable[[int], R]) -> None:
        self._positions, self._make = range(count), make

    @overload
    def __getitem__(self, index: int) -> R: ...

    @overload
    def __getitem__(self, index: slice) -> list[R]: ...

    def __getitem__(self, index: int | slice) -> R | list[R]:
        if isinstance(index, slice):
            return [self._make(n) for n in self._positions[index]]
        return self._make(self._positions[index])

    def __len__(self) -> int:
        return len(self._positions)
