"""Schemas as an assistant is given them: short, because they stand in its context before any question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]

_FOR_CHECKERS = ("additionalProperties", "default", "discriminator", "required")
"""Keywords of answers that only a checking program needs; they are in the whole schema."""


def listed_input(schema: Schema) -> Schema:
    """The schema of a tool's parameters without titles, which repeat the names."""
    listed: Schema = _short(schema, ())
    return {"type": "object"} | listed


def listed_outputs(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """Schemas of answers, by tool, that say each thing once: a part that an earlier tool has is only named.

    Args:
        schemas: Whole schemas, in the order in which tools are listed.
    """
    told: dict[str, str] = {}
    listed = {}
    for tool, schema in schemas.items():
        root = _without(_short(schema, _FOR_CHECKERS), ("description",))  # the tool's own says it
        parts = {name: _without(part, ("description",)) for name, part in root.pop("$defs", {}).items()}
        parts |= {name: {"description": f"As of `{earlier}`."} for name, earlier in told.items()}
        reached = _reached(root, parts)
        listed[tool] = {"type": "object"} | root | {"$defs": reached}
        told = dict.fromkeys(reached, tool) | told
    return listed


def _reached(root: Schema, parts: dict[str, Schema]) -> dict[str, Schema]:
    """The parts that a schema leads to."""
    reached: dict[str, Schema] = {}
    waiting = list(_references(root))
    while waiting:
        name = waiting.pop(0)
        if name not in reached:
            reached[name] = parts[name]
            waiting += _references(parts[name])
    return reached


def _references(value: Any) -> Iterator[str]:
    """Names of the parts that a schema refers to."""
    if isinstance(value, list):
        for one in value:
            yield from _references(one)
    elif isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"].rpartition("/")[2]
        yield from _references(list(value.values()))


def _short(value: Any, left_out: tuple[str, ...], of: str = "") -> Any:
    """A part of a schema in fewer words; names of properties and parts stay, whatever they are."""
    if isinstance(value, list):
        return [_short(one, left_out) for one in value]
    if isinstance(value, str):
        return " ".join(value.split())
    if not isinstance(value, dict):
        return value
    if of in ("properties", "$defs"):
        return {name: _short(schema, left_out) for name, schema in value.items()}
    kept = _without(value, ("title", *left_out))
    return _terse({key: _short(inner, left_out, key) for key, inner in kept.items()})


def _terse(schema: Schema) -> Schema:
    """The same schema without a type that values or properties show, and null beside a type in one list."""
    if {"enum", "const", "properties"} & schema.keys():
        return _without(schema, ("type",))
    if "oneOf" in schema:  # parts that are only named tell one kind from another no more
        return {"anyOf": schema["oneOf"]} | _without(schema, ("oneOf",))
    kinds = schema.get("anyOf", [])
    if len(kinds) == 2 and kinds[1] == {"type": "null"} and kinds[0].keys() == {"type"}:
        return {"type": [kinds[0]["type"], "null"]} | _without(schema, ("anyOf",))
    return schema


def _without(schema: Schema, keys: tuple[str, ...]) -> Schema:
    return {key: value for key, value in schema.items() if key not in keys}
