"""Names of exchanges, states, countries and filer categories to their codes, as in the SEC's registry.

`data/names.csv` holds the registry's names as patterns. A small letter that begins a word stands for itself
and its capital, a blank for any white space.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from functools import cache
from importlib.resources import files

from ._numbers import Reader, misfit, refuse_long

_CAPITAL = re.compile(r"(?<![^\W\d_])[^\W\d_a-z](?=[^\W\d_A-Z])")
_SPACES = re.compile(r"\s+")
_plain_name = re.compile(r"[a-z\- ]+").fullmatch
Codes = tuple[dict[str, str], list[tuple[str, str]]]
"""Codes by names that have one spelling, and the other names with their codes."""


@cache
def _codes() -> dict[str, Codes]:
    """By the name of the format."""
    codes: dict[str, Codes] = {}
    table = files(__package__).joinpath("data", "names.csv").read_text("utf-8")
    for row in csv.DictReader(table.splitlines()):
        spelled, patterns = codes.setdefault(row["format"], ({}, []))
        if _plain_name(row["name"]):
            spelled.setdefault(row["name"], row["code"])
        else:
            patterns.append((row["name"], row["code"]))
    return codes


_compiled: Callable[[str], re.Pattern[str]] = cache(re.compile)


def _coded(form: str) -> Reader:
    def read(text: str) -> str:
        refuse_long(text)
        name = _CAPITAL.sub(lambda letter: letter[0].lower(), _SPACES.sub(" ", text))
        spelled, patterns = _codes()[form]
        if name in spelled:
            return spelled[name]
        for pattern, code in patterns:
            if _compiled(pattern).fullmatch(name):
                return code
        raise misfit(text)

    return read


_FORMS = ("entityfilercategoryen", "exchnameen", "stateprovnameen", "countrynameen", "edgarprovcountryen")
CODES: dict[str, Reader] = {form: _coded(form) for form in _FORMS}
"""By the names of the SEC's registry."""
