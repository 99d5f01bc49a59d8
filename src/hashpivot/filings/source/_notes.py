"""Warnings while reading: one sentence per kind of problem, with a count and the first place."""

from __future__ import annotations


class Notes:
    """Collects problems; `lines()` gives one sentence for each kind."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._first: dict[str, str] = {}

    def add(self, kind: str, detail: str, count: int = 1) -> None:
        """Count one more problem of `kind` (a sentence); `detail` is kept from the first one."""
        self._counts[kind] = self._counts.get(kind, 0) + count
        self._first.setdefault(kind, detail)

    def __contains__(self, kind: object) -> bool:
        return kind in self._counts

    def lines(self) -> list[str]:
        """`kind: detail` for what happened once, `kind (3 times; first: detail)` otherwise."""
        return [
            f"{kind}: {self._first[kind]}"
            if count == 1
            else f"{kind} ({count} times; first: {self._first[kind]})"
            for kind, count in self._counts.items()
        ]
