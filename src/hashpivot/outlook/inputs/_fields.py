"""From values of a scenario file to dataclasses: types, ranges and unknown keys are checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, fields, replace
from difflib import get_close_matches
from typing import Any, TypeVar

from hashpivot.core import InvalidInput, Quarter

from ._ranges import check_number

T = TypeVar("T")


def changed(inputs: T, table: Mapping[str, Any], where: str) -> T:
    """A dataclass with the values of a table.

    Raises:
        InvalidInput: Naming the key, for an unknown key, a wrong type or a value out of range.
    """
    return replace(inputs, **parsed(type(inputs), table, where))  # type: ignore[type-var]


def parsed(kind: type[Any], table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """The values of a table by field name, each of its field's type and within its range.

    Raises:
        InvalidInput: As `changed`.
    """
    known = {each.name: each for each in fields(kind)}
    unknown(table, known, where)
    return {key: _value(known[key], plain(value, key, where), where) for key, value in table.items()}


def unknown(table: Mapping[str, Any], known: Mapping[str, Any] | set[str], where: str) -> None:
    """Refuse keys that are not known.

    Raises:
        InvalidInput: Naming the first one, with the nearest known key as a hint.
    """
    stray = next((key for key in table if key not in known), None)
    if stray is not None:
        near = get_close_matches(stray, list(known), n=1)
        hint = f"did you mean {near[0]}?" if near else f"keys are {', '.join(sorted(known))}"
        raise InvalidInput(f"unknown key {stray!r}", where=where, hint=hint)


def plain(value: Any, key: str, where: str) -> Any:
    """The value of `{ value = ..., from = "..." }`, or the value itself.

    Raises:
        InvalidInput: If the table has other keys or no value.
    """
    if not isinstance(value, dict):
        return value
    if set(value) - {"value", "from"} or "value" not in value:
        raise InvalidInput(
            f"{key} cannot be read", where=where, hint='write { value = 1.0, from = "where from" }'
        )
    return value["value"]


def origin(value: Any) -> str:
    """What a value's `from` says; `user` if it says nothing."""
    return str(value.get("from", "user")) if isinstance(value, dict) else "user"


def _value(field: Field[Any], value: Any, where: str) -> Any:
    name = str(field.type)
    if "Quarter" in name:
        return _quarter(field.name, value, where)
    if "low" in field.metadata:
        return _number(field, value, where)
    if not isinstance(value, str):
        raise InvalidInput(f"{field.name} must be text in quotes, not {value!r}", where=where)
    return value


def _number(field: Field[Any], value: Any, where: str) -> int | float:
    check_number(value, field.name, where, field.metadata)
    if field.type == "int":
        if value != int(value):
            raise InvalidInput(f"{field.name} must be a whole number, not {value!r}", where=where)
        return int(value)
    return float(value)


def _quarter(key: str, value: Any, where: str) -> Quarter:
    if not isinstance(value, str):
        raise InvalidInput(
            f"{key} must be a quarter in quotes, not {value!r}", where=where, hint='such as "2027Q2"'
        )
    try:
        return Quarter.parse(value)
    except InvalidInput as error:
        raise InvalidInput(f"{key}: {error.message}", where=where, hint=error.hint) from None
