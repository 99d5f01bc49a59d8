"""The pattern tables: words as readable data, each with the example that motivated it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hashpivot.core import BundleError


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern.

    Args:
        name: What it means: a kind of cue, a metric, a kind of flag.
        regex: Searched without regard to case.
        example: A phrase in the form that motivated it.
        unless: A sentence in which this is found does not count; None if there is no such rule.
    """

    name: str
    regex: re.Pattern[str]
    example: str
    unless: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match in a text without what `unless` rules out."""
        if self.unless and self.unless.search(text):
            return None
        return self.regex.search(text)


@cache
def patterns(table: str) -> Mapping[str, tuple[Pattern, ...]]:
    """The patterns of a shipped table (`targets.toml`) by group, in order.

    Raises:
        BundleError: If the table is damaged.
    """
    text = (files("hashpivot.guidance") / "data" / table).read_text(encoding="utf-8")
    try:
        return {group: tuple(map(_pattern, rows)) for group, rows in tomllib.loads(text).items()}
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise BundleError(f"the patterns cannot be read: {error}", where=table) from error


def _pattern(row: dict[str, str]) -> Pattern:
    name = row.get("kind") or row.get("metric") or ""
    unless = re.compile(row["unless"], re.IGNORECASE) if "unless" in row else None
    return Pattern(name, re.compile(row["pattern"], re.IGNORECASE), row["example"], unless)


def finds(group: str, text: str) -> bool:
    """True if a pattern of a group of `targets.toml` is found in a text."""
    return any(pattern.search(text) for pattern in patterns("targets.toml")[group])
