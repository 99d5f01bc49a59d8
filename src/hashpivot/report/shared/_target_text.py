"""How a target is written."""

from __future__ import annotations

from hashpivot.season import TrackedTarget

from .formats import metric_title, range_words


def target_text(tracked: TrackedTarget) -> str:
    """`Hash rate 31 EH/s`, `Power energized 200 to 250 MW`, `Capex up to $50.0m`."""
    target = tracked.judged.target
    return f"{metric_title(target.metric)} {range_words(target.low, target.high, target.unit, target.added)}"
