"""Figures of a company with notes on slips of scale, and those of them that may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hashpivot.core import Figure, Source

from ..comparisons import ScaleSlip, scale_slips

ByMeasure = Mapping[str, list[Figure]]


@dataclass(frozen=True, slots=True)
class NotedFigures:
    """Reported figures of one company by measure.

    Args:
        every: All of them; a slip of scale and the figure it repeats carry a note on it.
        sound: Without the slips.
    """

    every: ByMeasure
    sound: ByMeasure


def note_scale_slips(figures: ByMeasure, sources: Mapping[str, Source]) -> NotedFigures:
    """Find slips of scale among a company's figures and note them.

    Args:
        figures: By measure.
        sources: Sources by key.
    """
    slips = scale_slips((figure for group in figures.values() for figure in group), sources)
    if not slips:
        return NotedFigures(figures, figures)
    aside = {slip.figure.id: f"{slip.factor}: a slip of scale, set aside" for slip in slips}
    repeated = {slip.held.id: _note(slip, sources) for slip in slips if slip.held}
    notes = repeated | aside

    def noted(figure: Figure) -> Figure:
        note = notes.get(figure.id)
        return replace(figure, note="; ".join(filter(None, (figure.note, note)))) if note else figure

    every = {measure: [noted(figure) for figure in group] for measure, group in figures.items()}
    sound = {measure: [f for f in group if f.id not in aside] for measure, group in every.items()}
    return NotedFigures(every, sound)


def _note(slip: ScaleSlip[Figure], sources: Mapping[str, Source]) -> str:
    later = sources.get(slip.figure.source)
    title = later.title if later else slip.figure.source
    return f"{title} gives {slip.figure.value:,} for comparison, {slip.factor}: a slip of scale, set aside"
