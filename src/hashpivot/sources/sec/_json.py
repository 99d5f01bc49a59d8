"""JSON of a service: whole, an object, with the members it is known to have."""

from __future__ import annotations

import json
from typing import Any

from hashpivot.core import UnexpectedAnswer

from ..http import Client, is_json

JsonObject = dict[str, Any]


def get_object(client: Client, url: str) -> JsonObject:
    """Ask for a JSON object.

    Raises:
        SourceError: As `Client.get`; `UnexpectedAnswer` if it is another kind of JSON.
    """
    return as_object(json.loads(client.get(url, whole=is_json).body), url)


def as_object(value: Any, url: str) -> JsonObject:
    """`value`, if it is an object.

    Raises:
        UnexpectedAnswer: If not.
    """
    if not isinstance(value, dict):
        raise changed(url, "an object is due")
    return value


def changed(url: str, what: str) -> UnexpectedAnswer:
    """The error for an answer in another shape than we know."""
    return UnexpectedAnswer(
        f"the answer has another shape than we know: {what}",
        where=url,
        hint="the service may have changed; a newer hashpivot may know it, else please report it",
    )
