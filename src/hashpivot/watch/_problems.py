"""What goes wrong between polls, told once until it is over or something else goes wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hashpivot.core import HashpivotError


@dataclass(frozen=True, slots=True)
class WatchProblem:
    """Something that does not work for now, or works again.

    Args:
        what: Such as `feed`, `submissions`, `daily index`, `webhook`, `mail`, or a filing's accession.
        error: What is wrong; None if it works again.
    """

    what: str
    error: HashpivotError | None

    @property
    def lines(self) -> tuple[str, ...]:
        """In words."""
        if self.error is None:
            return (f"{self.what}: works again",)
        hint = (f"  hint: {self.error.hint}",) if self.error.hint else ()
        return (f"{self.what}: {self.error.message}", *hint)

    def to_dict(self) -> dict[str, Any]:
        """One event of the JSON contract of `hashpivot watch`."""
        if self.error is None:
            return {"event": "works_again", "what": self.what}
        return {"event": "problem", "what": self.what, "error": self.error.to_dict()}


class Problems:
    """The problems that are told and not over."""

    def __init__(self) -> None:
        self._told: dict[str, str] = {}

    def new(self, what: str, error: HashpivotError) -> list[WatchProblem]:
        """The problem, unless it was told before."""
        known = self._told.get(what)
        self._told[what] = error.message
        return [] if known == error.message else [WatchProblem(what, error)]

    def over(self, what: str) -> list[WatchProblem]:
        """That something works again, if it did not."""
        return [WatchProblem(what, None)] if self._told.pop(what, None) else []
