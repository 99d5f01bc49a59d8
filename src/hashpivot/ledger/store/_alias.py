"""Aliases: what an id that nothing gives any more is called now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alias:
    """An id that a changed reading has replaced, so that an address quoted before still resolves.

    Args:
        id: The old id of a figure.
        successor: The id that stands for it now; it may itself be an alias's.
        reason: What changed, such as `read from the cell instead of the row's label`.
    """

    id: str
    successor: str
    reason: str


def follow(alias_of: Callable[[str], Alias | None], figure_id: str) -> tuple[Alias, ...]:
    """Return the aliases that lead on from an id, in order; none if it has no successor.

    A circle of aliases ends before it repeats.

    Args:
        alias_of: The alias of an id, if there is one.
        figure_id: The id.
    """
    chain: list[Alias] = []
    visited: set[str] = set()
    while (alias := alias_of(figure_id)) and figure_id not in visited:
        visited.add(figure_id)
        chain.append(alias)
        figure_id = alias.successor
    return tuple(chain)
