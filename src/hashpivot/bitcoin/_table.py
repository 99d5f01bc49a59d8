"""The bundled daily table, read and checked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from importlib.resources import files
from itertools import accumulate, chain, islice
from math import isfinite

from hashpivot.core import BundleError

from ._day import NetworkDay

_COLUMNS = (
    "date",
    "price_usd",
    "difficulty",
    "blocks",
    "issuance_btc",
    "fees_btc",
    "fees_flag",
    "height_end",
)
_Columns = tuple[
    list[date],
    list[float],
    list[float],
    list[int],
    list[float],
    list[float | None],
    list[str],
    list[int],
]
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
    """The days written in `text`, a CSV table with the columns of the bundled one.

    Raises:
        BundleError: If columns, numbers or dates are wrong, a day is missing or heights do not add up.
    """
    header, _, body = text.partition("\n")
    cells = body.rstrip("\n").replace("\n", ",").split(",")
    if header != ",".join(_COLUMNS) or len(cells) % len(_COLUMNS):
        raise _damaged(f"every line must have the columns {', '.join(_COLUMNS)}")
    try:
        columns = _converted(cells)
    except ValueError as error:
        raise _damaged(f"cannot be read: {error}") from None
    _check(*columns)
    return tuple(map(NetworkDay._make, zip(*columns, strict=True)))


def _converted(cells: list[str]) -> _Columns:
    day, price, difficulty, blocks, issuance, fees, flag, height = (
        cells[column :: len(_COLUMNS)] for column in range(len(_COLUMNS))
    )
    return (
        list(map(date.fromisoformat, day)),
        list(map(float, price)),
        list(map(float, difficulty)),
        list(map(int, blocks)),
        list(map(float, issuance)),
        [float(amount) if amount else None for amount in fees],
        flag,
        list(map(int, height)),
    )


def _check(
    day: list[date],
    price: list[float],
    difficulty: list[float],
    blocks: list[int],
    issuance: list[float],
    fees: list[float | None],
    flag: list[str],
    height: list[int],
) -> None:
    ordinals = range(day[0].toordinal(), day[0].toordinal() + len(day))
    _follow(day, "day", map(date.toordinal, day), ordinals)
    _follow(day, "block count", height, islice(accumulate(blocks, initial=height[0] - blocks[0]), 1, None))
    _follow(day, "fees flag", (amount is None for amount in fees), (word == "missing" for word in flag))
    paid = [amount for amount in fees if amount is not None]
    if not all(map(isfinite, chain(price, difficulty, issuance, paid))):
        raise _damaged("a number is not finite")
    if min(min(price), min(difficulty), min(blocks)) <= 0 or min(issuance) < 0 or min(paid, default=0) < 0:
        raise _damaged("prices, difficulties and block counts must be above zero, amounts not below")


def _follow(day: list[date], what: str, found: Iterable[int], expected: Iterable[int]) -> None:
    """Every row must have the value expected; the first that has not is named."""
    found, expected = list(found), list(expected)
    if found != expected:
        wrong = next(row for row, pair in enumerate(zip(found, expected, strict=True)) if pair[0] != pair[1])
        raise _damaged(f"the {what} in row {wrong + 1} ({day[wrong]}) does not fit the rows around it")


def _damaged(what: str) -> BundleError:
    return BundleError(what, where=_NAME, hint="install hashpivot again")
