"""Which rows add up to the reported total, and which only repeat others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

# Rows a statement prints twice (a subtotal and its parts) are few; taking away more than this many rows would
# sooner find a coincidence than a partition.
_MOST_REMOVED = 4
_MANY_ROWS = 12


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows that add up to a total.

    Args:
        kept: Their positions.
        repeats: By position of every row left out, the positions of the kept rows it is the sum of.
    """

    kept: tuple[int, ...]
    repeats: dict[int, tuple[int, ...]]


def partition(values: Sequence[Decimal], total: Decimal, unit: Decimal) -> Partition | None:
    """The largest set of `values` whose sum is `total` to within `unit`; None if there is none.

    Args:
        values: Amounts of the rows, in any order.
        total: What they should add up to.
        unit: The reporting unit: rows rounded to thousands may miss the total by one thousand.

    A row may be left out only if it repeats rows that stay: it is their sum to within `unit` (a subtotal), or
    exactly the same amount again. Zero rows change no sum and are always kept. Of several sets of the same
    size an exact sum beats a rounded one, and then the set that leaves out the latest rows wins, because
    statements print parts before their subtotals.
    """
    positions = [i for i, value in enumerate(values) if value]
    zeros = [i for i, value in enumerate(values) if not value]
    target = _sum(values, positions) - total
    for removed in range(min(_MOST_REMOVED, max(len(positions) - 1, 0)) + 1):
        for out in _adding_to(target, values, positions[::-1], removed, unit):
            kept = [i for i in positions if i not in out]
            repeats = {i: _repeated(values, i, kept, unit) for i in out}
            if all(repeats.values()):
                return Partition(tuple(sorted(kept + zeros)), repeats)
    return None


def _repeated(values: Sequence[Decimal], row: int, kept: Sequence[int], unit: Decimal) -> tuple[int, ...]:
    """The fewest kept rows that add up to `row`, several before a single equal one; empty if none do."""
    most = len(kept) if len(kept) <= _MANY_ROWS else _MOST_REMOVED
    sizes, rounding = range(2, most + 1), min(unit, abs(values[row]) / 100)
    sums = (
        few
        for near in (Decimal(0), rounding)
        for n in sizes
        for few in _adding_to(values[row], values, kept, n, near)
    )
    equal = ((i,) for i in kept if values[i] == values[row])
    return next(sums, None) or next(equal, ())


def _adding_to(
    target: Decimal, values: Sequence[Decimal], among: Sequence[int], size: int, unit: Decimal
) -> list[tuple[int, ...]]:
    """Sets of `size` positions whose values add up to `target`, exact ones before those within `unit`."""
    distances = [(few, abs(_sum(values, few) - target)) for few in combinations(among, size)]
    near = [(few, distance) for few, distance in distances if distance <= unit]
    return [few for few, _ in sorted(near, key=lambda found: found[1] != 0)]


def _sum(values: Sequence[Decimal], positions: Iterable[int]) -> Decimal:
    return sum((values[i] for i in positions), Decimal(0))
