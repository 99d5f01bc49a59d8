"""What a comparison finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Any


class Level(IntEnum):
    """How much two outputs differ; the larger, the worse."""

    SAME = 0
    WORDS = 1
    RENAMED = 2
    DIFFERENT = 3


ABSENT = "(absent)"


@dataclass(frozen=True)
class Finding:
    """One place where two outputs differ.

    Args:
        level: How much.
        where: The place, such as `$.companies[3].revenue_usd`.
        before: What stood there.
        after: What stands there now.
    """

    level: Level
    where: str
    before: str
    after: str


def shown(value: Any, width: int = 160) -> str:
    """A value in at most `width` characters."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= width else f"{text[: width - 1]}…"
