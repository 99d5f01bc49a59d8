"""Inputs that have another name today: the old one in users' files, and the one JSON keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hashpivot._renamed import warn_of_key
from hashpivot.core import InvalidInput

RENAMED = {
    "least_cash_usd": "minimum_cash_usd",
    "other_usd_per_mw_hour": "non_power_opex_usd_per_mwh",
}
"""Old names of inputs, and the new ones. Files and options may use the old ones for one minor version."""

_FROZEN = {new: old for old, new in RENAMED.items()}
"""JSON and the columns of sweeps keep the names they were published with, for good."""


def current_key(key: str, where: str) -> str:
    """The key of an input as it is called today, such as `finance.minimum_cash_usd`; warns of an old one."""
    section, dot, name = key.rpartition(".")
    if name not in RENAMED:
        return key
    new = f"{section}{dot}{RENAMED[name]}"
    warn_of_key(where, key, new)
    return new


def published_key(key: str) -> str:
    """The key of an input as JSON and the results of sweeps give it."""
    section, dot, name = key.rpartition(".")
    return f"{section}{dot}{_FROZEN.get(name, name)}"


def published_text(text: str) -> str:
    """A text about inputs with every name as it was published."""
    for new, old in _FROZEN.items():
        text = text.replace(new, old)
    return text


def current_table(table: Mapping[str, Any], where: str) -> dict[str, Any]:
    """A table of a user's file with today's names of inputs.

    Raises:
        InvalidInput: If an input is given by its old and its new name.
    """
    renamed: dict[str, Any] = {}
    for key, value in table.items():
        new = current_key(key, where)
        if new in renamed or (new != key and new in table):
            raise InvalidInput(f"{new} is given twice, once as {key}", where=where, hint=f"keep {new}")
        renamed[new] = value
    return renamed
