"""The text fact: one statement in words, read from a filing's running text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from ..base import short_repr
from ._locator import Locator


@short_repr
@dataclass(frozen=True, slots=True)
class TextFact:
    """What one place of a text says, or that a text was read at all.

    Args:
        ticker: Company that said it.
        source: Key of the `Source`.
        known: Day from which the public could know it.
        kind: `target`, `withdrawal`, `flag`, `contract`, `preliminary` (a result before books are closed),
            `debt` (an instrument as tagged) or `text`: the text was read, so that silence is an answer.
        locator: Of the sentence; empty for `text`.
        data: Its values as canonical JSON: ASCII, keys sorted, no white space.
    """

    ticker: str
    source: str
    known: date
    kind: str
    locator: Locator
    data: str

    @property
    def id(self) -> str:
        """`RIOT/target/p:12/s:3@1a2b3c4d5e6f7a8b`: place plus sixteen hex digits of what is said."""
        parts = (self.ticker, self.source, self.known.isoformat(), self.kind, str(self.locator), self.data)
        digest = hashlib.sha256("|".join(parts).encode()).hexdigest()
        return f"{self.ticker}/{self.kind}/{self.locator}@{digest[:16]}"
