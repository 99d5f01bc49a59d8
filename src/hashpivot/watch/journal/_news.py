"""The message about a filing, in words and as JSON: the same on every channel."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from hashpivot.core import json_text

EVENTS = "events"
"""The channel of whoever asked for the watch: a terminal, a pipe, a program."""


@dataclass(frozen=True, slots=True)
class FilingNews:
    """The message about a filing.

    Args:
        id: Its accession: the same message sent twice has the same one.
        title: One line.
        lines: What there is to say.
        body: The same as data.
    """

    id: str
    title: str
    lines: tuple[str, ...] = field(repr=False)
    body: dict[str, Any] = field(repr=False)

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot watch`."""
        return self.body

    def dump(self) -> str:
        """As the journal keeps it."""
        return json_text({"title": self.title, "lines": self.lines, "body": self.body}, indent=None)

    @classmethod
    def load(cls, key: str, text: str) -> FilingNews:
        """As the journal kept it."""
        held = json.loads(text)
        return cls(key, held["title"], tuple(held["lines"]), held["body"])
