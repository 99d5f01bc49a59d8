"""A collection of figures with their sources: what a ledger holds and what a view looks at."""

from __future__ import annotations

from dataclasses import dataclass, field

from hashpivot.core import Figure, Source


@dataclass(frozen=True)
class Figures:
    """Figures and the sources they stand in.

    Args:
        sources: Sources by key.
        figures: Every figure's `source` is a key of `sources`.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()

    def __or__(self, other: Figures) -> Figures:
        """Both together; a source standing in both is taken from the left, whole."""
        fresh = {key: source for key, source in other.sources.items() if key not in self.sources}
        return Figures(
            self.sources | fresh, self.figures + tuple(f for f in other.figures if f.source in fresh)
        )

    def __len__(self) -> int:
        return len(self.figures)

    def __repr__(self) -> str:
        return f"Figures({len(self.figures)} figures from {len(self.sources)} sources)"
