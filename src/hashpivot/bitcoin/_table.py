"""The bundled daily table, read and checked."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from importlib.resources import files

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
    try:
        header, *rows = csv.reader(text.splitlines() or [""])
        if tuple(header) != _COLUMNS or not rows:
            raise _damaged(f"the columns must be {', '.join(_COLUMNS)}, with at least one day")
        days = tuple(map(NetworkDay._make, _converted(rows)))
    except (ValueError, csv.Error) as error:
        raise _damaged(f"cannot be read: {error}") from None
    _check(days)
    return days


def _converted(rows: Iterable[list[str]]) -> Iterable[tuple[object, ...]]:
    day, price, difficulty, blocks, issuance, fees, flag, height = zip(*rows, strict=True)
    return zip(
        map(date.fromisoformat, day),
        map(float, price),
        map(float, difficulty),
        map(int, blocks),
        map(float, issuance),
        (float(amount) if amount else None for amount in fees),
        flag,
        map(int, height),
        strict=True,
    )


def _check(days: tuple[NetworkDay, ...]) -> None:
    ordinal, height = days[0].day.toordinal() - 1, days[0].height_end - days[0].blocks
    for row in days:
        ordinal, height = ordinal + 1, height + row.blocks
        if row.day.toordinal() != ordinal or row.height_end != height:
            raise _damaged(f"{row.day} or its heights do not follow on the day before")
        if not (row.blocks > 0 and row.difficulty > 0 and row.price_usd > 0):
            raise _damaged(f"{row.day} needs blocks, a difficulty and a price above zero")


def _damaged(what: str) -> BundleError:
    return BundleError(what, where=_NAME, hint="install hashpivot again")
