"""The bundled daily table, read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from itertools import accumulate, chain, islice
from math import isfinite

from hashpivot.core import BundleError

from ._day import NetworkDay, issuance_btc

_COLUMNS = (
    "date",
    "price_usd",
    "price_flag",
    "difficulty",
    "blocks",
    "blocks_flag",
    "fees_btc",
    "fees_flag",
    "height_end",
)
_NAME = "network_daily.csv"


def bundled_days() -> tuple[NetworkDay, ...]:
    """The days of the table shipped with the package.

    Raises:
        BundleError: If it is missing or damaged.
    """
    try:
        text = files(__package__).joinpath("data", _NAME).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(f"cannot be read: {error}") from None
    return parse_days(text)


def parse_days(text: str) -> tuple[NetworkDay, ...]:
    """The days written in `text`, a CSV table as the bundled one; the protocol gives issuance.

    Raises:
        BundleError: If columns, numbers or dates are wrong, a day is missing or heights do not add up.
    """
    header, _, body = text.partition("\n")
    cells = body.rstrip("\n").replace("\n", ",").split(",")
    if header != ",".join(_COLUMNS) or len(cells) % len(_COLUMNS):
        raise _damaged(f"every line must have the columns {', '.join(_COLUMNS)}")
    try:
        days = _converted(cells)
    except ValueError as error:
        raise _damaged(f"cannot be read: {error}") from None
    _check(days)
    return days


def _converted(cells: list[str]) -> tuple[NetworkDay, ...]:
    day, price, price_flag, difficulty, blocks, blocks_flag, fees, fees_flag, height = (
        cells[column :: len(_COLUMNS)] for column in range(len(_COLUMNS))
    )
    found, heights = list(map(int, blocks)), list(map(int, height))
    _above_zero(found, heights)
    columns = (
        map(date.fromisoformat, day),
        map(_optional, price),
        map(float, difficulty),
        found,
        map(issuance_btc, heights, found),
        map(_optional, fees),
        fees_flag,
        heights,
        price_flag,
        blocks_flag,
    )
    return tuple(map(NetworkDay._make, zip(*columns, strict=True)))


def _optional(text: str) -> float | None:
    return float(text) if text else None


def _above_zero(blocks: list[int], heights: list[int]) -> None:
    if any(count <= 0 or count > height + 1 for count, height in zip(blocks, heights, strict=True)):
        raise _damaged("block counts must be above zero and fit below their heights")


def _check(days: tuple[NetworkDay, ...]) -> None:
    day = [row.day for row in days]
    height = [row.height_end for row in days]
    ordinals = range(day[0].toordinal(), day[0].toordinal() + len(day))
    _follow(day, "day", map(date.toordinal, day), ordinals)
    counts = accumulate((row.blocks for row in days), initial=height[0] - days[0].blocks)
    _follow(day, "block count", height, islice(counts, 1, None))
    for column, amounts, flags in (
        ("fees", [row.fees_btc for row in days], [row.fees_flag for row in days]),
        ("price", [row.close_usd for row in days], [row.price_flag for row in days]),
    ):
        _follow(day, f"{column} flag", (a is None for a in amounts), (word == "missing" for word in flags))
    priced = [row.close_usd is not None for row in days]
    _follow(day, "price", priced, sorted(priced))
    prices = [row.close_usd for row in days if row.close_usd is not None]
    paid = [row.fees_btc for row in days if row.fees_btc is not None]
    difficulty = [row.difficulty for row in days]
    if not all(map(isfinite, chain(prices, difficulty, paid))):
        raise _damaged("a number is not finite")
    if min(prices, default=1) <= 0 or min(difficulty) <= 0 or min(paid, default=0) < 0:
        raise _damaged("prices and difficulties must be above zero, fees not below")


def _follow(day: list[date], what: str, found: Iterable[int], expected: Iterable[int]) -> None:
    """Every row must have the value expected; the first that has not is named."""
    found, expected = list(found), list(expected)
    if found != expected:
        wrong = next(row for row, pair in enumerate(zip(found, expected, strict=True)) if pair[0] != pair[1])
        raise _damaged(f"the {what} in row {wrong + 1} ({day[wrong]}) does not fit the rows around it")


def _damaged(what: str) -> BundleError:
    return BundleError(what, where=_NAME, hint="install hashpivot again")
