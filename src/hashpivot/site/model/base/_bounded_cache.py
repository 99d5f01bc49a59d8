"""A cache that holds so many things and no more: what a run would make again every interval."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Things by maker and key, each made once; the oldest goes where one more would be too many.

    Args:
        most: How many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most, self._made = most, OrderedDict[tuple[int, K], tuple[object, V]]()

    def __len__(self) -> int:
        return len(self._made)

    def get(self, maker: object, key: K, make: Callable[[], V]) -> V:
        """Return what was made for a key; it is made now if it is not kept.

        Args:
            maker: What makes it, known by identity and kept beside it: it need be neither hashable nor
                unequal to others.
            key: What else tells it apart.
            make: Makes it.
        """
        known = id(maker), key
        kept = self._made.get(known)
        if kept is None:
            kept = self._made[known] = maker, make()
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return kept[1]
