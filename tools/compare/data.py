"""Compare data: mappings, lists, numbers and strings, to the last digit."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from . import renames
from .findings import ABSENT, Finding, Level, shown
from .texts import changed_lines, compare_texts, figures


class Number(str):
    """A number as it is written, so that numbers are compared to the last digit."""


def compare_data(
    before: Any, after: Any, where: str = "$", keys: Mapping[str, str] = renames.KEYS
) -> Iterator[Finding]:
    """Every place where two structures differ, whatever the order of their keys.

    Args:
        before: A structure of mappings, lists, strings, `Number`, bool and None.
        after: Its counterpart.
        where: Where both stand.
        keys: Renames of keys that are allowed.
    """
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _compare_mappings(before, after, where, keys)
    elif isinstance(before, list) and isinstance(after, list):
        yield from _compare_lists(before, after, where, keys)
    elif type(before) is not type(after) or before != after:
        yield Finding(_level(before, after, where), where, shown(before), shown(after))


def _compare_mappings(
    before: dict[str, Any], after: dict[str, Any], where: str, keys: Mapping[str, str]
) -> Iterator[Finding]:
    seen = set()
    for key, value in before.items():
        now = _key_now(key, after, keys)
        seen.add(now)
        place = f"{where}.{key}"
        if now not in after:
            yield Finding(Level.DIFFERENT, place, shown(value), ABSENT)
            continue
        if now != key:
            yield Finding(Level.RENAMED, place, key, now)
        yield from compare_data(value, after[now], place, keys)
    for key in after:
        if key not in seen:
            yield Finding(Level.DIFFERENT, f"{where}.{key}", ABSENT, shown(after[key]))


def _key_now(key: str, after: dict[str, Any], keys: Mapping[str, str]) -> str:
    """The key under which a value stands after the renames."""
    if key in after:
        return key
    return keys.get(key, renames.VALUES.get(key, key))


def _compare_lists(
    before: Sequence[Any], after: Sequence[Any], where: str, keys: Mapping[str, str]
) -> Iterator[Finding]:
    if len(before) != len(after):
        yield Finding(Level.DIFFERENT, f"{where}.length", str(len(before)), str(len(after)))
    for position, (one, other) in enumerate(zip(before, after, strict=False)):
        yield from compare_data(one, other, f"{where}[{position}]", keys)


def _level(before: Any, after: Any, where: str) -> Level:
    if type(before) is not str or type(after) is not str:
        return Level.DIFFERENT
    if renames.VALUES.get(before) == after:
        return Level.RENAMED
    key = where.rpartition(".")[2].partition("[")[0]
    sentence = key in renames.PROSE_KEYS and " " in before
    prose = sentence and figures(before) == figures(after)
    return Level.WORDS if prose else Level.DIFFERENT


def compare_json(before: str, after: str, where: str) -> Iterator[Finding]:
    """Two JSON texts; as texts if one of them is none."""
    try:
        one, other = _json(before), _json(after)
    except ValueError:
        yield from compare_texts(before, after, where)
    else:
        yield from compare_data(one, other, f"{where} $")


def compare_csv(before: str, after: str, where: str) -> Iterator[Finding]:
    """Two CSV texts, row by row."""
    yield from compare_data(_rows(before), _rows(after), f"{where} row")


def compare_toml(before: str, after: str, where: str) -> Iterator[Finding]:
    """Two TOML texts: keys and values; then their comments."""
    found = list(compare_data(_toml(before), _toml(after), where, renames.TOML_KEYS))
    yield from found
    if not found and before != after:
        yield Finding(Level.WORDS, f"{where} comments or order", *changed_lines(before, after))


def compare_parquet(before: Path, after: Path, where: str) -> Iterator[Finding]:
    """Two Parquet tables, row by row."""
    yield from compare_data(_parquet(before), _parquet(after), f"{where} row")


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Number, parse_int=Number, parse_constant=Number)


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def _toml(text: str) -> Any:
    return _exact(tomllib.loads(text))


def _parquet(path: Path) -> Any:
    from pyarrow.parquet import read_table

    return _exact(read_table(path).to_pylist())


def _exact(value: Any) -> Any:
    """The same structure with numbers and dates as they are written."""
    if isinstance(value, dict):
        return {key: _exact(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_exact(inner) for inner in value]
    if isinstance(value, str | bool | None):
        return value
    return Number(repr(value))
