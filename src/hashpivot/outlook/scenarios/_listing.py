"""Inputs one by one, each with its unit and allowed range: what a sheet of inputs shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from ..inputs import ASSUMED, AiContract, Debt, Origins, PowerQuarter
from ..run import OutlookCase
from ._file import MARKET, SECTIONS, input_rows


@dataclass(frozen=True, slots=True)
class ListedInput:
    """One input.

    Args:
        key: Such as `mining.uptime`.
        value: A number, text or a quarter.
        origin: Where it came from; empty if that is not told.
        unit: Its unit; empty for text and quarters.
        low, high: Allowed range; None for text and quarters.
    """

    key: str
    value: Any
    origin: str
    unit: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def assumed(self) -> bool:
        """True if it is an assumption."""
        return self.origin.startswith(ASSUMED)


def listed_inputs(case: OutlookCase, origins: Origins) -> list[ListedInput]:
    """Every input of a case, in the order of a scenario file."""
    return [
        ListedInput(key, value, origin, **_allowed(case, key))
        for key, value, origin in input_rows(case, origins)
    ]


def _allowed(case: OutlookCase, key: str) -> dict[str, Any]:
    section, _, name = key.rpartition(".")
    metadata = _metadata(case, section).get(name, {})
    return {each: metadata[each] for each in ("unit", "low", "high") if each in metadata}


def _metadata(case: OutlookCase, section: str) -> dict[str, Mapping[str, Any]]:
    return {each.name: each.metadata for each in fields(_kind(case, section))}


def _kind(case: OutlookCase, section: str) -> type[Any]:
    if section in SECTIONS:
        return type(getattr(case.inputs, section))
    part = section.removeprefix("market.")
    if part in MARKET and section != part:
        return type(getattr(case.parameters, part))
    kind = section.partition(".")[0]
    return {"power": PowerQuarter, "debt": Debt}.get(kind, AiContract)
