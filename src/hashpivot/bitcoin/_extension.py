"""A history extended by another one, which is checked against it and never replaces a value."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from hashpivot.core import InvalidInput

from ._day import NetworkDay

PRICE_TOLERANCE = 0.15
"""Largest relative difference of a day's price: two good sources were up to 12% apart (2017-12-23)."""

MEDIAN_PRICE_TOLERANCE = 0.01
"""Largest median difference over shared days: good sources differ by 0.1%, prices of the next day by 1.5%."""

FEWEST_SHARED_DAYS = 10  # fewer give no median worth a verdict
DIFFICULTY_TOLERANCE = 0.12
"""Largest relative difference of difficulty: a day of change can lie some blocks off (up to 11%)."""

HEIGHT_TOLERANCE = 250
"""Largest difference of a day's last height: interpolated heights were up to 205 blocks off."""

_HINT = "compare the two rows: wrong day, unit or column?"


def extended(days: Sequence[NetworkDay], own: Sequence[NetworkDay], where: str) -> tuple[NetworkDay, ...]:
    """`days` with what `own` adds: the days after the last, prices where there is none, fees where estimated.

    Args:
        days: The history that stands.
        own: Days that add to it, in order; days it has itself may be left out.
        where: Name of `own` in errors.

    Raises:
        InvalidInput: If `own` begins before `days` or later than the day after, ends before its heights, or
            differs on a shared day by more than the tolerance; or if prices it adds leave a gap.
    """
    offset = (own[0].day - days[0].day).days
    if not 0 <= offset <= len(days):
        raise InvalidInput(
            f"the table begins on {own[0].day}, and the bundled one holds {days[0].day} to {days[-1].day}",
            where=where,
            hint="begin it on a day the bundled table holds, or on the day after its last",
        )
    shared = bisect_right(own, days[-1].day, key=lambda row: row.day)
    merged, added = list(days), own[shared:]
    places = [(row.day - days[0].day).days for row in own[:shared]]
    _compare([(days[place], row) for place, row in zip(places, own, strict=False)], where)
    if added and added[0].height_end <= days[-1].height_end:
        raise InvalidInput(
            f"height {added[0].height_end:,} on {added[0].day} is not above {days[-1].height_end:,} "
            f"on {days[-1].day}",
            where=where,
        )
    for place, row in zip(places, own, strict=False):
        merged[place] = _filled(days[place], row)
    whole = (*merged, *added)
    _check_prices(whole, where)
    return whole


def _check_prices(days: Sequence[NetworkDay], where: str) -> None:
    """Every day after the first with a price must have one."""
    for before, after in pairwise(days):
        if after.close_usd is None and before.close_usd is not None:
            raise InvalidInput(
                f"the price of {before.day} is followed by none on {after.day}",
                where=where,
                hint="prices must lead up to the first bundled one without a gap",
            )


def _compare(pairs: Sequence[tuple[NetworkDay, NetworkDay]], where: str) -> None:
    gaps = [(abs(b / a - 1), row.day, a, b) for row, a, b in _prices(pairs)]
    for gap, day, bundled, own in gaps:
        if gap > PRICE_TOLERANCE:
            raise _differs(
                f"price_usd {own:,.0f} on {day} is {gap:.0%} off the bundled {bundled:,.0f}", where
            )
    typical = median(gap[0] for gap in gaps) if len(gaps) >= FEWEST_SHARED_DAYS else 0.0
    if typical > MEDIAN_PRICE_TOLERANCE:
        _, day, bundled, own = max(gaps)
        raise _differs(
            f"prices differ by {typical:.1%} in the median of {len(gaps)} shared days, most on {day}: "
            f"{own:,.0f} against the bundled {bundled:,.0f}",
            where,
        )
    for row, other in pairs:
        if abs(other.difficulty / row.difficulty - 1) > DIFFICULTY_TOLERANCE:
            raise _differs(
                f"difficulty {other.difficulty:,.0f} on {row.day} is not the bundled {row.difficulty:,.0f}",
                where,
            )
        if abs(other.height_end - row.height_end) > HEIGHT_TOLERANCE:
            raise _differs(
                f"height_end {other.height_end:,} on {row.day} is more than {HEIGHT_TOLERANCE} blocks off "
                f"the bundled {row.height_end:,}",
                where,
            )


def _prices(pairs: Sequence[tuple[NetworkDay, NetworkDay]]) -> Iterator[tuple[NetworkDay, float, float]]:
    for row, other in pairs:
        if row.close_usd is not None and other.close_usd is not None:
            yield row, row.close_usd, other.close_usd


def _filled(row: NetworkDay, own: NetworkDay) -> NetworkDay:
    if row.close_usd is None:
        row = row._replace(close_usd=own.close_usd, price_flag=own.price_flag)
    if own.fees_btc is not None and row.fees_flag in ("estimated", "missing"):
        fees = own.fees_btc / own.blocks * row.blocks
        row = row._replace(fees_btc=fees, fees_flag=own.fees_flag)
    return row


def _differs(what: str, where: str) -> InvalidInput:
    return InvalidInput(what, where=where, hint=_HINT)
