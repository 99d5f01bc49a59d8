"""Faults of EDGAR: its refusals, its maintenance, its schema when it changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from ..http import Fault, changed_json, instead
from . import _bodies

_DROPPED, _RENAMED = "primaryDocument", "acceptanceDateTime"


def undeclared_tool() -> Fault:
    """Return a fault that refuses the User-Agent, with 403 for this request alone."""
    return instead(_bodies.undeclared_tool())


def rate_threshold(status: int = 403) -> Fault:
    """Return a fault that sends the rate-threshold page, with 403, 429 or 200."""
    return instead(_bodies.rate_threshold(status))


def missing_key() -> Fault:
    """Return a fault that sends the 403 of a path that does not exist."""
    return instead(_bodies.access_denied())


def not_found(key: str = "submissions/CIK0000000000.json") -> Fault:
    """Return a fault that sends the 404 of data.sec.gov."""
    return instead(_bodies.no_such_key(key))


def maintenance() -> Fault:
    """Return a fault that sends the 503 of maintenance and closes the connection."""
    return instead(_bodies.unavailable())


def search_failed() -> Fault:
    """Return a fault that sends the 500 of full-text search in maintenance."""
    return instead(_bodies.search_failed())


def column_missing(name: str = _DROPPED) -> Fault:
    """Return a fault that leaves a column of the submissions JSON out."""
    return changed_json(lambda value: _with_columns(value, lambda columns: columns.pop(name)))


def column_renamed(name: str = _RENAMED, new: str = "acceptedAt") -> Fault:
    """Return a fault that gives a column of the submissions JSON another name."""
    return changed_json(lambda value: _with_columns(value, lambda columns: _rename(columns, name, new)))


def column_added(name: str = "made_up") -> Fault:
    """Return a fault that adds a column to the submissions JSON."""
    return changed_json(lambda value: _with_columns(value, lambda columns: _add(columns, name)))


def column_short(name: str = "form") -> Fault:
    """Return a fault whose column of the submissions JSON lacks its last cell."""
    return changed_json(lambda value: _with_columns(value, lambda columns: columns[name].pop()))


def zulu_in_doubt(hours: int = -5) -> Fault:
    """Return a fault that moves every `acceptanceDateTime`, as for filers whose Z is wrong.

    Args:
        hours: By how many hours.
    """
    return changed_json(lambda value: _with_columns(value, lambda columns: _move(columns, hours)))


def _with_columns(value: Any, change: Callable[[dict[str, list[Any]]], object]) -> Any:
    change(value["filings"]["recent"] if "filings" in value else value)
    return value


def _rename(columns: dict[str, list[Any]], name: str, new: str) -> None:
    columns[new] = columns.pop(name)


def _add(columns: dict[str, list[Any]], name: str) -> None:
    columns[name] = ["x" for _ in columns["form"]]


def _move(columns: dict[str, list[Any]], hours: int) -> None:
    moments = [datetime.fromisoformat(text) + timedelta(hours=hours) for text in columns[_RENAMED]]
    columns[_RENAMED] = [f"{moment:%Y-%m-%dT%H:%M:%S}.000Z" for moment in moments]
