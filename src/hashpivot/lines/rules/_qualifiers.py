"""What kind of revenue a row of an AI line is: rent, power passed through, fit-out, resale."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from hashpivot.core import QUALIFIERS, Line

from ._labels import normal
from ._toml_table import read_toml_table

Qualifiers = tuple[tuple[str, re.Pattern[str]], ...]


def qualifier(line: Line, words: Iterable[str]) -> str:
    """The qualifier of a row of that line, by the first of its words that name one; "" if none or two do.

    Only AI lines are split: there one-off and passed-through revenue hides what recurs.
    """
    if line.group != "ai":
        return ""
    for text in map(normal, words):
        named = {name for name, pattern in qualifiers() if pattern.search(text)}
        if named:
            return named.pop() if len(named) == 1 else ""
    return ""


@cache
def qualifiers() -> Qualifiers:
    """The shipped table.

    Raises:
        BundleError: If it is damaged.
    """
    return read_toml_table(
        "qualifiers.toml",
        "table of qualifiers",
        lambda raw: tuple((_known(row["name"]), re.compile(row["pattern"])) for row in raw["qualifier"]),
    )


def _known(name: str) -> str:
    if name not in QUALIFIERS:
        raise ValueError(f"unknown qualifier {name!r}")
    return name
