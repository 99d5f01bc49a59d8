"""Where each input came from, in words kept beside it."""

from __future__ import annotations

from typing import Any

from hashpivot.core import Figure

ASSUMED = "assumed"
"""How the origin of an assumption begins."""


class Origins(dict[str, str]):
    """Origin by key: `mining.j_per_th` -> `figure RIOT/...`, `assumed: ...`, `contract ...`."""

    def __repr__(self) -> str:
        return f"Origins({len(self)} inputs, {len(self.assumed())} assumed)"

    def take(self, section: str, origin: str, **values: Any) -> dict[str, Any]:
        """Note the origin of some inputs of a section and hand the inputs on."""
        self.update({f"{section}.{key}": origin for key in values})
        return values

    def assumed(self) -> list[str]:
        """Keys of the inputs that are assumed, in order."""
        return [key for key, origin in self.items() if origin.startswith(ASSUMED)]


def of_figure(*figures: Figure, how: str = "") -> str:
    """Origin in one or more figures: their ids and how they were combined."""
    names = ", ".join(figure.id for figure in figures)
    return f"figure {names}" + (f": {how}" if how else "")


def assumed(why: str) -> str:
    """An assumption with its reason."""
    return f"{ASSUMED}: {why}"
