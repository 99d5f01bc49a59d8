"""Which rows add up to the reported total, and which only repeat others."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from itertools import combinations, islice

# Rows a statement prints twice (a subtotal and its parts) are few; taking away more than this many rows would
# sooner find a coincidence than a partition.
_MOST_REMOVED = 4
_MANY_ROWS = 12
_MOST_ROWS = 200  # of more only two are taken away: pairs of pairs would take seconds
_MOST_SETS = 2000  # sets of rows to take away that are looked at: of so many, one fits by chance
_EXACT = Context(prec=200)  # digits; amounts have at most 30 before the point and 90 after it

Few = tuple[int, ...]
"""Places of a few rows."""


@dataclass(frozen=True, slots=True)
class Partition:
    """Rows that add up to a total.

    Args:
        kept: Their positions.
        repeats: By position of every row left out, the positions of the kept rows it is the sum of.
    """

    kept: Few
    repeats: dict[int, Few]


def partition(values: Sequence[Decimal], total: Decimal, unit: Decimal) -> Partition | None:
    """The largest set of `values` whose sum is `total` to within `unit`; None if there is none.

    Args:
        values: Amounts of the rows, in any order.
        total: What they should add up to.
        unit: The reporting unit: rows rounded to thousands may miss the total by one thousand.

    A row may be left out only if it repeats rows that stay: it is their sum to within `unit` (a subtotal), or
    exactly the same amount again. Zero rows change no sum and are always kept. Of several sets of the same
    size an exact sum beats a rounded one, and then the set that leaves out the latest rows wins, because
    statements print parts before their subtotals. The work grows with the square of the rows.
    """
    amounts, target, step = _in_small_change(values, total, unit)
    rows = [i for i, amount in enumerate(amounts) if amount]
    zeros = [i for i, amount in enumerate(amounts) if not amount]
    later = _Sums([amounts[i] for i in reversed(rows)], rows[::-1])
    earlier = _Sums([amounts[i] for i in rows], rows)
    surplus = sum(amounts) - target
    for removed in range(min(_MOST_REMOVED, max(len(rows) - 1, 0)) + 1):
        for out in islice(later.near(surplus, removed, step), _MOST_SETS):
            repeats = {i: _repeated(amounts, earlier, i, out, step) for i in out}
            if all(repeats.values()):
                return Partition(tuple(sorted({*rows, *zeros}.difference(out))), repeats)
    return None


def _in_small_change(values: Sequence[Decimal], total: Decimal, unit: Decimal) -> tuple[list[int], int, int]:
    """The same amounts as whole numbers of so small a unit that a hundredth of each is whole too.

    Adding up whole numbers takes a fraction of the time of decimals.
    """
    amounts = (*values, total, unit)
    shift = 2 - min(0, *(int(amount.as_tuple().exponent) for amount in amounts))
    *whole, target, step = (int(amount.scaleb(shift, _EXACT)) for amount in amounts)
    return whole, target, step


def _repeated(amounts: Sequence[int], sums: _Sums, row: int, out: Few, unit: int) -> Few:
    """The fewest kept rows that add up to `row`, several before a single equal one; empty if none do."""
    kept = len(sums.places) - len(out)
    most = kept if kept <= _MANY_ROWS else _MOST_REMOVED
    gone = set(out)
    for near in (0, min(unit, abs(amounts[row]) // 100)):
        for size in range(2, most + 1):
            few = next((few for few in sums.near(amounts[row], size, near) if gone.isdisjoint(few)), None)
            if few:
                return few
    equal = ((i,) for i in sums.places if i not in gone and amounts[i] == amounts[row])
    return next(equal, ())


class _Sums:
    """Sums of a few amounts, found without trying all.

    Args:
        values: The amounts.
        places: The place each of them has in the table.
    """

    def __init__(self, values: Sequence[int], places: Sequence[int]) -> None:
        self.places = places
        self._values = values
        self._pairs: tuple[list[int], list[Few]] | None = None
        self._found: dict[tuple[int, int, int], list[Few]] = {}

    def near(self, target: int, size: int, unit: int) -> Iterator[Few]:
        """Places of `size` amounts that add up to `target`: exact sums first, then those within `unit`."""
        key = (target, size, unit)
        if key not in self._found:
            self._found[key] = self._search(target, size, unit)
        return iter(self._found[key])

    def _search(self, target: int, size: int, unit: int) -> list[Few]:
        """All of them, in the order of the amounts."""
        count = len(self._values)
        if count > _MOST_ROWS and size > 2:
            return []
        by_pairs = count > _MANY_ROWS + _MOST_REMOVED and size in (3, 4)
        sets = (self._by_pairs if by_pairs else self._by_trying)(target, size, unit)
        ordered = sorted(sets, key=lambda found: (found[1] != 0, found[0]))
        return [tuple(self.places[i] for i in few) for few, _ in ordered]

    def _by_trying(self, target: int, size: int, unit: int) -> list[tuple[Few, int]]:
        tried = zip(
            combinations(range(len(self._values)), size),
            map(sum, combinations(self._values, size)),
            strict=True,
        )
        return [(few, abs(total - target)) for few, total in tried if -unit <= total - target <= unit]

    def _by_pairs(self, target: int, size: int, unit: int) -> set[tuple[Few, int]]:
        """Three or four amounts as one or two and a pair."""
        sums, pairs = self._sorted_pairs()
        found = set()
        heads = [(i,) for i in range(len(self._values))] if size == 3 else pairs
        for head, part in zip(heads, self._values if size == 3 else sums, strict=True):
            rest = target - part
            for place in range(bisect_left(sums, rest - unit), bisect_right(sums, rest + unit)):
                few = tuple(sorted({*head, *pairs[place]}))
                if len(few) == size:
                    found.add((few, abs(sums[place] - rest)))
            if len(found) > _MOST_SETS:
                break
        return found

    def _sorted_pairs(self) -> tuple[list[int], list[Few]]:
        if self._pairs is None:
            pairs = sorted(
                (self._values[i] + self._values[j], (i, j))
                for i, j in combinations(range(len(self._values)), 2)
            )
            self._pairs = [total for total, _ in pairs], [pair for _, pair in pairs]
        return self._pairs
